import type { Timeframe, Zone } from '@mikrobot/core';
import { gridStart } from './bar-sizes.js';
import { readBarTime } from './bar-time.js';
import type { RawBar } from './history-requests.js';

/** One side of a bar. */
export interface BarRow {
  /** Begin, epoch ms. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly volume: number;
  readonly ticks: number;
}

const isPrice = (value: number | undefined): value is number =>
  value !== undefined && value > 0 && value < Number.POSITIVE_INFINITY;

/** -1 stands for none. */
const countOf = (value: number | undefined): number =>
  value !== undefined && value > 0 && value < Number.POSITIVE_INFINITY ? value : 0;

/** Checks a bar; undefined where it contradicts itself or nobody can tell its time. */
export const readRow = (raw: RawBar, zone: Zone): BarRow | undefined => {
  const { open, high, low, close } = raw;
  const time = readBarTime(raw.date, zone);
  if (time === undefined || !isPrice(open) || !isPrice(high) || !isPrice(low) || !isPrice(close))
    return undefined;
  if (high < Math.max(open, close) || low > Math.min(open, close)) return undefined;
  return { time, open, high, low, close, volume: countOf(raw.volume), ticks: Math.round(countOf(raw.count)) };
};

const merged = (a: BarRow, b: BarRow): BarRow => ({
  time: a.time,
  open: a.open,
  high: Math.max(a.high, b.high),
  low: Math.min(a.low, b.low),
  close: b.close,
  volume: a.volume + b.volume,
  ticks: a.ticks + b.ticks,
});

/**
 * Rows as bars of the timeframe's grid: the first hour of a session that opens at half past is the hour that it is in, and larger bars are
 * made of smaller ones. Rows out of order are put into order; of two of one time the later one counts.
 */
export const toGrid = (
  rows: readonly BarRow[],
  timeframe: Timeframe,
  zone: Zone,
): ReadonlyMap<number, BarRow> => {
  const byTime = new Map(rows.map((row) => [row.time, row]));
  const grid = new Map<number, BarRow>();
  for (const row of [...byTime.values()].sort((a, b) => a.time - b.time)) {
    const time = gridStart(timeframe, zone, row.time);
    const before = grid.get(time);
    grid.set(time, before === undefined ? { ...row, time } : merged(before, row));
  }
  return grid;
};
