import { c4, d2, d3 } from '../charts/constants.js';
import type { IndividualsMethod, WithinMethod } from './sigma.js';

/** Degrees of freedom of a standard deviation with the same coefficient of variation: `1 / (2 cv^2) + 1/4` (Patnaik, 1950). */
const degreesOf = (squaredVariation: number): number => 1 / (2 * squaredVariation) + 1 / 4;

/** Variance of the absolute difference of two standard normal values, and covariance of two that share a value. */
const differenceVariance = 2 - 4 / Math.PI;
const sharedCovariance = (4 / Math.PI) * (Math.sqrt(3) / 2 + Math.PI / 12 - 1);

/**
 * Squared variation of the median of moving ranges, times their number. Simulated, since no closed form is known: 1.57, 1.63 and
 * 1.64 for 30, 100 and 400 normal values (150,000, 150,000 and 40,000 samples).
 */
const medianVariation = 1.64;

/**
 * How well an estimate of sigma from single values knows it, in degrees of freedom. By the mean moving range 100
 * values know it as well as 60 degrees of freedom do.
 * @param n - values
 * @returns 0 for fewer than two
 */
export const individualsDegrees = (n: number, method: IndividualsMethod): number => {
  if (n < 2) return 0;
  if (method === 'deviation') return n - 1;
  const ranges = n - 1;
  if (method === 'median-moving-range') return degreesOf(medianVariation / ranges);
  const variance = (differenceVariance + (2 * sharedCovariance * (ranges - 1)) / ranges) / ranges;
  return degreesOf(variance / d2(2) ** 2);
};

const squaredVariationOf = (size: number, method: WithinMethod): number =>
  method === 'range' || method === 'weighted-range'
    ? (d3(size) / d2(size)) ** 2
    : (1 - c4(size) ** 2) / c4(size) ** 2;

/**
 * How well an estimate of sigma from subgroups knows it, in degrees of freedom. 25 subgroups of 5 are worth 100 when pooled and 91
 * by their ranges.
 * @param sizes - of the subgroups, each at least 2
 * @returns 0 without subgroups
 */
export const withinDegrees = (sizes: readonly number[], method: WithinMethod): number => {
  if (sizes.length === 0) return 0;
  if (method === 'pooled') return sizes.reduce((sum, size) => sum + size - 1, 0);
  const variations = sizes.map((size) => squaredVariationOf(size, method));
  const weighted = method === 'weighted-range' || method === 'weighted-deviation';
  return degreesOf(
    weighted
      ? 1 / variations.reduce((sum, variation) => sum + 1 / variation, 0)
      : variations.reduce((sum, variation) => sum + variation, 0) / sizes.length ** 2,
  );
};
