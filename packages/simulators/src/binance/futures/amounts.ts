import { fromUnits, toUnits, trimZeros } from '../shared/decimal.js';

/** A price, a quantity or a sum of money in units of 10^-8. Sums of them are exact. */
export type Amount = bigint;

/** Decimals that an {@link Amount} holds. */
export const SCALE = 8;

/** One, as an {@link Amount}. */
export const ONE: Amount = 100_000_000n;

/** The absolute value. */
export const abs = (a: bigint): bigint => (a < 0n ? -a : a);

/** The larger one. */
export const larger = (a: bigint, b: bigint): bigint => (a > b ? a : b);

/** A quotient rounded half away from zero. */
export const divide = (a: bigint, b: bigint): bigint => {
  const whole = (abs(a) * 2n + abs(b)) / (abs(b) * 2n);
  return a < 0n === b < 0n ? whole : -whole;
};

/** A product of two amounts, cut to 10^-8 as the venue does: a fee of 0.021641396 is 0.02164139. */
export const times = (a: Amount, b: Amount): Amount => (a * b) / ONE;

/**
 * Reads an exact decimal text.
 * @throws RangeError for other text, and for more than 8 decimals
 */
export const amountOf = (text: string): Amount => toUnits(text, SCALE);

/** The amount nearest to a number. */
export const amountOfNumber = (value: number): Amount => toUnits(value.toFixed(SCALE), SCALE);

/** The number nearest to an amount, for arithmetic that is not bookkeeping. */
export const numberOf = (amount: Amount): number => Number(fromUnits(amount, SCALE));

/** Decimal text without trailing zeros, as in user events. */
export const short = (amount: Amount): string => trimZeros(fromUnits(amount, SCALE));

/** Decimal text with so many decimals, rounded half away from zero. */
export const fixed = (amount: Amount, decimals: number): string =>
  fromUnits(divide(amount, 10n ** BigInt(SCALE - decimals)), decimals);
