import { type Bar, type Clock, type HistoryQuery, MikroBotError, timeframeMs } from '@mikrobot/core';
import { intervalOf } from '../mapper/intervals.js';
import type { MarketMapper } from '../mapper/market.js';

/**
 * Asks a public path of REST.
 * @param weight - what the venue counts for it
 * @returns the parsed answer
 */
export type PublicGet = (
  path: string,
  params: Readonly<Record<string, string | number>>,
  weight: number,
) => Promise<unknown>;

/** What history is read with. */
export interface HistoryParts {
  readonly venue: 'spot' | 'futures';
  readonly get: PublicGet;
  readonly mapper: MarketMapper;
  readonly clock: Clock;
}

/** Rows of a page: the most that spot gives, and of futures the most before the weight doubles. */
const PAGE = 1_000;
const routes = {
  spot: { path: '/api/v3/klines', weight: 2 },
  futures: { path: '/fapi/v1/klines', weight: 5 },
} as const;

/**
 * Closed bars of the past, page by page. Klines are of trades: bids are their prices, asks one tick above. Minutes without a trade are
 * bars as well, with a volume of 0 and the price before them; before its first trade a symbol has none.
 * @throws {@link MikroBotError} `BAD_TIMEFRAME` where the venue has no such klines, `BAD_DATA` where a page cannot be read
 */
export async function* history(
  { venue, get, mapper, clock }: HistoryParts,
  { symbol, timeframe, from, to }: HistoryQuery,
): AsyncGenerator<Bar> {
  const interval = intervalOf(timeframe, venue);
  const { path, weight } = routes[venue];
  let startTime = Math.ceil(from);
  while (startTime < to) {
    const params = { symbol, interval, startTime, endTime: Math.ceil(to) - 1, limit: PAGE };
    const rows = await get(path, params, weight);
    if (!Array.isArray(rows)) throw unreadable(symbol);
    for (const row of rows) {
      const bar = mapper.kline(row, symbol, timeframe);
      if (bar === undefined || bar.time < startTime) throw unreadable(symbol);
      if (bar.time >= to || bar.closeTime > clock.now()) return;
      startTime = bar.time + timeframeMs(timeframe);
      yield bar;
    }
    if (rows.length < PAGE) return;
  }
}

const unreadable = (symbol: string): MikroBotError =>
  new MikroBotError('BAD_DATA', 'a page of klines cannot be read.', { where: symbol });
