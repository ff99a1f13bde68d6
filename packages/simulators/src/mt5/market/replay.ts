import { intrabarPath, PATH_TICKS } from '@mikrobot/core';
import { turn } from '../../turn.js';
import type { Market } from './market.js';

/** A recorded tick. `time` is epoch ms UTC. */
export interface Mt5Tick {
  readonly time: number;
  readonly bid: number;
  readonly ask: number;
}

/** A recorded bar of bid prices. `time` is its begin, epoch ms UTC. */
export interface Mt5Bar {
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  readonly tickVolume?: number | undefined;
  /** Points. */
  readonly spread?: number | undefined;
  readonly realVolume?: number | undefined;
}

/** How recorded rows are told. */
export interface Mt5ReplayOptions {
  /** Times as fast as recorded, by the simulator's clock. Default: Infinity, as fast as it goes. */
  readonly speed?: number | undefined;
  /** Length of a bar, ms. Default: a minute. */
  readonly length?: number | undefined;
  /** Points between bid and ask where a bar tells no spread. Default: 10. */
  readonly spread?: number | undefined;
  /** What time ticks bear. Default: `recorded`. */
  readonly stamps?: 'recorded' | 'clock' | undefined;
  /** Ends it early. */
  readonly abort?: AbortSignal | undefined;
}

/** What was told. */
export interface Mt5ReplaySummary {
  readonly ticks: number;
  /** Rows that are neither ticks nor bars. */
  readonly skipped: number;
}

/** So many ticks are told before others get their turn. */
const TURN = 200;

/** Whether a row is a bar whose prices fit together. */
export const isBar = ({ time, open, high, low, close }: Mt5Bar): boolean =>
  Number.isFinite(time) && low > 0 && low <= Math.min(open, close) && high >= Math.max(open, close);

const isTick = ({ time, bid, ask }: Mt5Tick): boolean => Number.isFinite(time) && bid > 0 && ask >= bid;

/** Open, the nearer extreme, the other one, close. */
const ticksOf = (bar: Mt5Bar, length: number, spread: number): readonly Mt5Tick[] => {
  const { time, open, high, low, close } = bar;
  const column = (): Float64Array => new Float64Array(PATH_TICKS);
  const path = { time: column(), bid: column(), ask: column(), volume: column() };
  const asks = {
    askOpen: open + spread,
    askHigh: high + spread,
    askLow: low + spread,
    askClose: close + spread,
  };
  intrabarPath({ time, closeTime: time + length, open, high, low, close, ...asks, volume: 0 }, path, 0);
  return Array.from(path.time, (at, i) => ({
    time: at,
    bid: path.bid[i] ?? close,
    ask: path.ask[i] ?? close,
  }));
};

/** Waits until the clock reads a time. */
const until = (market: Market, time: number): Promise<void> =>
  new Promise((resolve) => market.time.clock.arm('mt5-replay', time, () => resolve()));

/**
 * Tells recorded ticks, or bars as four ticks each, as quotes of a symbol.
 * @throws `MikroBotError` `UNKNOWN_INSTRUMENT`
 */
export const replayRows = async (
  market: Market,
  name: string,
  rows: AsyncIterable<Mt5Tick | Mt5Bar> | Iterable<Mt5Tick | Mt5Bar>,
  options: Mt5ReplayOptions = {},
): Promise<Mt5ReplaySummary> => {
  const { speed = Number.POSITIVE_INFINITY, length = 60_000, stamps = 'recorded', abort } = options;
  const { symbol } = market.get(name);
  const summary = { ticks: 0, skipped: 0 };
  let start: { readonly recorded: number; readonly now: number } | undefined;
  for await (const row of rows) {
    if (abort?.aborted === true) break;
    if (!('bid' in row ? isTick(row) : isBar(row))) {
      summary.skipped += 1;
      continue;
    }
    const spread = (('spread' in row ? row.spread : undefined) ?? options.spread ?? 10) * symbol.point;
    for (const { time, bid, ask } of 'bid' in row ? [row] : ticksOf(row, length, spread)) {
      start ??= { recorded: time, now: market.time.clock.now() };
      const due = start.now + (time - start.recorded) / speed;
      if (due > market.time.clock.now()) await until(market, due);
      market.quote(name, bid, ask, stamps === 'recorded' ? { time } : {});
      summary.ticks += 1;
      if (summary.ticks % TURN === 0) await turn();
    }
  }
  return summary;
};
