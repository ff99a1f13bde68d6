import { checkPlace, checkPositive, checkProbability } from '../numeric/check.js';
import { betaQuantileOdds, incompleteBeta, type Place } from './incomplete-beta.js';

const check = (df: number): void => checkPositive(df, "the degrees of freedom of Student's t");

/** df / (df + t²) and its complement, from |t| / √df, which does not overflow. */
const placeOfT = (ratio: number): Place => {
  if (ratio > 1) {
    const inverse = 1 / ratio;
    const share = inverse * inverse;
    const logY = -Math.log1p(share);
    return { x: share / (1 + share), y: 1 / (1 + share), logX: logY - 2 * Math.log(ratio), logY };
  }
  const share = ratio * ratio;
  const logX = -Math.log1p(share);
  return { x: 1 / (1 + share), y: share / (1 + share), logX, logY: logX + 2 * Math.log(ratio) };
};

/**
 * Upper tail of Student's t, P(T > x), relatively exact, by the incomplete beta function (Abramowitz & Stegun 26.7.1).
 * @param df - degrees of freedom, above 0; need not be whole
 * @throws `MikroBotError` `BAD_DATA` for NaN, `BAD_CONFIG` for other degrees of freedom.
 */
export const studentTail = (x: number, df: number): number => {
  checkPlace(x, "Student's t");
  check(df);
  if (x === 0) return 0.5;
  if (x === Infinity) return 0;
  if (x === -Infinity) return 1;
  const { lower, upper } = incompleteBeta(df / 2, 0.5, placeOfT(Math.abs(x) / Math.sqrt(df)));
  return x > 0 ? lower / 2 : (1 + upper) / 2;
};

/** Distribution function of Student's t, P(T <= x), relatively exact far into the lower tail; otherwise like {@link studentTail}. */
export const studentCdf = (x: number, df: number): number => studentTail(-x, df);

/**
 * Quantile of Student's t: the x with P(T <= x) = p. Infinite for p = 0 and 1.
 * @throws `MikroBotError` `BAD_DATA` for p outside 0 … 1, `BAD_CONFIG` for df not above 0.
 */
export const studentQuantile = (p: number, df: number): number => {
  checkProbability(p, "the quantile of Student's t");
  check(df);
  if (p === 0.5) return 0;
  if (p === 0) return -Infinity;
  if (p === 1) return Infinity;
  const tail = Math.min(p, 1 - p);
  const size = Math.sqrt(df) * Math.exp(-betaQuantileOdds(df / 2, 0.5, 2 * tail, 1 - 2 * tail) / 2);
  return p < 0.5 ? -size : size;
};

/** The x with upper tail q, exact also for tiny q; otherwise like {@link studentQuantile}. */
export const studentTailQuantile = (q: number, df: number): number => 0 - studentQuantile(q, df);
