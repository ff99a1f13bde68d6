import { fxWeek, MikroBotError, type Session, timeframeMs } from '@mikrobot/core';
import { BarTable } from '../readers/bar-table.js';
import { fileBytes } from '../readers/bytes.js';
import { type Floor, noFloor } from '../readers/columns.js';
import { FileTally } from '../readers/file-tally.js';
import type { FilePlan } from '../readers/plan-file.js';
import { readTable } from '../readers/read-table.js';
import { TickTable } from '../readers/tick-table.js';
import { BarGaps } from './bar-gaps.js';
import type { FileReport } from './feed-report.js';

/** Rows that are read before they are passed on: few, so that many symbols at once need little memory. */
const BARS = 1024;
const TICKS = 4096;

/** One pass over one file: its rows in columns, and the account of them. */
export class FileReading {
  readonly plan: FilePlan;
  readonly tally: FileTally;
  /** Bars only. */
  readonly gaps: BarGaps | undefined;
  /** Bytes read from the disk. */
  bytes = 0;
  #crossed = 0;

  constructor(plan: FilePlan) {
    this.plan = plan;
    this.tally = new FileTally(plan.request.path);
    const { request, timeframe } = plan;
    this.gaps =
      timeframe === undefined
        ? undefined
        : new BarGaps(request.symbol, timeframeMs(timeframe), hoursOf(plan));
  }

  /** The file's bars. @param floor - what an earlier file of the symbol has told */
  async *bars(floor: Floor = noFloor): AsyncGenerator<BarTable> {
    const { request, timeframe } = this.plan;
    if (timeframe === undefined) throw wrongKind(this.plan, 'bars', 'readTicks');
    const table = new BarTable(
      { capacity: BARS, keepCrossed: request.keepCrossed, floor },
      timeframeMs(timeframe),
    );
    this.gaps?.after(floor.time);
    for await (const bars of readTable(this.#source(), table, this.tally)) {
      this.#crossed = table.crossed;
      this.gaps?.take(bars);
      yield bars;
    }
  }

  /** The file's ticks. @param floor - what an earlier file of the symbol has told */
  async *ticks(floor: Floor = noFloor): AsyncGenerator<TickTable> {
    const { request, layout } = this.plan;
    if (layout.kind !== 'ticks') throw wrongKind(this.plan, 'ticks', 'readBars');
    const table = new TickTable({ capacity: TICKS, keepCrossed: request.keepCrossed, floor });
    for await (const ticks of readTable(this.#source(), table, this.tally)) {
      this.#crossed = table.crossed;
      yield ticks;
    }
  }

  /** What later files of the symbol must come after. */
  get end(): Floor {
    const { request, timeframe } = this.plan;
    const { to } = this.tally;
    if (to === undefined) return noFloor;
    return { time: timeframe === undefined ? to : to + timeframeMs(timeframe) - 1, file: request.path };
  }

  report(): FileReport {
    const { request, layout, timeframe } = this.plan;
    const { rows, rejectedRows, rejected, filteredRows, from, to } = this.tally;
    return {
      path: request.path,
      symbol: request.symbol,
      layout: layout.name,
      timeframe,
      zone: layout.zone?.name,
      rows,
      rejectedRows,
      rejected: [...rejected],
      faults: this.tally.faults(),
      filteredRows,
      crossedRows: this.#crossed,
      from,
      to,
      gaps: this.gaps?.count ?? 0,
      missingBars: this.gaps?.missing ?? 0,
      longestGaps: [...(this.gaps?.longest ?? [])],
    };
  }

  #source() {
    const { request, layout } = this.plan;
    const { path, chunkBytes, contract } = request;
    const onRead = (bytes: number): void => {
      this.bytes += bytes;
    };
    return { bytes: (line: () => number) => fileBytes(path, chunkBytes, onRead, line), layout, contract };
  }
}

const hoursOf = ({ request, layout }: FilePlan): Session | undefined => {
  if (request.hours === 'always') return undefined;
  return request.hours ?? (layout.name === 'binance-klines' ? undefined : fxWeek);
};

const wrongKind = ({ request, layout }: FilePlan, wanted: string, instead: string): MikroBotError =>
  new MikroBotError(
    'UNKNOWN_COLUMNS',
    `The file holds ${layout.kind}, not ${wanted} (layout ${layout.name}).`,
    {
      where: request.path,
      hint: `Read it by ${instead}().`,
    },
  );
