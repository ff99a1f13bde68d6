import { type CsvFiles, csv, type FileRows, readBars, readTicks } from '@mikrobot/backtest';
import { type Bar, parseTimeframe, type Tick, type Timeframe } from '@mikrobot/core';
import { type Command, Option } from 'commander';
import { BarMaker } from '../bar-maker.js';
import { addDataOptions, type DataOptions, filesOf } from '../data-options.js';
import { reading, UsageError } from '../failures.js';
import type { Io } from '../io.js';
import { type BarFormat, csvBars, jsonBars } from '../output/bar-lines.js';
import { LineWriter } from '../output/line-writer.js';
import { ProgressBar } from '../output/progress-bar.js';
import { warnOfRows } from '../output/rejected-rows.js';

interface BarsOptions extends DataOptions {
  readonly timeframe: string;
  readonly crossed: 'keep' | 'reject';
  readonly jsonLines?: boolean;
  readonly csv?: boolean;
}

/** What the files hold: their first rows tell. */
const look = async (files: readonly CsvFiles[]): Promise<{ bars: boolean; symbols: readonly string[] }> => {
  const feed = reading(() => csv(...files));
  for await (const batch of feed.batches()) if (batch.length > 0) break;
  const kinds = new Set(feed.report().files.map(({ timeframe }) => timeframe !== undefined));
  if (kinds.size > 1) {
    throw new UsageError('Some files hold bars and some ticks. Make the bars of each kind by itself.');
  }
  return { bars: kinds.has(true), symbols: feed.symbols };
};

const printBars = async (
  files: readonly CsvFiles[],
  timeframe: Timeframe,
  json: boolean,
  io: Io,
): Promise<void> => {
  const { bars, symbols } = await look(files);
  const format: BarFormat = json ? jsonBars() : csvBars({ symbol: symbols.length > 1 });
  const progress = new ProgressBar(io.err);
  const writer = new LineWriter(io.out);
  const maker = new BarMaker(timeframe, (bar) => writer.add(format(bar)));
  const read = async <T>(rows: FileRows<T>, take: (row: T) => void): Promise<void> => {
    for await (const row of rows.onProgress(progress.update)) {
      take(row);
      if (writer.full) await writer.flush();
    }
    maker.finish();
    await writer.flush();
    progress.end();
    warnOfRows(rows.report(), io);
  };
  try {
    if (bars) await read(readBars(...files), (bar: Bar) => maker.bar(bar));
    else await read(readTicks(...files), (tick: Tick) => maker.tick(tick));
  } finally {
    progress.end();
  }
};

/** `mikrobot bars`: bars from ticks or finer bars. */
export const addBars = (program: Command, io: Io): void => {
  const command = program
    .command('bars')
    .summary('make bars from ticks or finer bars')
    .description(
      'Prints the bars of one timeframe, made from ticks or from finer bars: bid and ask prices where the data has both, volume, ' +
        'and the number of ticks where the data has ticks. Spans without a tick have no bar. Times are the opens, epoch ms UTC.',
    );
  addDataOptions(command)
    .requiredOption('--timeframe <name>', 'timeframe of the bars, such as M1, M15, H1 or D1')
    .addOption(
      new Option(
        '--crossed <how>',
        'rows whose ask is below their bid: feeds that tell both sides one after the other have many',
      )
        .choices(['keep', 'reject'])
        .default('keep'),
    )
    .option('--csv', 'print CSV that mikrobot reads again (the default)')
    .option('--json-lines', 'print one JSON object a line')
    .addHelpText(
      'after',
      '\nExample:\n  $ mikrobot bars --data eurusd_ticks.csv.gz --timeframe M1 --csv > eurusd_m1.csv',
    )
    .action(async (options: BarsOptions) => {
      if (options.csv && options.jsonLines)
        throw new UsageError('--csv and --json-lines exclude each other. Choose one.');
      const timeframe = reading(() => parseTimeframe(options.timeframe), '--timeframe');
      const files = filesOf(options).map((file) => ({ ...file, crossed: options.crossed }));
      await printBars(files, timeframe, options.jsonLines ?? false, io);
    });
};
