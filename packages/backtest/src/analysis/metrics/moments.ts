/** The arithmetic mean; `null` of nothing. */
export const mean = (values: readonly number[]): number | null => {
  if (values.length === 0) return null;
  let sum = 0;
  for (const value of values) sum += value;
  return sum / values.length;
};

/** The n-th central moment with divisor n (the population's); `null` of nothing. */
export const centralMoment = (values: readonly number[], order: number): number | null => {
  const centre = mean(values);
  if (centre === null) return null;
  let sum = 0;
  for (const value of values) sum += (value - centre) ** order;
  return sum / values.length;
};

/** The sample standard deviation (divisor n - 1); `null` below two values. */
export const standardDeviation = (values: readonly number[]): number | null => {
  const n = values.length;
  if (n < 2) return null;
  return Math.sqrt(((centralMoment(values, 2) as number) * n) / (n - 1));
};

/** A spread this small against the size of the values is what rounding leaves of equal values. */
const DUST = 1e-12;

/** Whether values differ by more than binary fractions do: a ratio to the spread of equal values has no meaning. */
export const varies = (values: readonly number[]): boolean => {
  let largest = 0;
  for (const value of values) largest = Math.max(largest, Math.abs(value));
  const spread = standardDeviation(values);
  return spread !== null && spread > DUST * largest;
};

/** Skewness m3 / m2^1.5 by population moments; `null` when the values do not vary. */
export const skewness = (values: readonly number[]): number | null =>
  varies(values) ? (centralMoment(values, 3) as number) / (centralMoment(values, 2) as number) ** 1.5 : null;

/** Kurtosis m4 / m2^2 by population moments (3 for the normal distribution); `null` when the values do not vary. */
export const kurtosis = (values: readonly number[]): number | null =>
  varies(values) ? (centralMoment(values, 4) as number) / (centralMoment(values, 2) as number) ** 2 : null;

/**
 * A quantile by linear interpolation between order statistics: type 7 of Hyndman and Fan (1996), the default of R and NumPy.
 * @param probability - 0 to 1
 */
export const quantile = (values: readonly number[], probability: number): number | null => {
  if (values.length === 0) return null;
  const sorted = [...values].sort((a, b) => a - b);
  const position = (sorted.length - 1) * probability;
  const below = Math.floor(position);
  const low = sorted[below] as number;
  const high = sorted[Math.min(below + 1, sorted.length - 1)] as number;
  return low + (position - below) * (high - low);
};
