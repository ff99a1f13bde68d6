import { normalQuantile } from '../distributions/normal.js';
import type { Fit } from './fitted-distribution.js';
import { type JohnsonCurve, johnsonDistribution, johnsonInverse } from './johnson-curve.js';
import { quantile } from './quantile.js';
import { lack, sampleOf } from './samples.js';

/** Equally spaced in normal deviates, rounded as in Wheeler's examples: 79.4 % is the half of 95 %. */
const shares = [0.05, 0.206, 0.5, 0.794, 0.95] as const;
const z = normalQuantile(0.95);
const deviates = [-z, -z / 2, 0, z / 2, z] as const;

/** How near the line between two families a sample is taken to lie on it. */
const near = 0.1;

type Form = Pick<JohnsonCurve, 'family' | 'gamma' | 'delta'>;

/** Family and form from ratios of distances between percentiles; undefined where no curve has them. */
const formOf = (q: readonly number[]): Form | undefined => {
  const [low, lower, middle, upper, high] = q as readonly [number, number, number, number, number];
  // > 1 when the right tail is the longer.
  const t = (high - middle) / (middle - low);
  const unbounded = (high - low) / (upper - lower);
  const right = ((upper - middle) * (high - low)) / ((high - upper) * (middle - low));
  const left = ((middle - lower) * (high - low)) / ((lower - low) * (high - middle));
  const bounded = (right + left) / 2;
  const ratio = bounded / unbounded;
  if (![t, unbounded, bounded, ratio].every(Number.isFinite) || t <= 0) return undefined;
  if (Math.abs(ratio - 1) < near) {
    return Math.abs(t - 1) < near
      ? { family: 'SN', gamma: 0, delta: 1 }
      : { family: 'SL', gamma: 0, delta: z / Math.log(t) };
  }
  const half = (ratio > 1 ? bounded : unbounded) / 2;
  if (half <= 1) return undefined;
  const root = half + Math.sqrt(half * half - 1);
  const square = root * root;
  if (t >= square || t <= 1 / square) return undefined;
  const delta = z / (2 * Math.log(root));
  const skew = Math.log((t - square) / (1 - t * square));
  return ratio > 1
    ? { family: 'SB', gamma: -delta * skew, delta }
    : { family: 'SU', gamma: (delta * skew) / 2, delta };
};

/** Place and scale by least squares through the five percentiles. */
const placed = (form: Form, q: readonly number[]): JohnsonCurve => {
  const u = deviates.map((deviate) => johnsonInverse(form.family, (deviate - form.gamma) / form.delta));
  const meanU = u.reduce((sum, x) => sum + x, 0) / u.length;
  const meanQ = q.reduce((sum, x) => sum + x, 0) / q.length;
  let products = 0;
  let squares = 0;
  for (const [i, x] of u.entries()) {
    products += (x - meanU) * (q[i]! - meanQ);
    squares += (x - meanU) ** 2;
  }
  const lambda = products / squares;
  return { ...form, lambda, xi: meanQ - lambda * meanU };
};

/**
 * Fits a Johnson curve through the 5, 20.6, 50, 79.4 and 95 % points of values (type 7), which the extreme values do not move.
 * From 5 values on. Source: R. E. Wheeler, Quantile Estimators of Johnson Curve Parameters, Biometrika 67 (1980).
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const fitJohnsonByQuantiles = (values: ArrayLike<number>): Fit => {
  const what = 'a Johnson curve through percentiles';
  const sample = sampleOf(values, what);
  const note = lack(sample, 5, what);
  if (note) return { distribution: undefined, notes: [note] };
  const { sorted } = sample;
  const q = shares.map((share) => quantile(sorted, share)!);
  const form = formOf(q);
  const curve = form && placed(form, q);
  if (!curve || curve.delta / curve.lambda <= 0) {
    const detail = `No Johnson curve has the 5, 20.6, 50, 79.4 and 95 % points ${q.join(', ')}.`;
    return { distribution: undefined, notes: [{ code: 'NO_FIT', detail }] };
  }
  return { distribution: johnsonDistribution(curve, sorted), notes: [] };
};
