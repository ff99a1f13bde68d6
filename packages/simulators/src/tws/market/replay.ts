import { intrabarPath, PATH_TICKS, type TickColumns } from '@mikrobot/core';
import { turn } from '../../turn.js';
import type { SimulatedContract } from '../contracts/contract.js';
import type { Market, MarketName } from './market.js';

/** A recorded bar of trades. */
export interface ReplayRow {
  /** Its begin, epoch ms. */
  readonly time: number;
  readonly open: number;
  readonly high: number;
  readonly low: number;
  readonly close: number;
  /** Lots; default: 0, nothing is said to have traded. */
  readonly volume?: number | undefined;
}

/** How recorded bars are told. */
export interface ReplayOptions {
  /**
   * Times as fast as it was recorded, by the simulator's clock; Infinity (the default): as fast as it goes; `recorded`: each tick when
   * the clock reads its own time, for a clock that was started in the past.
   */
  readonly speed?: number | 'recorded' | undefined;
  /** Length of a bar, ms. Default: a minute. */
  readonly length?: number | undefined;
  /** Price steps between bid and ask; trades are at the bid. Default: 1. */
  readonly spread?: number | undefined;
  /** Ends the telling early. */
  readonly abort?: AbortSignal | undefined;
}

/** What was told. */
export interface ReplaySummary {
  readonly rows: number;
  /** Rows that are no bars. */
  readonly skipped: number;
  readonly ticks: number;
}

const MINUTE = 60_000;
/** So many ticks are told before others get their turn. */
const TURN = 200;

const isBar = ({ time, open, high, low, close }: ReplayRow): boolean =>
  Number.isFinite(time) &&
  low > 0 &&
  low <= Math.min(open, close) &&
  high >= Math.max(open, close) &&
  high < 1e15;

/**
 * Whole lots for each tick of a path; what does not divide comes with the last. Of fewer lots than ticks, begin and end get one,
 * then an extreme that neither of them reached: so few trades had no more prices.
 */
const sharesOf = (
  [open, second, third, close]: ArrayLike<number> & Iterable<number>,
  volume: number,
): readonly number[] => {
  const each = Math.floor(volume / PATH_TICKS);
  const shares = [each, each, each, each];
  let left = volume - each * PATH_TICKS;
  const give = (tick: number, isNeeded: boolean): void => {
    if (each > 0 || !isNeeded || left < 1) return;
    shares[tick] = 1;
    left--;
  };
  give(3, true);
  give(0, true);
  give(1, second !== open && second !== close);
  give(2, third !== open && third !== close && third !== second);
  shares[3]! += left;
  return shares;
};

const columns = (): TickColumns => ({
  time: new Float64Array(PATH_TICKS),
  bid: new Float64Array(PATH_TICKS),
  ask: new Float64Array(PATH_TICKS),
  volume: new Float64Array(PATH_TICKS),
});

/** Works when the clock reads a time, in that very moment; at once, and undefined, when it is past. */
const at = ({ clock }: Market, time: number, work: () => void): Promise<void> | undefined => {
  if (time <= clock.now()) {
    work();
    return undefined;
  }
  return new Promise((resolve, reject) => {
    clock.arm('tws-replay', time, () => {
      try {
        work();
        resolve();
      } catch (error) {
        reject(error);
      }
    });
  });
};

/**
 * Tells recorded bars as ticks: open, the nearer extreme, the other one, close. Each moves the quote, on which orders trade, and is a
 * trade where the bar has volume and the contract is no pair of currencies. Ticks have the time of the simulator's clock.
 * @throws `MikroBotError` `UNKNOWN_INSTRUMENT`
 */
export const replayRows = async (
  market: Market,
  name: MarketName,
  rows: AsyncIterable<ReplayRow> | Iterable<ReplayRow>,
  options: ReplayOptions = {},
): Promise<ReplaySummary> => {
  const { speed = Number.POSITIVE_INFINITY, length = MINUTE, spread = 1, abort } = options;
  const contract = market.book.named(name);
  const path = columns();
  const summary = { rows: 0, skipped: 0, ticks: 0 };
  let start: { readonly recorded: number; readonly now: number } | undefined;
  const due = (time: number): number => {
    if (speed === 'recorded') return time;
    start ??= { recorded: time, now: market.clock.now() };
    return start.now + (time - start.recorded) / speed;
  };
  for await (const row of rows) {
    if (abort?.aborted === true) break;
    if (!isBar(row)) {
      summary.skipped++;
      continue;
    }
    layPath(row, length, spread * contract.minTick, path);
    const shares = sharesOf(path.bid, row.volume ?? 0);
    for (let i = 0; i < PATH_TICKS; i++) {
      const waited = at(market, due(path.time[i]!), () => tell(market, contract, path, i, shares[i]!));
      if (++summary.ticks % TURN === 0 && waited === undefined) await turn();
      else await waited;
    }
    summary.rows++;
  }
  return summary;
};

const tidy = (price: number): number => Number(price.toPrecision(12));

const layPath = (row: ReplayRow, length: number, spread: number, path: TickColumns): void => {
  const { time, open, high, low, close } = row;
  const up = (price: number): number => tidy(price + spread);
  const asks = { askOpen: up(open), askHigh: up(high), askLow: up(low), askClose: up(close) };
  intrabarPath({ time, closeTime: time + length, open, high, low, close, ...asks, volume: 0 }, path, 0);
};

const tell = (
  market: Market,
  contract: SimulatedContract,
  path: TickColumns,
  i: number,
  lots: number,
): void => {
  const [bid, ask] = [path.bid[i]!, path.ask[i]!];
  market.quote(contract.contractId, bid, ask);
  if (lots > 0 && contract.securityType !== 'CASH') market.trade(contract.contractId, bid, lots);
};
