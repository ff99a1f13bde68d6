import { ONE } from '../filters/filter-checks.js';
import type { SpotAccount } from './account.js';
import { shareOf } from './money.js';
import type { SpotVenue } from './venue.js';

/** A commission: in the asset that was received, or in BNB. Units of 10^-8. */
export interface Fee {
  readonly asset: string;
  readonly amount: bigint;
}

/** Asset in which commission is cheaper. */
export const DISCOUNT_ASSET = 'BNB';
/** What is left of a standard commission when it is paid in BNB, as a part of {@link ONE}: the discount is a quarter. */
const DISCOUNTED = (ONE * 3n) / 4n;

/** What a unit of an asset is worth in BNB, by the market's own symbols; undefined where none tells. */
const inBnb = (venue: SpotVenue, asset: string): bigint | undefined => {
  if (asset === DISCOUNT_ASSET) return ONE;
  for (const { symbol, bid } of venue.markets) {
    if (bid === 0n) continue;
    if (symbol.baseAsset === DISCOUNT_ASSET && symbol.quoteAsset === asset) return (ONE * ONE) / bid;
    if (symbol.baseAsset === asset && symbol.quoteAsset === DISCOUNT_ASSET) return bid;
  }
  return undefined;
};

/** BNB for a unit of an asset, also over the asset that it was traded for. */
const rateToBnb = (venue: SpotVenue, received: string, paid: string, price: bigint): bigint | undefined => {
  const direct = inBnb(venue, received);
  if (direct !== undefined) return direct;
  const over = inBnb(venue, paid);
  return over === undefined ? undefined : (over * price) / ONE;
};

/**
 * The commission of a trade: a part of what is received, taken from it, or in BNB at a discount where the account wants that and has
 * enough of it (commission_faq.md).
 * @param received - asset and amount that the trade brings
 * @param paid - the other asset
 * @param price - units of `paid` for one of `received`
 */
export const feeOf = (
  venue: SpotVenue,
  account: SpotAccount,
  received: Fee,
  paid: string,
  price: bigint,
  isMaker: boolean,
): Fee => {
  const full = shareOf(received.amount, isMaker ? account.maker : account.taker);
  if (!account.bnbFees) return { asset: received.asset, amount: full };
  const rate = rateToBnb(venue, received.asset, paid, price);
  const inDiscount = rate === undefined ? undefined : shareOf(shareOf(full, rate), DISCOUNTED);
  if (inDiscount === undefined || account.free(DISCOUNT_ASSET) < inDiscount) {
    return { asset: received.asset, amount: full };
  }
  return { asset: DISCOUNT_ASSET, amount: inDiscount };
};
