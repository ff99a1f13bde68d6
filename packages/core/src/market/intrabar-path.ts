import type { Bar } from '../model/bar.js';

/** What of a bar its path is made from. A reader may pass one object again and again. */
export type PathSource = Omit<Bar, 'symbol' | 'timeframe' | 'ticks'>;

/** Columns that ticks are written to. */
export interface TickColumns {
  /** Epoch ms. */
  readonly time: Float64Array;
  readonly bid: Float64Array;
  readonly ask: Float64Array;
  readonly volume: Float64Array;
  /** As in a `TickBatch`: 1 for what lies on the path from the row before. Left out when nobody asks. */
  readonly path?: Uint8Array | undefined;
}

/** Ticks that one bar becomes. */
export const PATH_TICKS = 4;

/**
 * Writes the four ticks that stand for a bar at `at`, `at + 1` … of the columns: open, the extreme nearer to the open, the
 * other extreme, close; low first when both are as near. That order is a guess about what the bar hides; TradingView's broker
 * emulator and NautilusTrader's adaptive bar execution make the same one.
 * Bid and ask reach their extremes together. Times are the begin, a quarter, a half, and one ms before the end; each tick has
 * a quarter of the volume. An ask of NaN (a source without asks) stays NaN. The open is marked as a quote, what follows as
 * steps on a path: between two bars the market may jump, inside one it is taken to move through all prices.
 */
export const intrabarPath = (bar: PathSource, out: TickColumns, at: number): void => {
  const { time, bid, ask, volume } = out;
  const length = bar.closeTime - bar.time;
  const highFirst = bar.high - bar.open < bar.open - bar.low;
  const high = highFirst ? at + 1 : at + 2;
  const low = highFirst ? at + 2 : at + 1;
  const quarter = bar.volume / PATH_TICKS;

  time[at] = bar.time;
  time[at + 1] = bar.time + length / 4;
  time[at + 2] = bar.time + length / 2;
  time[at + 3] = bar.closeTime - 1;
  bid[at] = bar.open;
  bid[high] = bar.high;
  bid[low] = bar.low;
  bid[at + 3] = bar.close;
  ask[at] = bar.askOpen;
  ask[high] = bar.askHigh;
  ask[low] = bar.askLow;
  ask[at + 3] = bar.askClose;
  // Written one by one: `fill` costs more than four writes.
  volume[at] = quarter;
  volume[at + 1] = quarter;
  volume[at + 2] = quarter;
  volume[at + 3] = quarter;
  if (out.path !== undefined) {
    out.path[at] = 0;
    out.path[at + 1] = 1;
    out.path[at + 2] = 1;
    out.path[at + 3] = 1;
  }
};
