import { toUnits } from '../shared/decimal.js';

/** Decimals of every price, quantity and amount inside the exchanges: the venue's assets have at most eight. */
export const SCALE = 8;

/** One whole unit. */
export const ONE = 10n ** BigInt(SCALE);

/** What a filter's text means in units of 10^-8. */
const units = (text: string): bigint => toUnits(text, SCALE);

/** `PRICE_FILTER` as on the wire. A value of zero switches its rule off. */
export interface PriceFilter {
  readonly minPrice: string;
  readonly maxPrice: string;
  readonly tickSize: string;
}

/** `LOT_SIZE` or `MARKET_LOT_SIZE` as on the wire. */
export interface SizeFilter {
  readonly minQty: string;
  readonly maxQty: string;
  readonly stepSize: string;
}

const onGrid = (value: bigint, step: bigint): boolean => step === 0n || value % step === 0n;

const within = (value: bigint, least: bigint, most: bigint): boolean =>
  value >= least && (most === 0n || value <= most);

/** Whether a price (units of 10^-8) passes `PRICE_FILTER`. */
export const priceFits = (filter: PriceFilter, price: bigint): boolean =>
  within(price, units(filter.minPrice), units(filter.maxPrice)) && onGrid(price, units(filter.tickSize));

/** Whether a quantity (units of 10^-8) passes `LOT_SIZE` or `MARKET_LOT_SIZE`. */
export const sizeFits = (filter: SizeFilter, quantity: bigint): boolean =>
  within(quantity, units(filter.minQty), units(filter.maxQty)) && onGrid(quantity, units(filter.stepSize));

/**
 * Whether a price is within multiples of a reference price, as `PERCENT_PRICE` and `PERCENT_PRICE_BY_SIDE` ask.
 * @param down - least multiple, as on the wire
 * @param up - largest multiple, as on the wire
 */
export const percentFits = (price: bigint, reference: bigint, down: string, up: string): boolean =>
  price * ONE >= reference * units(down) && price * ONE <= reference * units(up);

/**
 * Whether price times quantity is within bounds, as `MIN_NOTIONAL` and `NOTIONAL` ask. The product is not rounded.
 * @param least - as on the wire; undefined for none
 * @param most - as on the wire; undefined for none
 */
export const valueFits = (
  price: bigint,
  quantity: bigint,
  least: string | undefined,
  most: string | undefined,
): boolean => {
  const value = price * quantity;
  return (
    (least === undefined || value >= units(least) * ONE) && (most === undefined || value <= units(most) * ONE)
  );
};
