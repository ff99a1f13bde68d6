import { MikroBotError } from '@mikrobot/core';
import { normalQuantile } from '../distributions/normal.js';
import type { Note } from '../notes.js';
import { checkShare } from '../numeric/check.js';
import { findRoot } from '../numeric/find-root.js';
import { type Fit, type SpreadOptions, throughNormal } from './fitted-distribution.js';
import { normalParameters } from './normal-fit.js';
import { centralMoments, lack, notPositive, type Sample, sampleOf } from './samples.js';

/** Where the power is searched, and how sure its interval is. */
export interface BoxCoxOptions {
  /** Least and greatest power; default -5 and 5. */
  readonly searchRange?: readonly [number, number];
  /** Of the interval; default 0.95. */
  readonly confidence?: number;
}

/** The power that makes values most nearly normal. */
export interface BoxCox {
  readonly n: number;
  /** λ; 0 means the logarithm, 1 no change but of the origin. Undefined where `notes` say why. */
  readonly lambda: number | undefined;
  /** The profile: -n/2 ln(SSE/n) + (λ - 1) Σ ln x, without the constants that a comparison of powers does not need. */
  readonly logLikelihood: number | undefined;
  /** The powers that a likelihood ratio test at that confidence does not refuse, within the search range. */
  readonly interval: { readonly lower: number; readonly upper: number } | undefined;
  readonly notes: readonly Note[];
}

/** Of the logarithm of a value. A power so near 0 that its product with a logarithm loses digits is 0. */
const ofLog = (log: number, lambda: number): number =>
  Math.abs(lambda) < 1e-280 ? log : Math.expm1(lambda * log) / lambda;

/** The Box-Cox transform of one value above 0: (x^λ - 1) / λ, or ln x for λ = 0. */
export const boxCoxTransform = (x: number, lambda: number): number => ofLog(Math.log(x), lambda);

/** The value whose Box-Cox transform is y; 0 or infinite for a y that no value has. */
export const boxCoxInverse = (y: number, lambda: number): number => {
  if (Math.abs(lambda) < 1e-280) return Math.exp(y);
  const reach = lambda * y;
  if (reach <= -1) return lambda > 0 ? 0 : Infinity;
  return Math.exp(Math.log1p(reach) / lambda);
};

/** (t e^t - (e^t - 1)) / t², by its series where the difference would leave no digits. */
const slopeFactor = (t: number): number =>
  Math.abs(t) < 0.02
    ? 1 / 2 + t * (1 / 3 + t * (1 / 8 + t * (1 / 30 + t * (1 / 144 + t * (1 / 840 + t / 5760)))))
    : (t * Math.exp(t) - Math.expm1(t)) / (t * t);

/**
 * The profile log-likelihood and its slope. Values are divided by their geometric mean first (`logs` are centred), which takes
 * the Jacobian into the variance and keeps high powers in range.
 */
const profile = (
  logs: Float64Array,
  meanLog: number,
  lambda: number,
): { readonly logLikelihood: number; readonly slope: number } => {
  const n = logs.length;
  const transformed = logs.map((u) => ofLog(u, lambda));
  let sum = 0;
  for (const w of transformed) sum += w;
  const mean = sum / n;
  let squares = 0;
  let products = 0;
  for (let i = 0; i < n; i++) {
    const u = logs[i]!;
    const distance = transformed[i]! - mean;
    squares += distance * distance;
    products += distance * u * u * slopeFactor(lambda * u);
  }
  return {
    logLikelihood: -(n / 2) * Math.log(squares / n) - n * meanLog,
    slope: (-n * products) / squares,
  };
};

const search = (sample: Sample, range: readonly [number, number], confidence: number): BoxCox => {
  const { n, sorted } = sample;
  const raw = sampleOf(sorted.map(Math.log), 'the Box-Cox transform');
  const flat = lack(raw, 3, 'the Box-Cox transform');
  if (flat) return { n, lambda: undefined, logLikelihood: undefined, interval: undefined, notes: [flat] };
  const meanLog = raw.mean ?? 0;
  const logs = raw.sorted.map((log) => log - meanLog);
  const at = (lambda: number) => profile(logs, meanLog, lambda);
  const [low, high] = range;
  const atLow = at(low);
  const atHigh = at(high);
  let lambda: number;
  if (atLow.slope > 0 && atHigh.slope < 0) lambda = findRoot((l) => at(l).slope, low, high);
  else lambda = atLow.logLikelihood > atHigh.logLikelihood ? low : high;
  const { logLikelihood } = at(lambda);
  const threshold = logLikelihood - normalQuantile((1 + confidence) / 2) ** 2 / 2;
  const excess = (l: number): number => at(l).logLikelihood - threshold;
  const openBelow = atLow.logLikelihood >= threshold;
  const openAbove = atHigh.logLikelihood >= threshold;
  const lower = openBelow ? low : findRoot(excess, low, lambda);
  const upper = openAbove ? high : findRoot(excess, lambda, high);
  const notes: Note[] = [];
  if (openBelow || openAbove) {
    const what = lambda === low || lambda === high ? 'the power itself' : 'the interval of the power';
    notes.push({
      code: 'AT_BOUND',
      detail: `Powers were searched from ${low} to ${high}, and ${what} ends there.`,
    });
  }
  return { n, lambda, logLikelihood, interval: { lower, upper }, notes };
};

/**
 * The Box-Cox power of values by maximum likelihood, with its profile interval. From 3 values on, all above 0.
 * Source: G. E. P. Box and D. R. Cox, An Analysis of Transformations (1964).
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite; `BAD_CONFIG` for a search range that is not rising.
 */
export const boxCox = (
  values: ArrayLike<number>,
  { searchRange = [-5, 5], confidence = 0.95 }: BoxCoxOptions = {},
): BoxCox => {
  checkShare(confidence, 'the confidence');
  const [low, high] = searchRange;
  if (!(Number.isFinite(low) && Number.isFinite(high) && low < high)) {
    throw new MikroBotError('BAD_CONFIG', `powers cannot be searched from ${low} to ${high}.`);
  }
  const sample = sampleOf(values, 'the Box-Cox transform');
  const note = lack(sample, 3, 'the Box-Cox transform') ?? notPositive(sample, 'the Box-Cox transform');
  return note
    ? { n: sample.n, lambda: undefined, logLikelihood: undefined, interval: undefined, notes: [note] }
    : search(sample, searchRange, confidence);
};

/**
 * Fits the distribution of values whose Box-Cox transform is normal. Parameters: `lambda`; `scale`, the geometric mean by which
 * values are divided first, so that no power of them leaves the range of numbers; `mean` and `deviation` of the transformed
 * values. The little probability of transformed values that no value has is left at 0 or at infinity.
 * @throws `MikroBotError` like {@link boxCox}.
 */
export const fitBoxCox = (values: ArrayLike<number>, options: BoxCoxOptions & SpreadOptions = {}): Fit => {
  const what = 'the Box-Cox transform';
  const { lambda, notes } = boxCox(values, options);
  if (lambda === undefined) return { distribution: undefined, notes };
  const { n, sorted } = sampleOf(values, what);
  const meanLog = centralMoments(sorted.map(Math.log)).mean;
  const scale = Math.exp(meanLog);
  const transformed = sampleOf(
    sorted.map((x) => boxCoxTransform(x / scale, lambda)),
    what,
  );
  const flat = lack(transformed, 3, what);
  if (flat) return { distribution: undefined, notes: [flat] };
  const { mean, deviation, logLikelihood } = normalParameters(transformed, options);
  const distribution = throughNormal({
    name: 'box-cox',
    parameters: { lambda, scale, mean, deviation },
    // The Jacobian is that of the scale alone: logarithms of values over their geometric mean add up to 0.
    logLikelihood: logLikelihood - n * meanLog,
    toNormal: (x) => (x > 0 ? (boxCoxTransform(x / scale, lambda) - mean) / deviation : -Infinity),
    fromNormal: (z) => scale * boxCoxInverse(mean + deviation * z, lambda),
  });
  return { distribution, notes };
};
