import { chiSquaredQuantile, chiSquaredTailQuantile } from '../distributions/chi-squared.js';
import type { Interval } from '../distributions/intervals.js';
import { noncentralTCdf, noncentralTTail } from '../distributions/noncentral-t.js';
import { normalTailQuantile } from '../distributions/normal.js';
import { checkFinite, checkPositive, checkShare } from '../numeric/check.js';
import { findRoot } from '../numeric/find-root.js';

/** How sure an interval is, and how well sigma is known. */
export interface IndexIntervalOptions {
  /** Between 0 and 1; default 0.95. */
  readonly confidence?: number | undefined;
  /** Of the estimate of sigma; default n - 1, those of the overall standard deviation. Need not be whole. */
  readonly degreesOfFreedom?: number | undefined;
}

/** An interval by the probability that each end leaves out: the two ends of an interval, or one bound, come from the same place. */
export type Ends = (tail: number) => Interval;

const checked = (
  index: number,
  n: number,
  { confidence = 0.95, degreesOfFreedom = n - 1 }: IndexIntervalOptions,
) => {
  checkFinite(index, 'a capability index');
  checkPositive(n, 'the number of values of a capability index');
  checkPositive(degreesOfFreedom, 'the degrees of freedom of a capability index');
  checkShare(confidence, 'the confidence of a capability index');
  return { tail: (1 - confidence) / 2, bound: 1 - confidence, df: degreesOfFreedom };
};

/** Ends of Cp or Cpm: `C sqrt(chi2 / df)`. */
export const chiSquaredEnds =
  (index: number, df: number): Ends =>
  (tail) => ({
    lower: index * Math.sqrt(chiSquaredQuantile(tail, df) / df),
    upper: index * Math.sqrt(chiSquaredTailQuantile(tail, df) / df),
  });

/** Ends of a normal approximation. */
export const normalEnds =
  (index: number, standardError: number): Ends =>
  (tail) => {
    const reach = normalTailQuantile(tail) * standardError;
    return { lower: index - reach, upper: index + reach };
  };

/** Bissell's standard error of Cpk, Cpl or Cpu. */
export const bissellError = (index: number, n: number, df: number): number =>
  Math.sqrt(1 / (9 * n) + (index * index) / (2 * df));

/**
 * Two-sided interval of Cp or Pp: `C sqrt(chi2(alpha/2, df) / df)` and the same with the upper tail; exact for normal values
 * (Kane, 1986; Chou, Owen and Borrego, 1990).
 * @param n - values
 * @throws `MikroBotError` `BAD_CONFIG` for figures that make no sense.
 */
export const cpInterval = (cp: number, n: number, options: IndexIntervalOptions = {}): Interval => {
  const { tail, df } = checked(cp, n, options);
  return chiSquaredEnds(cp, df)(tail);
};

/**
 * Two-sided interval of Cpk, Cpl or Cpu: `C ± z sqrt(1 / (9n) + C^2 / (2 df))` (A. F. Bissell, How Reliable is Your Capability
 * Index?, Applied Statistics 39, 1990).
 * @param n - independent values
 * @throws `MikroBotError` `BAD_CONFIG` for figures that make no sense.
 */
export const bissellInterval = (cpk: number, n: number, options: IndexIntervalOptions = {}): Interval => {
  const { tail, df } = checked(cpk, n, options);
  return normalEnds(cpk, bissellError(cpk, n, df))(tail);
};

/**
 * One-sided lower bound of Cpk, Cpl or Cpu by Bissell's formula: all of the doubt on one side.
 * @param n - independent values
 * @throws `MikroBotError` `BAD_CONFIG` for figures that make no sense.
 */
export const bissellLowerBound = (cpk: number, n: number, options: IndexIntervalOptions = {}): number => {
  const { bound, df } = checked(cpk, n, options);
  return normalEnds(cpk, bissellError(cpk, n, df))(bound).lower;
};

/**
 * Two-sided interval of Cpk, wider than Bissell's in small samples (R. E. Heavlin, 1988, as quoted by Kotz and Johnson, Process
 * Capability Indices, 1993): `C ± z sqrt((n-1) / (9n(n-3)) + C^2 / (2(n-3)) (1 + 6 / (n-1)))`.
 * @param n - values, more than 3
 * @throws `MikroBotError` `BAD_CONFIG` for figures that make no sense.
 */
export const heavlinInterval = (
  cpk: number,
  n: number,
  { confidence }: Pick<IndexIntervalOptions, 'confidence'> = {},
): Interval => {
  const { tail } = checked(cpk, n, { confidence });
  checkPositive(n - 3, 'for the interval of Heavlin, the number of values less 3');
  const ofMean = (n - 1) / (9 * n * (n - 3));
  const ofSigma = ((cpk * cpk) / (2 * (n - 3))) * (1 + 6 / (n - 1));
  return normalEnds(cpk, Math.sqrt(ofMean + ofSigma))(tail);
};

/**
 * Degrees of freedom of Cpm: `n (1 + x^2)^2 / (1 + 2 x^2)` with x the distance of the mean from the target in sigmas (R. A.
 * Boyles, The Taguchi Capability Index, Journal of Quality Technology 23, 1991; Patnaik's approximation of noncentral chi-squared).
 * Some programs leave out the square, which makes the interval of a process off target too wide.
 */
export const boylesDegrees = (n: number, offset: number): number => {
  const square = offset * offset;
  return (n * (1 + square) ** 2) / (1 + 2 * square);
};

/**
 * Two-sided interval of Cpm: `C sqrt(chi2 / df)` with {@link boylesDegrees}.
 * @param offset - (mean - target) / sigma
 * @param options - `degreesOfFreedom` takes the place of those of Boyles
 * @throws `MikroBotError` `BAD_CONFIG` for figures that make no sense.
 */
export const cpmInterval = (
  cpm: number,
  n: number,
  offset: number,
  options: IndexIntervalOptions = {},
): Interval => {
  checkFinite(offset, 'the distance from the target');
  const { degreesOfFreedom = boylesDegrees(n, offset), confidence } = options;
  const { tail, df } = checked(cpm, n, { confidence, degreesOfFreedom });
  return chiSquaredEnds(cpm, df)(tail);
};

/** Noncentralities beyond so many standard errors from the estimate have no place in an interval. */
const REACH = 64;

/** Exact ends of Cpu or Cpl: `3 sqrt(n) C` is noncentral t with noncentrality `3 sqrt(n)` times the true index. */
const exactEnds =
  (index: number, n: number, df: number): Ends =>
  (tail) => {
    const unit = 3 * Math.sqrt(n);
    const t = unit * index;
    const error = unit * bissellError(index, n, df);
    const solve = (excess: (noncentrality: number) => number): number => {
      let reach = 8 * error;
      while (excess(t - reach) * excess(t + reach) > 0 && reach < REACH * error) reach *= 2;
      return findRoot(excess, t - reach, t + reach) / unit;
    };
    return {
      lower: solve((noncentrality) => noncentralTTail(t, df, noncentrality) - tail),
      upper: solve((noncentrality) => noncentralTCdf(t, df, noncentrality) - tail),
    };
  };

/**
 * Exact two-sided interval of Cpu or Cpl, one limit alone, by inverting noncentral t (Y. Chou, D. B. Owen and S. A. Borrego, Lower
 * Confidence Limits on Process Capability Indices, Journal of Quality Technology 22, 1990). Much slower than
 * {@link bissellInterval}.
 * @param n - independent values
 * @throws `MikroBotError` `BAD_CONFIG` for figures that make no sense.
 */
export const exactInterval = (cpu: number, n: number, options: IndexIntervalOptions = {}): Interval => {
  const { tail, df } = checked(cpu, n, options);
  return exactEnds(cpu, n, df)(tail);
};
