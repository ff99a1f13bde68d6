/** Later than the year 5000, or microseconds taken for milliseconds. */
const LATEST = 1e14;
const LONGEST_SYMBOL = 40;

/** Epoch ms, whole. */
export const isTime = (value: unknown): value is number =>
  typeof value === 'number' && value > 0 && value < LATEST && Number.isInteger(value);
/** An id that a number holds exactly. */
export const isUpdateId = (value: unknown): value is number =>
  Number.isSafeInteger(value) && (value as number) >= 0;
/** A name; not all of them are ASCII. */
export const isSymbol = (value: unknown): value is string =>
  typeof value === 'string' && value.length > 0 && value.length <= LONGEST_SYMBOL;
/** Positive and finite. */
export const isPrice = (value: number): boolean => value > 0 && value < Number.POSITIVE_INFINITY;
/** Finite, perhaps 0. */
export const isQuantity = (value: number): boolean => value >= 0 && value < Number.POSITIVE_INFINITY;

/** Ids beyond 2^53 come as digits, because a number would be another id. */
export const digitsOf = (value: unknown): string | undefined => {
  if (typeof value === 'number') return isUpdateId(value) ? String(value) : undefined;
  return typeof value === 'string' && value.length <= 20 && /^\d+$/.test(value) ? value : undefined;
};
