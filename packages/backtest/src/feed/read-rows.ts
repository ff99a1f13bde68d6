import { type Bar, type Tick, timeframeMs } from '@mikrobot/core';
import type { BarColumns, TickColumns } from '../readers/columns.js';
import { type Floor, noFloor } from '../readers/columns.js';
import type { FileRequest } from '../readers/plan-file.js';
import { type CsvSource, requestsOf } from './csv-source.js';
import type { FeedReport } from './feed-report.js';
import type { FileReading } from './file-reading.js';
import { FileSet, type ProgressListener } from './file-set.js';

/** The rows of files, one symbol after the other, and what became of them. Each iteration starts from the beginning. */
export interface FileRows<T> extends AsyncIterable<T> {
  /** The account of the iteration that was started last. Empty before the first. */
  report(): FeedReport;
  /** Calls the listener now and then, and at the end. Returns the rows. */
  onProgress(listener: ProgressListener): FileRows<T>;
}

/**
 * The bars of files, as tools want them: one symbol after the other in the order of naming, each in time order. Prices of an ask
 * that the file does not have are NaN; `ticks` is 0, for the files do not tell it.
 *
 * Iterating rejects as reading `csv()` does, and with `UNKNOWN_COLUMNS` for a file of ticks.
 * @throws `MikroBotError` `BAD_CONFIG` for an option that is unknown or out of range, `BAD_TIMEFRAME`.
 */
export const readBars = (...sources: readonly CsvSource[]): FileRows<Bar> =>
  new Rows(requestsOf(sources), barsOf);

/**
 * The ticks of files, as tools want them: one symbol after the other in the order of naming, each in time order.
 *
 * Iterating rejects as reading `csv()` does, and with `UNKNOWN_COLUMNS` for a file of bars.
 * @throws `MikroBotError` `BAD_CONFIG` for an option that is unknown or out of range, `BAD_TIMEFRAME`.
 */
export const readTicks = (...sources: readonly CsvSource[]): FileRows<Tick> =>
  new Rows(requestsOf(sources), ticksOf);

/** The rows of one file, a batch at a time. */
type Batches<T> = (reading: FileReading, floor: Floor) => AsyncIterable<Iterable<T>>;

class Rows<T> implements FileRows<T> {
  readonly #requests: readonly FileRequest[];
  readonly #batches: Batches<T>;
  readonly #listeners: ProgressListener[] = [];
  #set: FileSet;

  constructor(requests: readonly FileRequest[], batches: Batches<T>) {
    this.#requests = requests;
    this.#batches = batches;
    this.#set = new FileSet(requests);
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T> {
    const set = new FileSet(this.#requests);
    this.#set = set;
    const tell = (): void => {
      for (const listener of this.#listeners) listener(set.progress());
    };
    for (const { readings } of await set.open()) {
      let floor: Floor = noFloor;
      for (const reading of readings) {
        for await (const batch of this.#batches(reading, floor)) {
          yield* batch;
          tell();
        }
        if (reading.tally.to !== undefined) floor = reading.end;
      }
    }
    set.complete();
    tell();
  }

  report(): FeedReport {
    return this.#set.report();
  }

  onProgress(listener: ProgressListener): FileRows<T> {
    this.#listeners.push(listener);
    return this;
  }
}

async function* barsOf(reading: FileReading, floor: Floor): AsyncGenerator<Iterable<Bar>> {
  for await (const bars of reading.bars(floor)) yield barObjects(reading, bars);
}

async function* ticksOf(reading: FileReading, floor: Floor): AsyncGenerator<Iterable<Tick>> {
  for await (const ticks of reading.ticks(floor)) yield tickObjects(reading.plan.request.symbol, ticks);
}

function* barObjects({ plan }: FileReading, bars: BarColumns): Generator<Bar> {
  const { symbol } = plan.request;
  const timeframe = plan.timeframe ?? 'M1';
  const length = timeframeMs(timeframe);
  for (let i = 0; i < bars.length; i++) {
    const time = bars.time[i] as number;
    yield {
      symbol,
      timeframe,
      time,
      closeTime: time + length,
      open: bars.open[i] as number,
      high: bars.high[i] as number,
      low: bars.low[i] as number,
      close: bars.close[i] as number,
      askOpen: bars.askOpen[i] as number,
      askHigh: bars.askHigh[i] as number,
      askLow: bars.askLow[i] as number,
      askClose: bars.askClose[i] as number,
      volume: bars.volume[i] as number,
      ticks: 0,
    };
  }
}

function* tickObjects(symbol: string, ticks: TickColumns): Generator<Tick> {
  for (let i = 0; i < ticks.length; i++) {
    yield {
      symbol,
      time: ticks.time[i] as number,
      bid: ticks.bid[i] as number,
      ask: ticks.ask[i] as number,
      volume: ticks.volume[i] as number,
    };
  }
}
