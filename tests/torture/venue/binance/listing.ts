import type { Walker } from '../market.js';

/** A symbol that the simulator lists for the kill test. */
export interface Listed extends Walker {
  readonly symbol: string;
  readonly base: string;
  /** One strategy trades it: a client order id does not tell whose it is, the symbol does. */
  readonly owner: string;
}

/** What is traded. Grids are wide enough for what strategies want: hundredths of a coin. */
export const listing: readonly Listed[] = [
  { symbol: 'BTCUSDT', base: 'BTC', owner: 'ada', start: 60_000, tickSize: 0.1, priceDecimals: 1 },
  { symbol: 'ETHUSDT', base: 'ETH', owner: 'cy', start: 3_000, tickSize: 0.01, priceDecimals: 2 },
];

export const QUOTE = 'USDT';

/** Step of a quantity, as exact text. */
export const STEP = '0.01000000';

/** Least value of an order, in the quote asset. */
export const MIN_NOTIONAL = '5.00000000';

/** Opens the bot's account. It opens nothing but simulators. */
export const botKey = { apiKey: 'torture', secret: 'simulator' } as const;

/** Opens the same account for the judge. */
export const judgeKey = { apiKey: 'judge', secret: 'audit' } as const;

/** Who owns what is traded in a symbol. */
export const ownerOf = (symbol: string): string =>
  listing.find((listed) => listed.symbol === symbol)?.owner ?? '(nobody)';
