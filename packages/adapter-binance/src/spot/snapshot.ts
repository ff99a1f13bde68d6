import type { OrderReport } from '@mikrobot/core';
import { readSpotOrder } from '../mapper/spot-orders.js';
import type { RestClient } from '../transport/rest-client.js';
import { readAccount, readAveragePrice, readBookTicker, readOpenLists, readRows } from './wire.js';

/** Ms for each request: a snapshot that takes longer is none. */
const TIMEOUT = 5_000;
/** Readings until one is of a single moment. */
const ATTEMPTS = 3;

/** What a reading of the account needs. */
export interface ReadingParts {
  readonly rest: RestClient;
  readonly symbols: readonly string[];
  /** Symbols whose prices are asked for: those without a stream, and those that fees are valued by. */
  readonly unpriced: () => readonly string[];
  /** Counts what the user stream has told so far. */
  readonly told: () => number;
}

/** The account as the venue's look-ups tell it. */
export interface Reading {
  /** Venue time up to which it holds, epoch ms. */
  readonly asOf: number;
  readonly account: ReturnType<typeof readAccount>;
  readonly orders: readonly OrderReport[];
  /** Best bids: what a holding would bring. */
  readonly prices: readonly { readonly symbol: string; readonly bidPrice: string }[];
  /** Averages by which the venue's filters judge orders at the market. */
  readonly averages: ReadonlyMap<string, string>;
  /** Whether its parts fit together. */
  readonly consistent: boolean;
}

/** A price is nice to have: one that the venue does not tell is left out. */
const priceOf = async <T>(
  rest: RestClient,
  path: string,
  symbol: string,
  read: (raw: unknown) => T,
): Promise<readonly T[]> => {
  const params = { symbol };
  try {
    return [
      read(
        await rest.request({ method: 'GET', path, params, security: 'none', weight: 2, timeout: TIMEOUT }),
      ),
    ];
  } catch {
    return [];
  }
};

const once = async ({ rest, symbols, unpriced, told }: ReadingParts): Promise<Reading> => {
  const ask = (path: string, weight: number, params = {}): Promise<unknown> =>
    rest.request({ method: 'GET', path, params, security: 'signed', weight, timeout: TIMEOUT });
  const asOf = rest.now();
  const before = told();
  const [account, lists, orders, prices, averages] = await Promise.all([
    ask('/api/v3/account', 20, { omitZeroBalances: true }).then(readAccount),
    ask('/api/v3/openOrderList', 6).then(readOpenLists),
    Promise.all(symbols.map((symbol) => ask('/api/v3/openOrders', 6, { symbol }).then(readRows))),
    Promise.all(
      unpriced().map((symbol) => priceOf(rest, '/api/v3/ticker/bookTicker', symbol, readBookTicker)),
    ),
    Promise.all(symbols.map((symbol) => priceOf(rest, '/api/v3/avgPrice', symbol, readAveragePrice))),
  ]);
  const reports = orders.flat().map((raw) => readSpotOrder(raw).report);
  const open = new Set(reports.map(({ venueId }) => venueId));
  // One order of an open list always works: where none is among the open orders, the two answers are of different moments.
  const fits = lists.every(
    (list) => !symbols.includes(list.symbol) || list.orders.some(({ orderId }) => open.has(orderId)),
  );
  return {
    asOf,
    account,
    orders: reports,
    prices: prices.flat(),
    averages: new Map(
      symbols.flatMap((symbol, i) => (averages[i] ?? []).map(({ price }) => [symbol, price])),
    ),
    consistent: fits && told() === before,
  };
};

/**
 * Asks for account, open orders and open order lists, again when something happened meanwhile. An answer that is missing or cannot be
 * read makes it fail: half an account is no account.
 */
export const readState = async (parts: ReadingParts): Promise<Reading> => {
  let reading = await once(parts);
  for (let i = 1; i < ATTEMPTS && !reading.consistent; i++) reading = await once(parts);
  return reading;
};
