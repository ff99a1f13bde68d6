import { checkPlace, checkProbability } from '../numeric/check.js';
import { findRoot } from '../numeric/find-root.js';
import type { Fit } from './fitted-distribution.js';
import { centralMoments, lack, notPositive, sampleOf } from './samples.js';

/** The distribution with tail exp(-hazard(x)) from 0 on. */
const byHazard = (hazard: (x: number) => number, inverse: (h: number) => number) => ({
  cdf: (x: number): number => {
    checkPlace(x, 'a distribution');
    return x > 0 ? -Math.expm1(-hazard(x)) : 0;
  },
  tail: (x: number): number => {
    checkPlace(x, 'a distribution');
    return x > 0 ? Math.exp(-hazard(x)) : 1;
  },
  quantile: (p: number): number => {
    checkProbability(p, 'a quantile');
    // Without it p = 0 would be -0.
    return p === 0 ? 0 : inverse(-Math.log1p(-p));
  },
});

/**
 * Fits an exponential distribution by maximum likelihood; parameter `mean`. One value is enough; none below 0, not all 0.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const fitExponential = (values: ArrayLike<number>): Fit => {
  const what = 'an exponential distribution';
  const { n, sorted, mean } = sampleOf(values, what);
  if (mean === undefined)
    return {
      distribution: undefined,
      notes: [{ code: 'EMPTY', detail: `There are no values for ${what}.` }],
    };
  const least = sorted[0]!;
  if (least < 0 || mean === 0) {
    const detail =
      least < 0 ? `The least value is ${least}, and ${what} begins at 0.` : `All ${n} values are 0.`;
    return { distribution: undefined, notes: [{ code: 'NOT_POSITIVE', detail }] };
  }
  const distribution = {
    name: 'exponential',
    parameters: { mean },
    logLikelihood: -n * (Math.log(mean) + 1),
    ...byHazard(
      (x) => x / mean,
      (h) => h * mean,
    ),
  } as const;
  return { distribution, notes: [] };
};

/**
 * Fits a Weibull distribution by maximum likelihood; parameters `shape` and `scale`. From 2 values on, all above 0.
 * Source: A. C. Cohen, Maximum Likelihood Estimation in the Weibull Distribution (1965).
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const fitWeibull = (values: ArrayLike<number>): Fit => {
  const what = 'a Weibull distribution';
  const sample = sampleOf(values, what);
  const note = lack(sample, 2, what) ?? notPositive(sample, what);
  if (note) return { distribution: undefined, notes: [note] };
  const { n } = sample;
  const raw = sample.sorted.map(Math.log);
  const flat = lack(sampleOf(raw, what), 2, what);
  if (flat) return { distribution: undefined, notes: [flat] };
  const meanLog = centralMoments(raw).mean;
  // Divided by the greatest value, so that no power of one overflows.
  const greatest = raw[n - 1]!;
  const powers = (shape: number): { readonly sum: number; readonly weighted: number } => {
    let sum = 0;
    let weighted = 0;
    for (const log of raw) {
      const power = Math.exp(shape * (log - greatest));
      sum += power;
      weighted += power * (log - meanLog);
    }
    return { sum, weighted };
  };
  const score = (shape: number): number => {
    const { sum, weighted } = powers(shape);
    return weighted / sum - 1 / shape;
  };
  let high = 1;
  while (score(high) < 0) high *= 2;
  let low = high / 2;
  while (score(low) > 0) low /= 2;
  const shape = findRoot(score, low, high);
  const scale = Math.exp(greatest + Math.log(powers(shape).sum / n) / shape);
  const logScale = Math.log(scale);
  const distribution = {
    name: 'weibull',
    parameters: { shape, scale },
    logLikelihood: n * (Math.log(shape) - logScale + (shape - 1) * (meanLog - logScale) - 1),
    ...byHazard(
      (x) => (x / scale) ** shape,
      (h) => scale * h ** (1 / shape),
    ),
  } as const;
  return { distribution, notes: [] };
};
