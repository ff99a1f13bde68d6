import { checkPlace } from '../numeric/check.js';
import type { Fit } from './fitted-distribution.js';
import { type QuantileOptions, quantile } from './quantile.js';
import { sampleOf } from './samples.js';

/** How many of the sorted values are at most x. */
const rankOf = (sorted: Float64Array, x: number): number => {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (sorted[middle]! <= x) low = middle + 1;
    else high = middle;
  }
  return low;
};

/**
 * The values themselves as a distribution: shares counted, percentiles interpolated, nothing assumed and nothing known beyond
 * the extreme values. Parameter `n`.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const empiricalDistribution = (values: ArrayLike<number>, options: QuantileOptions = {}): Fit => {
  const { n, sorted } = sampleOf(values, 'percentiles');
  if (n === 0)
    return {
      distribution: undefined,
      notes: [{ code: 'EMPTY', detail: 'There are no values for percentiles.' }],
    };
  const share = (x: number): number => {
    checkPlace(x, 'a share of the values');
    return rankOf(sorted, x);
  };
  return {
    distribution: {
      name: 'empirical',
      parameters: { n },
      logLikelihood: undefined,
      cdf: (x) => share(x) / n,
      tail: (x) => (n - share(x)) / n,
      quantile: (p) => quantile(sorted, p, options)!,
    },
    notes: [],
  };
};
