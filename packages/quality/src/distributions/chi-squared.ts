import { checkPlace, checkPositive, checkProbability } from '../numeric/check.js';
import { gammaCdf, gammaQuantile, gammaTail, gammaTailQuantile } from './gamma.js';

const check = (df: number): void => checkPositive(df, 'the degrees of freedom of chi-squared');

/**
 * Distribution function of chi-squared, P(X <= x): the gamma distribution with shape df / 2 and scale 2. Relatively exact in the
 * lower tail.
 * @param df - degrees of freedom, above 0; need not be whole
 * @throws `MikroBotError` `BAD_DATA` for NaN, `BAD_CONFIG` for other degrees of freedom.
 */
export const chiSquaredCdf = (x: number, df: number): number => {
  checkPlace(x, 'chi-squared');
  check(df);
  return gammaCdf(x, df / 2, 2);
};

/** Upper tail of chi-squared, P(X > x), relatively exact; otherwise like {@link chiSquaredCdf}. */
export const chiSquaredTail = (x: number, df: number): number => {
  checkPlace(x, 'chi-squared');
  check(df);
  return gammaTail(x, df / 2, 2);
};

/**
 * Quantile of chi-squared: the x with P(X <= x) = p; 0 for p = 0, infinite for p = 1.
 * @throws `MikroBotError` `BAD_DATA` for p outside 0 … 1, `BAD_CONFIG` for df not above 0.
 */
export const chiSquaredQuantile = (p: number, df: number): number => {
  checkProbability(p, 'the quantile of chi-squared');
  check(df);
  return gammaQuantile(p, df / 2, 2);
};

/** The x with upper tail q, exact also for tiny q; otherwise like {@link chiSquaredQuantile}. */
export const chiSquaredTailQuantile = (q: number, df: number): number => {
  checkProbability(q, 'the quantile of chi-squared');
  check(df);
  return gammaTailQuantile(q, df / 2, 2);
};
