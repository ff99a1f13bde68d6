import { parseArgs } from 'node:util';
import { defaultMt5Symbols, mt5Symbol, startMt5 } from '@mikrobot/simulators';
import { buildProgram, type Program } from '../build/build-program.js';
import { parseInputs } from '../run/inputs.js';
import { randomWalk } from '../run/random-walk.js';
import { type RunningTerminal, startTerminal, type TerminalOptions } from '../run/start-terminal.js';

const OPTIONS = {
  symbol: { type: 'string', default: 'EURUSD' },
  period: { type: 'string', default: 'M15' },
  input: { type: 'string', multiple: true, default: [] as string[] },
  ticks: { type: 'string' },
  seconds: { type: 'string' },
  seed: { type: 'string', default: '1' },
  files: { type: 'string' },
  common: { type: 'string' },
  include: { type: 'string', multiple: true, default: [] as string[] },
  'allow-url': { type: 'string', multiple: true, default: [] as string[] },
  sanitize: { type: 'boolean', default: false },
} as const;

const DAYS_OF_BARS = 10;
const QUOTE_EVERY_MS = 200;

const market = async (symbol: string, seed: number) => {
  const known = defaultMt5Symbols();
  const described = known.find((each) => each.name === symbol) ?? mt5Symbol(symbol);
  const server = await startMt5({ symbols: known.includes(described) ? known : [...known, described] });
  const walk = randomWalk(symbol, described.digits, seed);
  server.controls.bars(symbol, walk.past(Date.now(), DAYS_OF_BARS * 1440));
  const move = () => {
    const { bid, ask } = walk.next();
    server.controls.quote(symbol, bid, ask);
  };
  move();
  const timer = setInterval(move, QUOTE_EVERY_MS);
  return {
    link: { host: server.host, port: server.port },
    close: async () => {
      clearInterval(timer);
      await server.close();
    },
  };
};

const untilEnd = async (terminal: RunningTerminal, seconds: number | undefined): Promise<number> => {
  const stop = () => void terminal.stop();
  process.once('SIGINT', stop);
  process.once('SIGTERM', stop);
  const timer = seconds === undefined ? undefined : setTimeout(stop, seconds * 1000);
  const { code, signal } = await terminal.exited;
  clearTimeout(timer);
  process.off('SIGINT', stop);
  process.off('SIGTERM', stop);
  for (const note of terminal.notes) process.stderr.write(`${note}\n`);
  if (code !== 0) process.stderr.write(`The terminal ended with ${signal ?? code}.\n`);
  return code ?? 1;
};

/** `run FILE.mq5` */
export const runCommand = async (parameters: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: OPTIONS,
  });
  const [file] = positionals;
  if (file === undefined) throw new Error('run: which .mq5 file?');
  const program: Program = await buildProgram(file, { sanitize: values.sanitize, include: values.include });
  const common: TerminalOptions = {
    program,
    symbol: values.symbol,
    period: values.period,
    inputs: parseInputs(values.input),
    allowUrls: values['allow-url'],
    onLine: (line) => process.stdout.write(`${line}\n`),
    ...(values.files === undefined ? {} : { files: values.files }),
    ...(values.common === undefined ? {} : { common: values.common }),
  };
  const seconds = values.seconds === undefined ? undefined : Number(values.seconds);
  if (values.ticks !== undefined)
    return untilEnd(await startTerminal({ ...common, ticks: values.ticks }), seconds);
  const made = await market(values.symbol, Number(values.seed));
  try {
    return await untilEnd(await startTerminal({ ...common, link: made.link, login: 5_000_001 }), seconds);
  } finally {
    await made.close();
  }
};
