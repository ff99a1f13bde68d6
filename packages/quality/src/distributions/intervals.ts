import { MikroBotError } from '@mikrobot/core';
import { checkShare, checkWhole } from '../numeric/check.js';
import { betaQuantile, betaTailQuantile } from './beta.js';
import { chiSquaredQuantile, chiSquaredTailQuantile } from './chi-squared.js';
import { normalTailQuantile } from './normal.js';

/** Where a true value lies, with the confidence that was asked for. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** How sure an interval is. */
export interface IntervalOptions {
  /** Two-sided, between 0 and 1; default 0.95. */
  readonly confidence?: number;
}

/** How the interval of a proportion is made. */
export interface ProportionOptions extends IntervalOptions {
  /**
   * `clopper-pearson` (default) is exact and never covers less than the confidence; `wilson` is shorter and covers it on average.
   */
  readonly method?: 'clopper-pearson' | 'wilson';
}

/**
 * Two-sided confidence interval of a proportion of which x of n were seen. Without any trial it is 0 … 1.
 * Sources: C. Clopper & E. Pearson (1934), by beta quantiles; E. B. Wilson (1927), the score interval without continuity correction.
 * @param x - successes, whole, 0 … n
 * @param n - trials, whole
 * @throws `MikroBotError` `BAD_DATA` for other counts, `BAD_CONFIG` for a confidence outside 0 … 1 or an unknown method.
 */
export const proportionInterval = (
  x: number,
  n: number,
  { confidence = 0.95, method = 'clopper-pearson' }: ProportionOptions = {},
): Interval => {
  checkWhole(x, 'the number of successes', 0, 'BAD_DATA');
  checkWhole(n, 'the number of trials', 0, 'BAD_DATA');
  checkShare(confidence, 'a confidence');
  if (x > n) throw new MikroBotError('BAD_DATA', `there are ${x} successes in only ${n} trials.`);
  if (n === 0) return { lower: 0, upper: 1 };
  const alpha = (1 - confidence) / 2;
  if (method === 'clopper-pearson') {
    return {
      lower: x === 0 ? 0 : betaQuantile(alpha, x, n - x + 1),
      upper: x === n ? 1 : betaTailQuantile(alpha, x + 1, n - x),
    };
  }
  if (method !== 'wilson') {
    throw new MikroBotError('BAD_CONFIG', `there is no method '${String(method)}' for a proportion.`, {
      hint: "Use 'clopper-pearson' or 'wilson'.",
    });
  }
  const z = normalTailQuantile(alpha);
  const middle = x + (z * z) / 2;
  const half = z * Math.sqrt((x * (n - x)) / n + (z * z) / 4);
  const all = n + z * z;
  return { lower: x === 0 ? 0 : (middle - half) / all, upper: x === n ? 1 : (middle + half) / all };
};

/**
 * Exact two-sided confidence interval of the mean of a Poisson count of which x were seen (F. Garwood, 1936), by chi-squared
 * quantiles. For a rate, divide by the exposure.
 * @param x - count, whole, 0 or more
 * @throws `MikroBotError` `BAD_DATA` for another count, `BAD_CONFIG` for a confidence outside 0 … 1.
 */
export const poissonInterval = (x: number, { confidence = 0.95 }: IntervalOptions = {}): Interval => {
  checkWhole(x, 'a count', 0, 'BAD_DATA');
  checkShare(confidence, 'a confidence');
  const alpha = (1 - confidence) / 2;
  return {
    lower: x === 0 ? 0 : chiSquaredQuantile(alpha, 2 * x) / 2,
    upper: chiSquaredTailQuantile(alpha, 2 * (x + 1)) / 2,
  };
};
