import { checkPlace, checkPositive, checkProbability } from '../numeric/check.js';
import { allUpper, type Tails } from '../numeric/tails.js';
import { incompleteGamma, logGammaQuantile } from './incomplete-gamma.js';

const tails = (x: number, shape: number, scale: number): Tails => {
  checkPlace(x, 'the gamma distribution');
  checkPositive(shape, 'the shape of a gamma distribution');
  checkPositive(scale, 'the scale of a gamma distribution');
  return x <= 0 ? allUpper : incompleteGamma(shape, x / scale);
};

/**
 * Distribution function of the gamma distribution, P(X <= x): the regularized incomplete gamma function, by its series, its
 * continued fraction (Abramowitz & Stegun 6.5.29, 6.5.31) or, for huge shapes, quadrature. Relatively exact in the lower tail.
 * @param shape - above 0
 * @param scale - above 0, in the unit of x; 1 / rate
 * @throws `MikroBotError` `BAD_DATA` for NaN, `BAD_CONFIG` for other parameters.
 */
export const gammaCdf = (x: number, shape: number, scale: number): number => tails(x, shape, scale).lower;

/** Upper tail of the gamma distribution, P(X > x), relatively exact; otherwise like {@link gammaCdf}. */
export const gammaTail = (x: number, shape: number, scale: number): number => tails(x, shape, scale).upper;

const quantile = (lower: number, upper: number, shape: number, scale: number): number => {
  checkPositive(shape, 'the shape of a gamma distribution');
  checkPositive(scale, 'the scale of a gamma distribution');
  if (lower === 0) return 0;
  if (upper === 0) return Infinity;
  return Math.exp(logGammaQuantile(shape, lower, upper)) * scale;
};

/**
 * Quantile of the gamma distribution: the x with P(X <= x) = p; 0 for p = 0, infinite for p = 1.
 * @throws `MikroBotError` `BAD_DATA` for p outside 0 … 1, `BAD_CONFIG` for other parameters.
 */
export const gammaQuantile = (p: number, shape: number, scale: number): number => {
  checkProbability(p, 'the gamma quantile');
  return quantile(p, 1 - p, shape, scale);
};

/** The x with upper tail q, exact also for tiny q; otherwise like {@link gammaQuantile}. */
export const gammaTailQuantile = (q: number, shape: number, scale: number): number => {
  checkProbability(q, 'the gamma quantile');
  return quantile(1 - q, q, shape, scale);
};
