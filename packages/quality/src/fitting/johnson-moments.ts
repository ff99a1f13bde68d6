import type { Fit } from './fitted-distribution.js';
import { boundedForm } from './johnson-bounded.js';
import { type JohnsonCurve, johnsonDistribution } from './johnson-curve.js';
import { centralMoments, lack, sampleOf } from './samples.js';

/** When moments are near enough. */
export interface JohnsonMomentsOptions {
  /** How near the normal point or the lognormal line, in kurtosis and skewness, a sample is taken to lie on it; default 0.01. */
  readonly familyTolerance?: number;
  /** How near the squared skewness of an SU curve must come to that of the sample; default 1e-9 (AS 99 stops at 0.01). */
  readonly tolerance?: number;
}

/** Mean, standard deviation, skewness and kurtosis (3 for a normal distribution). */
interface FourMoments {
  readonly mean: number;
  readonly deviation: number;
  readonly skewness: number;
  readonly kurtosis: number;
}

/** exp(1 / delta²) of the lognormal curve of a skewness: the root of (w - 1)(w + 2)² = skewness². */
const lognormalW = (squaredSkewness: number): number => {
  const x = squaredSkewness / 2 + 1;
  const y = Math.sqrt(squaredSkewness * (1 + squaredSkewness / 4));
  const u = Math.cbrt(x + y);
  return u + 1 / u - 1;
};

const lognormal = ({ mean, deviation, skewness }: FourMoments, w: number): JohnsonCurve => {
  const sign = Math.sign(skewness);
  const delta = sign / Math.sqrt(Math.log(w));
  const gamma = (delta / 2) * Math.log((w * (w - 1)) / (deviation * deviation));
  return { family: 'SL', gamma, delta, lambda: sign, xi: mean - (sign * deviation) / Math.sqrt(w - 1) };
};

/** Johnson's iteration (W. P. Elderton and N. L. Johnson, Systems of Frequency Curves, 1969, p. 127), as in AS 99.1. */
const unbounded = (moments: FourMoments, tolerance: number): JohnsonCurve | undefined => {
  const { mean, deviation, skewness, kurtosis } = moments;
  const squared = skewness * skewness;
  const excess = kurtosis - 3;
  let w = Math.sqrt(Math.sqrt(2 * kurtosis - 2.8 * squared - 2) - 1);
  let omega = 0;
  if (Math.abs(skewness) > tolerance) {
    let m = 0;
    let reached = Number.NaN;
    for (let round = 0; round < 200 && !(Math.abs(squared - reached) <= tolerance); round++) {
      const above = w + 1;
      const below = w - 1;
      const v = w * (6 + w * (3 + w));
      const a = 8 * (below * (3 + w * (7 + v)) - above * excess);
      const b = 16 * (below * (6 + v) - excess);
      const c = below * (3 + w * (9 + w * (10 + v))) - 2 * above * above * excess;
      m = (Math.sqrt(a * a - 2 * b * c) - a) / b;
      reached = (m * below * (4 * (w + 2) * m + 3 * above * above) ** 2) / (2 * (2 * m + above) ** 3);
      const cross = (squared * (kurtosis - 1.5 - w * w * (1 + (w * w) / 2))) / reached;
      w = Math.sqrt(Math.sqrt(1 - 2 * (1.5 - kurtosis + cross)) - 1);
    }
    if (!(Math.abs(squared - reached) <= tolerance)) return undefined;
    omega = -Math.sign(skewness) * Math.asinh(Math.sqrt(m / w));
  }
  const delta = 1 / Math.sqrt(Math.log(w));
  const lambda = deviation / Math.sqrt(((w - 1) / 2) * (w * Math.cosh(2 * omega) + 1));
  const curve = { gamma: omega * delta, delta, lambda, xi: mean + Math.sqrt(w) * Math.sinh(omega) * lambda };
  return Object.values(curve).every(Number.isFinite) ? { family: 'SU', ...curve } : undefined;
};

const bounded = ({ mean, deviation, skewness, kurtosis }: FourMoments): JohnsonCurve | undefined => {
  const form = boundedForm(Math.abs(skewness), kurtosis);
  if (!form) return undefined;
  const { gamma, delta } = form;
  const lambda = deviation / form.deviation;
  return skewness < 0
    ? { family: 'SB', gamma: -gamma, delta, lambda, xi: mean - lambda * (1 - form.mean) }
    : { family: 'SB', gamma, delta, lambda, xi: mean - lambda * form.mean };
};

const curveOf = (
  moments: FourMoments,
  familyTolerance: number,
  tolerance: number,
): JohnsonCurve | undefined => {
  const { mean, deviation, skewness, kurtosis } = moments;
  if (Math.abs(skewness) <= familyTolerance && Math.abs(kurtosis - 3) <= familyTolerance)
    return { family: 'SN', gamma: 0, delta: 1, xi: mean, lambda: deviation };
  const w = lognormalW(skewness * skewness);
  const onLine = w * w * (3 + w * (2 + w)) - 3;
  if (Math.abs(onLine - kurtosis) <= familyTolerance && skewness !== 0) return lognormal(moments, w);
  return kurtosis > onLine ? unbounded(moments, tolerance) : bounded(moments);
};

/**
 * Fits the Johnson curve that has the mean, standard deviation, skewness and kurtosis of values (moments divided by n). Extreme
 * values move it far. From 4 values on.
 * Source: I. D. Hill, R. Hill and R. L. Holder, Algorithm AS 99: Fitting Johnson Curves by Moments, Applied Statistics 25 (1976).
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const fitJohnsonByMoments = (
  values: ArrayLike<number>,
  { familyTolerance = 0.01, tolerance = 1e-9 }: JohnsonMomentsOptions = {},
): Fit => {
  const what = 'a Johnson curve by moments';
  const sample = sampleOf(values, what);
  const note = lack(sample, 4, what);
  if (note) return { distribution: undefined, notes: [note] };
  const { sorted } = sample;
  const { mean, second, third, fourth } = centralMoments(sorted);
  const skewness = third / second ** 1.5;
  const kurtosis = fourth / second ** 2;
  const curve = curveOf(
    { mean, deviation: Math.sqrt(second), skewness, kurtosis },
    familyTolerance,
    tolerance,
  );
  if (curve) return { distribution: johnsonDistribution(curve, sorted), notes: [] };
  const detail = `No Johnson curve was found with skewness ${skewness} and excess kurtosis ${kurtosis - 3}.`;
  return { distribution: undefined, notes: [{ code: 'NO_FIT', detail }] };
};
