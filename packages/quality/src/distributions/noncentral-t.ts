import { checkFinite, checkPlace, checkPositive, checkProbability } from '../numeric/check.js';
import { findRoot } from '../numeric/find-root.js';
import { deviance, stirlingError } from '../numeric/log-gamma.js';
import { normalHazard, normalLogTail } from './normal.js';

const check = (df: number, ncp: number): void => {
  checkPositive(df, 'the degrees of freedom of noncentral t');
  checkFinite(ncp, 'the noncentrality of t');
};

interface LogTail {
  readonly log: number;
  /** How fast the logarithm falls with t. */
  readonly slope: number;
}

/** Where d ln(integrand) / d ln s is zero: ν (1 - s²) - t s hazard(t s - δ); over s it falls, so that there is one such place. */
const peakOf = (t: number, df: number, ncp: number): number => {
  const rise = (u: number) => {
    const s = Math.exp(u);
    const pull = t * s * normalHazard(t * s - ncp);
    return df * (1 - s * s) - pull;
  };
  if (rise(0) === 0) return 0;
  const direction = rise(0) > 0 ? 1 : -1;
  let reach = 0.1;
  while (rise(direction * reach) * direction > 0 && reach < 700) reach *= 2;
  return findRoot(rise, 0, direction * reach, { tolerance: 1e-6 });
};

/**
 * ln P(T > t) = ln ∫ P(Z > t s - δ) f(s) ds, where s is a standard deviation estimated with ν degrees of freedom. Over ln s the integrand
 * is smooth, has one peak and falls off at least exponentially, so that the trapezoidal rule converges faster than any power of its step.
 */
const logUpper = (t: number, df: number, ncp: number): LogTail => {
  const a = df / 2;
  const logA = Math.log(a);
  const scale = Math.log(2) + 0.5 * Math.log(a / (2 * Math.PI)) - stirlingError(a);
  const peak = peakOf(t, df, ncp);
  const atPeak = Math.exp(peak);
  // Steps are counted from the peak: added up, their rounding would drift and cost five digits far out.
  const logHeight = (v: number, s: number) =>
    scale - deviance(a, a * s * s, logA + 2 * (peak + v)) + normalLogTail(t * s - ncp);
  const top = logHeight(0, atPeak);
  const z = t * atPeak - ncp;
  const h = normalHazard(z);
  let step = 1 / Math.sqrt(df * (1 + atPeak ** 2) + (t * atPeak) ** 2 * Math.max(0, h * (h - z)));
  let sum = 0;
  let rest = 0;
  let slopeSum = 0;
  const add = (start: number, stride: number): void => {
    for (let k = 0; ; k++) {
      const v = start + k * stride;
      const s = atPeak * Math.exp(v);
      const height = Math.exp(logHeight(v, s) - top);
      // W. Kahan's summation: there can be a million addends where the noncentrality is huge.
      const addend = height - rest;
      const next = sum + addend;
      rest = next - sum - addend;
      sum = next;
      slopeSum += height * s * normalHazard(t * s - ncp);
      if (height < 1e-19) break;
    }
  };
  add(0, step);
  add(-step, -step);
  let area = sum * step;
  for (let round = 0; round < 14; round++) {
    add(step / 2, step);
    add(-step / 2, -step);
    step /= 2;
    const finer = sum * step;
    const settled = Math.abs(finer - area) <= 1e-12 * finer;
    area = finer;
    if (settled) break;
  }
  return { log: Math.min(0, top + Math.log(area)), slope: slopeSum / sum };
};

const upper = (t: number, df: number, ncp: number): number => {
  if (t === Infinity) return 0;
  if (t === -Infinity) return 1;
  return Math.exp(t === 0 ? normalLogTail(-ncp) : logUpper(t, df, ncp).log);
};

/**
 * Upper tail of noncentral t, P(T > t) for T = (Z + ncp) / √(chi-squared / df), relatively exact however small. An integral over the
 * estimated standard deviation (N. L. Johnson & B. L. Welch, 1940), not a series: there is no limit to the noncentrality.
 * @param df - degrees of freedom, above 0; need not be whole
 * @param ncp - noncentrality, any finite number
 * @throws `MikroBotError` `BAD_DATA` for NaN, `BAD_CONFIG` for other parameters.
 */
export const noncentralTTail = (t: number, df: number, ncp: number): number => {
  checkPlace(t, 'noncentral t');
  check(df, ncp);
  return upper(t, df, ncp);
};

/** Distribution function of noncentral t, P(T <= t), relatively exact however small; otherwise like {@link noncentralTTail}. */
export const noncentralTCdf = (t: number, df: number, ncp: number): number => {
  checkPlace(t, 'noncentral t');
  check(df, ncp);
  return upper(-t, df, -ncp);
};

/** The t with upper tail q, for q up to 1/2: Newton's method on the logarithm of the tail over arsinh t, kept within what is known. */
const upperQuantile = (q: number, df: number, ncp: number): number => {
  const target = Math.log(q);
  let low = -Infinity;
  let high = Infinity;
  let v = Math.asinh(ncp);
  let last = Infinity;
  for (let round = 0; round < 200; round++) {
    const t = Math.sinh(v);
    const { log, slope } = logUpper(t === 0 ? Number.MIN_VALUE : t, df, ncp);
    if (log > target) low = v;
    else high = v;
    const reach = 5 + Math.abs(v);
    let step = (log - target) / (slope * Math.cosh(v));
    if (!(Math.abs(step) < reach)) step = log > target ? reach : -reach;
    if (v + step <= low || v + step >= high) {
      if (Math.abs(step) > 1e-12 * reach && low > -Infinity && high < Infinity) step = (low + high) / 2 - v;
    }
    v += step;
    if (v > 710) return Infinity;
    const size = Math.abs(step);
    if (size <= 1e-15 * Math.max(1, Math.abs(v)) || (size < 1e-10 && size >= last)) break;
    last = size;
  }
  return Math.sinh(v);
};

const quantile = (lower: number, tail: number, df: number, ncp: number): number => {
  check(df, ncp);
  if (lower === 0) return -Infinity;
  if (tail === 0) return Infinity;
  return tail <= lower ? upperQuantile(tail, df, ncp) : 0 - upperQuantile(lower, df, -ncp);
};

/**
 * Quantile of noncentral t: the t with P(T <= t) = p. Infinite for p = 0 and 1.
 * @throws `MikroBotError` `BAD_DATA` for p outside 0 … 1, `BAD_CONFIG` for other parameters.
 */
export const noncentralTQuantile = (p: number, df: number, ncp: number): number => {
  checkProbability(p, 'the quantile of noncentral t');
  return quantile(p, 1 - p, df, ncp);
};

/** The t with upper tail q, exact also for tiny q; otherwise like {@link noncentralTQuantile}. */
export const noncentralTTailQuantile = (q: number, df: number, ncp: number): number => {
  checkProbability(q, 'the quantile of noncentral t');
  return quantile(1 - q, q, df, ncp);
};
