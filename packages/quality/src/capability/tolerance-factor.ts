import { MikroBotError } from '@mikrobot/core';
import { chiSquaredCdf } from '../distributions/chi-squared.js';
import { noncentralTQuantile } from '../distributions/noncentral-t.js';
import { normalDensity, normalQuantile, normalTail, normalTailQuantile } from '../distributions/normal.js';
import { checkShare, checkWhole } from '../numeric/check.js';
import { findRoot } from '../numeric/find-root.js';

/** What a tolerance interval is to hold. */
export interface ToleranceOptions {
  /** The share of all values inside, between 0 and 1. */
  readonly coverage: number;
  /** How surely it is inside, between 0 and 1. */
  readonly confidence: number;
  /** One limit (mean + k s or mean - k s), or both. */
  readonly sides: 'one' | 'two';
}

/** The half-width r of an interval around `shift` that holds all but `outside` of a standard normal distribution. */
const halfWidth = (shift: number, outside: number): number => {
  const narrowest = normalTailQuantile(outside / 2);
  if (shift === 0) return narrowest;
  const miss = (r: number) => Math.log((normalTail(r + shift) + normalTail(r - shift)) / outside);
  const low = Math.max(narrowest, shift + normalTailQuantile(outside)) * (1 - 1e-12);
  return findRoot(miss, low, (shift + narrowest) * (1 + 1e-12));
};

/** Step of the trapezoidal rule over the standardized mean; the integrand falls off like exp(-z²/2), so it is exact. */
const step = 1 / 8;
const steps = 72;

const twoSided = (n: number, coverage: number, confidence: number): number => {
  const df = n - 1;
  const squares: number[] = [];
  for (let i = 0; i <= steps; i++) squares.push(halfWidth((i * step) / Math.sqrt(n), 1 - coverage) ** 2);
  const failure = (logK: number) => {
    const perSquare = df * Math.exp(-2 * logK);
    let sum = 0;
    for (const [i, square] of squares.entries())
      sum += (i === 0 ? 1 : 2) * normalDensity(i * step) * chiSquaredCdf(perSquare * square, df);
    return sum * step;
  };
  const miss = (logK: number) => Math.log(failure(logK) / (1 - confidence));
  let [low, high] = [0, 0];
  while (miss(low) < 0) low -= 1;
  while (miss(high) > 0) high += 1;
  return Math.exp(findRoot(miss, low, high));
};

/**
 * The factor k of a normal tolerance interval: with the given confidence at least the share `coverage` of all values lies below
 * mean + k s (one side), or within mean ± k s (both), for the mean and standard deviation s of n values. Both are exact: one side by
 * noncentral t, two sides by integrating over the mean (R. E. Odeh & D. B. Owen, Tables for Normal Tolerance Limits, 1980; ISO 16269-6).
 * @param n - values in the sample, 2 or more
 * @throws `MikroBotError` `BAD_CONFIG` for other n, shares outside 0 … 1 or unknown sides.
 */
export const toleranceFactor = (n: number, { coverage, confidence, sides }: ToleranceOptions): number => {
  checkWhole(n, 'the number of values for a tolerance factor', 2);
  checkShare(coverage, 'the coverage of a tolerance interval');
  checkShare(confidence, 'the confidence of a tolerance interval');
  if (sides === 'two') return twoSided(n, coverage, confidence);
  if (sides === 'one') {
    const root = Math.sqrt(n);
    return noncentralTQuantile(confidence, n - 1, normalQuantile(coverage) * root) / root;
  }
  throw new MikroBotError('BAD_CONFIG', `a tolerance interval cannot have '${String(sides)}' sides.`, {
    hint: "Use 'one' or 'two'.",
  });
};
