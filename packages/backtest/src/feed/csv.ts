import { type MarketFeed, type TickBatch, timeframeMs } from '@mikrobot/core';
import { type Floor, noFloor } from '../readers/columns.js';
import type { FileRequest } from '../readers/plan-file.js';
import { BarPath } from './bar-path.js';
import { type CsvSource, requestsOf } from './csv-source.js';
import type { FeedReport } from './feed-report.js';
import type { FileReading } from './file-reading.js';
import { FileSet, type ProgressListener, type SymbolFiles } from './file-set.js';
import { mergeBatches, type TickSource } from './merge-batches.js';
import { TickBuffer } from './tick-buffer.js';

/** A market that is read from files, and what became of their rows. */
export interface FileFeed extends MarketFeed {
  /** The account of the pass that was started last: rows, rejected rows with reasons, gaps. Empty before the first. */
  report(): FeedReport;
  /** Calls the listener after each batch and at the end. Returns the feed. */
  onProgress(listener: ProgressListener): FileFeed;
}

/**
 * Market data from files, plain or gzip: several symbols are merged by time, several files of one symbol joined. Bars become
 * four ticks each. Bad rows are rejected and counted, never repaired; see {@link FileFeed.report}.
 *
 * Reading rejects with a `MikroBotError` that names file and line: `FILE_MISSING`, `UNKNOWN_COLUMNS`, `BAD_ROW` (no good row),
 * `BAD_TIMEFRAME` (the bars do not tell theirs), `BAD_CONFIG` (an option does not fit the file).
 *
 * @example
 * ```ts
 * const feed = csv('eurusd_m1.csv.gz', { path: 'USDJPY.csv', layout: 'mt5-bars', zone: 'Europe/Athens' });
 * for await (const batch of feed.batches()) console.log(batch.length);
 * console.log(feed.report().rejectedRows);
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` for an option that is unknown or out of range, `BAD_TIMEFRAME`.
 */
export const csv = (...sources: readonly CsvSource[]): FileFeed => new CsvFeed(requestsOf(sources));

class CsvFeed implements FileFeed {
  readonly symbols: readonly string[];
  readonly #requests: readonly FileRequest[];
  readonly #listeners: ProgressListener[] = [];
  #set: FileSet;

  constructor(requests: readonly FileRequest[]) {
    this.symbols = [...new Set(requests.map(({ symbol }) => symbol))];
    this.#requests = requests;
    this.#set = new FileSet(requests);
  }

  async *batches(): AsyncGenerator<TickBatch> {
    const set = new FileSet(this.#requests);
    this.#set = set;
    const symbols = await set.open();
    for await (const batch of mergeBatches(symbols.map(tickSource))) {
      yield batch;
      for (const listener of this.#listeners) listener(set.progress());
    }
    set.complete();
    for (const listener of this.#listeners) listener(set.progress());
  }

  report(): FeedReport {
    return this.#set.report();
  }

  onProgress(listener: ProgressListener): FileFeed {
    this.#listeners.push(listener);
    return this;
  }
}

const tickSource = ({ symbol, readings }: SymbolFiles): TickSource => ({
  symbols: [symbol],
  async *batches() {
    let floor: Floor = noFloor;
    for (const reading of readings) {
      yield* reading.plan.layout.kind === 'bars'
        ? barTicks(symbol, reading, floor)
        : quotes(symbol, reading, floor);
      if (reading.tally.to !== undefined) floor = reading.end;
    }
  },
});

async function* barTicks(symbol: string, reading: FileReading, floor: Floor): AsyncGenerator<TickBatch> {
  let path: BarPath | undefined;
  for await (const bars of reading.bars(floor)) {
    path ??= new BarPath(symbol, bars.time.length, timeframeMs(reading.plan.timeframe ?? 'M1'));
    path.take(bars);
    yield path.out;
  }
  path?.finish();
  if (path !== undefined) yield path.out;
}

async function* quotes(symbol: string, reading: FileReading, floor: Floor): AsyncGenerator<TickBatch> {
  const symbols = [symbol];
  let zeros: Pick<TickBuffer, 'symbol' | 'path'> | undefined;
  for await (const { length, time, bid, ask, volume } of reading.ticks(floor)) {
    zeros ??= new TickBuffer(symbols, time.length);
    yield { length, symbols, symbol: zeros.symbol, time, bid, ask, volume, path: zeros.path };
  }
}
