import { ONE } from '../filters/filter-checks.js';
import type { SpotAccount } from './account.js';
import type { SpotVenue } from './venue.js';

/** An amount of an asset, in units of 10^-8. */
export interface Amount {
  readonly asset: string;
  readonly amount: bigint;
}

/** Asset in which commission is cheaper. */
export const DISCOUNT_ASSET = 'BNB';
/** A ratio that is not rounded: units of one asset for units of another. */
type Ratio = readonly [bigint, bigint];

/** What is left of a standard commission when it is paid in BNB: the discount is a quarter. */
const DISCOUNTED: Ratio = [3n, 4n];

const times = (...ratios: readonly Ratio[]): Ratio =>
  ratios.reduce(([a, b], [c, d]) => [a * c, b * d] as const, [1n, 1n] as const);

const applied = (amount: bigint, [part, whole]: Ratio): bigint => (amount * part * 2n + whole) / (whole * 2n); // half up, as in the venue's example

/** What an asset is worth in BNB, by the market's own symbols; undefined where none tells. */
const inBnb = (venue: SpotVenue, asset: string): Ratio | undefined => {
  if (asset === DISCOUNT_ASSET) return [1n, 1n];
  for (const { symbol, bid } of venue.markets) {
    if (bid === 0n) continue;
    if (symbol.baseAsset === DISCOUNT_ASSET && symbol.quoteAsset === asset) return [ONE, bid];
    if (symbol.baseAsset === asset && symbol.quoteAsset === DISCOUNT_ASSET) return [bid, ONE];
  }
  return undefined;
};

/** A received asset in BNB, also over the asset that it was traded for. */
const rateToBnb = (venue: SpotVenue, received: Amount, paid: Amount): Ratio | undefined => {
  const direct = inBnb(venue, received.asset);
  if (direct !== undefined || received.amount === 0n) return direct;
  const over = inBnb(venue, paid.asset);
  return over === undefined ? undefined : times([paid.amount, received.amount], over);
};

/**
 * The commission of a trade: a part of what is received, taken from it, or in BNB at a discount where the account wants that and has
 * enough of it (commission_faq.md).
 * @param received - what the trade brings
 * @param paid - what it was traded for
 */
export const feeOf = (
  venue: SpotVenue,
  account: SpotAccount,
  received: Amount,
  paid: Amount,
  isMaker: boolean,
): Amount => {
  const rate = isMaker ? account.maker : account.taker;
  const full = { asset: received.asset, amount: applied(received.amount, [rate, ONE]) };
  if (!account.bnbFees) return full;
  const toBnb = rateToBnb(venue, received, paid);
  if (toBnb === undefined) return full;
  const amount = applied(received.amount, times([rate, ONE], toBnb, DISCOUNTED));
  return account.free(DISCOUNT_ASSET) < amount ? full : { asset: DISCOUNT_ASSET, amount };
};
