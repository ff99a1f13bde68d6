import { type QuantileOptions, quantile } from './quantile.js';
import { sampleOf } from './samples.js';

/** 1 / Φ⁻¹(3/4), rounded as in R: makes the figure estimate the standard deviation of normal values. */
const normalScale = 1.4826;

/**
 * Median distance from the median, times 1.4826: a standard deviation that half of the values can spoil no more. Undefined
 * without values.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const medianAbsoluteDeviation = (values: ArrayLike<number>): number | undefined => {
  const { sorted } = sampleOf(values, 'the median absolute deviation');
  const median = quantile(sorted, 0.5);
  if (median === undefined) return undefined;
  return normalScale * quantile(sorted.map((x) => Math.abs(x - median)).sort(), 0.5)!;
};

/**
 * Distance between the quartiles; undefined without values.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const interquartileRange = (
  values: ArrayLike<number>,
  options: QuantileOptions = {},
): number | undefined => {
  const { n, sorted } = sampleOf(values, 'the interquartile range');
  return n === 0 ? undefined : quantile(sorted, 0.75, options)! - quantile(sorted, 0.25, options)!;
};
