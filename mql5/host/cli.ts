import { buildCommand } from './commands/build.js';
import { lintCommand } from './commands/lint.js';
import { runCommand } from './commands/run.js';
import { testCommand } from './commands/test.js';

const USAGE = `MQL5 on Linux: compiles expert advisors and scripts with g++ and runs them.

  npm run mql5 -- build [--sanitize] [--include DIR]… FILE.mq5…   compile; problems as MetaEditor prints them
  npm run mql5 -- lint FILE.mq5…                                  only what needs no compiler
  npm run mql5 -- run FILE.mq5 [options]                          run on a simulated trade server
  npm run mql5 -- test [--sanitize] [--coverage] [FILE.mq5…]      run the tests in mql5/Scripts/MikroBot_Tests

Options of run:
  --symbol EURUSD  --period M15     the chart
  --input NAME=VALUE                an input, any number of times
  --seconds 60                      stop after so long; default: until Ctrl-C
  --ticks FILE.csv                  play rows time_msc,bid,ask on simulated time, without a server
  --files DIR  --common DIR         folders for files; default: new temporary ones
  --allow-url URL                   an address that WebRequest and sockets may reach
  --sanitize                        with the address and undefined-behaviour sanitizers
`;

const COMMANDS: Readonly<Record<string, (parameters: readonly string[]) => Promise<number>>> = {
  build: buildCommand,
  lint: lintCommand,
  run: runCommand,
  test: testCommand,
};

const main = async (): Promise<number> => {
  const [name = '--help', ...parameters] = process.argv.slice(2);
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (command && !parameters.includes('--help')) return command(parameters);
  process.stdout.write(USAGE);
  return name === '--help' || command ? 0 : 2;
};

main().then(
  (code) => {
    process.exitCode = code;
  },
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
