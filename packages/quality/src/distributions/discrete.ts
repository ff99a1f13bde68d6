import { checkPlace, checkPositive, checkProbability, checkWhole } from '../numeric/check.js';
import { betaCdf, betaTail } from './beta.js';
import { gammaCdf, gammaTail } from './gamma.js';

/** Rounding of a distribution function must not push a quantile one step up. */
const fuzz = 1 - 64 * Number.EPSILON;

const checkBinomial = (n: number, p: number): void => {
  checkWhole(n, 'the number of trials', 0);
  checkProbability(p, 'a trial');
};

const checkMean = (mean: number): void => {
  if (mean !== 0) checkPositive(mean, 'the mean of a Poisson distribution');
};

/** The first whole number from 0 to `last` (or without end) at which a rising step function reaches `enough`. */
const firstReaching = (cdf: (k: number) => number, enough: number, start: number, last: number): number => {
  let high = Math.min(last, Math.max(1, Math.ceil(start)));
  while (high < last && cdf(high) < enough) high = Math.min(last, 2 * high);
  let low = -1;
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (cdf(middle) < enough) low = middle;
    else high = middle;
  }
  return high;
};

/**
 * P(X <= k) for the number of successes in n independent trials, by the incomplete beta function.
 * @param n - trials, whole, 0 or more
 * @param p - probability of success, 0 to 1
 * @throws `MikroBotError` `BAD_DATA` when k is NaN or p no probability, `BAD_CONFIG` for another n.
 */
export const binomialCdf = (k: number, n: number, p: number): number => {
  checkPlace(k, 'the binomial distribution');
  checkBinomial(n, p);
  if (k < 0) return 0;
  const whole = Math.floor(k);
  if (whole >= n) return 1;
  return betaTail(p, whole + 1, n - whole);
};

/** P(X > k), relatively exact; otherwise like {@link binomialCdf}. */
export const binomialTail = (k: number, n: number, p: number): number => {
  checkPlace(k, 'the binomial distribution');
  checkBinomial(n, p);
  if (k < 0) return 1;
  const whole = Math.floor(k);
  if (whole >= n) return 0;
  return betaCdf(p, whole + 1, n - whole);
};

/**
 * The smallest k with P(X <= k) >= q in n trials.
 * @throws `MikroBotError` `BAD_DATA` when q or p is no probability, `BAD_CONFIG` for another n.
 */
export const binomialQuantile = (q: number, n: number, p: number): number => {
  checkProbability(q, 'the binomial quantile');
  checkBinomial(n, p);
  if (q === 0 || p === 0 || n === 0) return 0;
  if (q === 1 || p === 1) return n;
  return firstReaching((k) => binomialCdf(k, n, p), q * fuzz, n * p, n);
};

/**
 * P(X <= k) for a count with a Poisson distribution, by the incomplete gamma function.
 * @param mean - 0 or more
 * @throws `MikroBotError` `BAD_DATA` when k is NaN, `BAD_CONFIG` for another mean.
 */
export const poissonCdf = (k: number, mean: number): number => {
  checkPlace(k, 'the Poisson distribution');
  checkMean(mean);
  if (k < 0) return 0;
  return mean === 0 || k === Infinity ? 1 : gammaTail(mean, Math.floor(k) + 1, 1);
};

/** P(X > k), relatively exact; otherwise like {@link poissonCdf}. */
export const poissonTail = (k: number, mean: number): number => {
  checkPlace(k, 'the Poisson distribution');
  checkMean(mean);
  if (k < 0) return 1;
  return mean === 0 || k === Infinity ? 0 : gammaCdf(mean, Math.floor(k) + 1, 1);
};

/**
 * The smallest k with P(X <= k) >= q; infinite for q = 1.
 * @throws `MikroBotError` `BAD_DATA` when q is no probability, `BAD_CONFIG` for a mean below 0.
 */
export const poissonQuantile = (q: number, mean: number): number => {
  checkProbability(q, 'the Poisson quantile');
  checkMean(mean);
  if (q === 0 || mean === 0) return 0;
  return q === 1 ? Infinity : firstReaching((k) => poissonCdf(k, mean), q * fuzz, mean, Infinity);
};

/**
 * The smallest number k of failures before the first success with P(X <= k) = 1 - (1 - p)^(k + 1) >= q; infinite for q = 1.
 * @param p - probability of success in one trial, above 0
 * @throws `MikroBotError` `BAD_DATA` when q or p is no probability, `BAD_CONFIG` for p = 0.
 */
export const geometricQuantile = (q: number, p: number): number => {
  checkProbability(q, 'the geometric quantile');
  checkProbability(p, 'a trial');
  checkPositive(p, 'the probability of a trial');
  if (q === 0 || p === 1) return 0;
  if (q === 1) return Infinity;
  // The same allowance for rounding as R makes, so that both name the same count.
  return Math.max(0, Math.ceil(Math.log1p(-q) / Math.log1p(-p) - 1 - 1e-12));
};
