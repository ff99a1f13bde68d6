import { checkPlace, checkPositive, checkProbability } from '../numeric/check.js';
import { allLower, allUpper, type Tails } from '../numeric/tails.js';
import { betaQuantileOdds, incompleteBeta, placeOf, placeOfOdds } from './incomplete-beta.js';

const checkParameters = (a: number, b: number): void => {
  checkPositive(a, 'parameter a of a beta distribution');
  checkPositive(b, 'parameter b of a beta distribution');
};

const tails = (x: number, a: number, b: number): Tails => {
  checkPlace(x, 'the beta distribution');
  checkParameters(a, b);
  if (x <= 0) return allUpper;
  return x >= 1 ? allLower : incompleteBeta(a, b, placeOf(x));
};

/**
 * Distribution function of the beta distribution, P(X <= x): the regularized incomplete beta function, by its continued fraction
 * (Abramowitz & Stegun 26.5.8) or, for huge parameters, quadrature. Relatively exact in the lower tail.
 * @param a - above 0
 * @param b - above 0
 * @throws `MikroBotError` `BAD_DATA` for NaN, `BAD_CONFIG` for other parameters.
 */
export const betaCdf = (x: number, a: number, b: number): number => tails(x, a, b).lower;

/** Upper tail of the beta distribution, P(X > x), relatively exact; otherwise like {@link betaCdf}. */
export const betaTail = (x: number, a: number, b: number): number => tails(x, a, b).upper;

const quantile = (lower: number, upper: number, a: number, b: number): number => {
  checkParameters(a, b);
  if (lower === 0) return 0;
  if (upper === 0) return 1;
  return placeOfOdds(betaQuantileOdds(a, b, lower, upper)).x;
};

/**
 * Quantile of the beta distribution: the x with P(X <= x) = p; 0 for p = 0, 1 for p = 1.
 * @throws `MikroBotError` `BAD_DATA` for p outside 0 … 1, `BAD_CONFIG` for other parameters.
 */
export const betaQuantile = (p: number, a: number, b: number): number => {
  checkProbability(p, 'the beta quantile');
  return quantile(p, 1 - p, a, b);
};

/** The x with upper tail q, exact also for tiny q; otherwise like {@link betaQuantile}. */
export const betaTailQuantile = (q: number, a: number, b: number): number => {
  checkProbability(q, 'the beta quantile');
  return quantile(1 - q, q, a, b);
};
