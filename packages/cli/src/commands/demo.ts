import { resolve } from 'node:path';
import { instrumentOf } from '@mikrobot/adapter-paper';
import { csv } from '@mikrobot/backtest';
import type { MarketFeed } from '@mikrobot/core';
import { qualitySection } from '@mikrobot/quality';
import type { Command } from 'commander';
import { addDataOptions, type DataOptions, filesOf } from '../data-options.js';
import { type DemoResult, runDemo } from '../demo/run-demo.js';
import { arrangements, demoDefaults, demoMarket, meanings } from '../demo/setting.js';
import { reading, UsageError } from '../failures.js';
import { type Io, say } from '../io.js';
import { count, plural } from '../output/format.js';
import { checkReport, writeReport } from '../output/report-file.js';
import { resultRows } from '../output/result-rows.js';
import { pairs } from '../output/table.js';

interface DemoOptions extends Partial<DataOptions> {
  readonly seed?: string;
  readonly report: string;
}

const seedOf = (text: string): number => {
  const seed = text.trim() === '' ? Number.NaN : Number(text);
  if (Number.isSafeInteger(seed)) return seed;
  throw new UsageError(`--seed: "${text}" is no whole number. Write it as in --seed ${demoDefaults.seed}.`);
};

const marketOf = ({ data, seed, ...how }: DemoOptions): { market: MarketFeed; what: string } => {
  if (data === undefined) {
    const chosen = seed === undefined ? demoDefaults.seed : seedOf(seed);
    const market = reading(() => demoMarket(chosen), '--seed');
    return { market, what: `a market made up from seed ${chosen}: ${market.symbols.join(', ')}` };
  }
  if (seed !== undefined)
    throw new UsageError('--seed is of the made-up market, --data of a real one. Choose one.');
  const market = reading(() => csv(...filesOf({ ...how, data })));
  for (const symbol of market.symbols) reading(() => instrumentOf(symbol), '--symbol');
  return { market, what: `${data.join(', ')}: ${market.symbols.join(', ')}` };
};

/** What was seen. Of the made-up market, where all of it should be, also what was not. */
const checkList = ({ result, sightings }: DemoResult, madeUp: boolean): readonly string[] => {
  const { funnel } = result;
  const decisions = funnel.executed + funnel.refused + funnel.held + funnel.unknown;
  return [
    `What you just saw: ${plural(funnel.signals, 'signal')}, ${plural(decisions, 'decision')}, and`,
    ...sightings
      .filter(({ count: n }) => madeUp || n > 0)
      .map(({ what, count: n }) => `  ${n > 0 ? '[x]' : '[ ]'} ${count(n).padStart(3)}  ${what}`),
  ];
};

/** `mikrobot demo`: what `npm start` runs. */
export const addDemo = (program: Command, io: Io): void => {
  const command = program
    .command('demo')
    .summary('watch a bot trade, with every decision explained')
    .description(
      'Runs the strategy bos-retest on a made-up market, or on your data, and prints each decision, order and fill as it happens. ' +
        'A scripted person answers held signals. At the end it lists what was to be seen and writes a report.',
    );
  addDataOptions(command, false)
    .option('--seed <number>', `seed of the made-up market (default: ${demoDefaults.seed})`)
    .option('--report <file>', 'page of HTML with everything', demoDefaults.report)
    .addHelpText(
      'after',
      '\nExamples:\n  $ mikrobot demo --seed 5\n  $ mikrobot demo --data eurusd_m1.csv.gz',
    )
    .action(async (options: DemoOptions) => {
      const { market, what } = marketOf(options);
      await checkReport(options.report);
      say(io.out, `MikroBot on ${what}`);
      for (const line of arrangements) say(io.out, `  ${line}`);
      say(io.out);
      const done = await runDemo({ market, tell: (line) => say(io.out, line) });
      const sections = [qualitySection(done.quality)];
      const title = `Demo: bos-retest on ${what}`;
      await writeReport(options.report, done.result, { title, meanings, sections });
      say(io.out);
      for (const line of checkList(done, options.data === undefined)) say(io.out, line);
      say(io.out);
      for (const line of pairs(resultRows(done.result))) say(io.out, line);
      if (options.data === undefined)
        say(io.out, '\nThe market is made up: profit on it says nothing about the strategy.');
      say(io.out, `\nReport: ${resolve(options.report)}`);
    });
};
