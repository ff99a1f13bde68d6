/** The unevaluated sum of two doubles, some 106 bits: `high` is what one double would hold, `low` what it would have lost. */
export type Pair = readonly [high: number, low: number];

/** Splits a double into halves of 26 bits (Veltkamp, 1968). */
const SPLITTER = 2 ** 27 + 1;

/** What rounding took from a product: `a * b - product`, exactly (Dekker, 1971). */
export const productError = (a: number, b: number, product: number): number => {
  const aScaled = SPLITTER * a;
  const aHigh = aScaled - (aScaled - a);
  const aLow = a - aHigh;
  const bScaled = SPLITTER * b;
  const bHigh = bScaled - (bScaled - b);
  const bLow = b - bHigh;
  return aLow * bLow - (product - aHigh * bHigh - aLow * bHigh - aHigh * bLow);
};

/**
 * Adds `high + low` to the pair at `at` and `at + 1`. The error is below 2^-104 of the larger of both, so that adding something
 * and taking it away again leaves next to nothing. Allocates nothing.
 */
export const addTo = (pairs: Float64Array, at: number, high: number, low: number): void => {
  const held = pairs[at]!;
  const sum = held + high;
  const part = sum - held;
  // Knuth's two-sum: what the addition of the high parts lost.
  const lost = held - (sum - part) + (high - part) + (pairs[at + 1]! + low);
  const total = sum + lost;
  pairs[at] = total;
  pairs[at + 1] = lost - (total - sum);
};

/** The pair at `at` and `at + 1`. */
export const pairAt = (pairs: Float64Array, at: number): Pair => [pairs[at]!, pairs[at + 1]!];

export const plus = (a: Pair, b: Pair): Pair => {
  const sum = a[0] + b[0];
  const part = sum - a[0];
  const lost = a[0] - (sum - part) + (b[0] - part) + (a[1] + b[1]);
  const high = sum + lost;
  return [high, lost - (high - sum)];
};

export const times = (a: Pair, b: Pair): Pair => {
  const product = a[0] * b[0];
  const lost = productError(a[0], b[0], product) + (a[0] * b[1] + a[1] * b[0]);
  const high = product + lost;
  return [high, lost - (high - product)];
};

/** @param factor - a double, exactly */
export const scale = (a: Pair, factor: number): Pair => times(a, [factor, 0]);

/** @param divisor - not 0 */
export const over = (a: Pair, divisor: number): Pair => {
  const first = a[0] / divisor;
  const product = first * divisor;
  const rest = a[0] - product - productError(first, divisor, product) + a[1];
  const second = rest / divisor;
  const high = first + second;
  return [high, second - (high - first)];
};
