import { Command } from 'commander';
import { addBacktest } from './commands/backtest.js';
import { addBars } from './commands/bars.js';
import { addDemo } from './commands/demo.js';
import { addDoctor } from './commands/doctor.js';
import { addJournal } from './commands/journal.js';
import { addState } from './commands/state.js';
import { exitCodes, failureOf, stackOf } from './failures.js';
import { type Io, say } from './io.js';
import { version } from './package-info.js';

const createProgram = (io: Io, exit: (code: number) => void): Command => {
  // Subcommands copy these settings when they are added: they come first.
  const program = new Command('mikrobot')
    .description('Trading bots whose every decision can be explained, replayed and measured.')
    .version(version, '-v, --version', 'print the version')
    .option('--debug', 'print the stack of an error')
    .exitOverride()
    .configureOutput({
      writeOut: (text) => io.out.write(text),
      writeErr: (text) => io.err.write(text),
      getOutHelpWidth: () => io.out.columns ?? 100,
      getErrHelpWidth: () => io.err.columns ?? 100,
      outputError: (text, write) =>
        write(`${text.replace(/\s+/g, ' ').trim().replace(/\.$/, '')}. See mikrobot --help.\n`),
    })
    .addHelpText('after', '\nExample:\n  $ mikrobot demo');
  addDemo(program, io);
  addBacktest(program, io, exit);
  addBars(program, io);
  addJournal(program, io, exit);
  addState(program, io);
  addDoctor(program, io, exit);
  return program;
};

/**
 * Runs one command line and resolves to the code to exit with: 0 all went well, 1 the work failed, 2 the command line was wrong.
 * Nothing is thrown: what went wrong is one sentence on `io.err`.
 * @param args - without `node` and the script
 *
 * @example
 * ```ts
 * const code = await runCli(['doctor', '--json'], { out: process.stdout, err: process.stderr });
 * ```
 */
export const runCli = async (args: readonly string[], io: Io): Promise<number> => {
  let code: number = exitCodes.ok;
  const program = createProgram(io, (exitCode) => {
    code = exitCode;
  });
  try {
    await program.parseAsync(args, { from: 'user' });
    return code;
  } catch (error) {
    const { line, exitCode } = failureOf(error);
    if (line !== '') say(io.err, line);
    if (exitCode !== exitCodes.ok && args.includes('--debug')) say(io.err, stackOf(error));
    return exitCode;
  }
};
