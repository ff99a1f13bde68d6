import { checkPlace, checkPositive, checkProbability } from '../numeric/check.js';
import { allLower, allUpper, type Tails } from '../numeric/tails.js';
import { betaQuantileOdds, incompleteBeta, placeOfOdds } from './incomplete-beta.js';

const checkParameters = (df1: number, df2: number): void => {
  checkPositive(df1, 'the first degrees of freedom of F');
  checkPositive(df2, 'the second degrees of freedom of F');
};

const tails = (x: number, df1: number, df2: number): Tails => {
  checkPlace(x, 'the F distribution');
  checkParameters(df1, df2);
  if (x <= 0) return allUpper;
  if (x === Infinity) return allLower;
  // F df1 / df2 are the odds of a beta variable.
  return incompleteBeta(df1 / 2, df2 / 2, placeOfOdds(Math.log(x) + Math.log(df1) - Math.log(df2)));
};

/**
 * Distribution function of Fisher's F, P(X <= x), by the incomplete beta function (Abramowitz & Stegun 26.6.2). Relatively exact
 * in the lower tail.
 * @param df1 - degrees of freedom of the numerator, above 0
 * @param df2 - degrees of freedom of the denominator, above 0
 * @throws `MikroBotError` `BAD_DATA` for NaN, `BAD_CONFIG` for other degrees of freedom.
 */
export const fCdf = (x: number, df1: number, df2: number): number => tails(x, df1, df2).lower;

/** Upper tail of F, P(X > x), relatively exact; otherwise like {@link fCdf}. */
export const fTail = (x: number, df1: number, df2: number): number => tails(x, df1, df2).upper;

const quantile = (lower: number, upper: number, df1: number, df2: number): number => {
  checkParameters(df1, df2);
  if (lower === 0) return 0;
  if (upper === 0) return Infinity;
  return (Math.exp(betaQuantileOdds(df1 / 2, df2 / 2, lower, upper)) / df1) * df2;
};

/**
 * Quantile of F: the x with P(X <= x) = p; 0 for p = 0, infinite for p = 1.
 * @throws `MikroBotError` `BAD_DATA` for p outside 0 … 1, `BAD_CONFIG` for other degrees of freedom.
 */
export const fQuantile = (p: number, df1: number, df2: number): number => {
  checkProbability(p, 'the F quantile');
  return quantile(p, 1 - p, df1, df2);
};

/** The x with upper tail q, exact also for tiny q; otherwise like {@link fQuantile}. */
export const fTailQuantile = (q: number, df1: number, df2: number): number => {
  checkProbability(q, 'the F quantile');
  return quantile(1 - q, q, df1, df2);
};
