import { deviance, stirlingError } from '../numeric/log-gamma.js';
import { tailIntegral } from '../numeric/tail-integral.js';
import { allLower, allUpper, type Tails, tailsOfLower, tailsOfUpper } from '../numeric/tails.js';

/** From this parameter on the continued fraction would need thousands of steps, and quadrature is as exact. */
const quadratureFrom = 1e5;

/** A place between 0 and 1, with what rounding would take from it near the ends. */
export interface Place {
  readonly x: number;
  /** 1 - x. */
  readonly y: number;
  readonly logX: number;
  readonly logY: number;
}

/** The place of a number from 0 to 1. */
export const placeOf = (x: number): Place => ({ x, y: 1 - x, logX: Math.log(x), logY: Math.log1p(-x) });

/** The place whose log-odds ln(x / (1 - x)) are w. */
export const placeOfOdds = (w: number): Place => {
  const small = Math.exp(-Math.abs(w));
  const near = small / (1 + small);
  const far = 1 / (1 + small);
  const logFar = -Math.log1p(small);
  const logNear = logFar - Math.abs(w);
  return w < 0
    ? { x: near, y: far, logX: logNear, logY: logFar }
    : { x: far, y: near, logX: logFar, logY: logNear };
};

/** ln of x^a (1-x)^b / B(a, b), the density over the log-odds, by deviances as C. Loader (2000) computes binomial probabilities. */
const logBetaKernel = (a: number, b: number, { x, y, logX, logY }: Place): number => {
  const n = a + b;
  const logN = Math.log(n);
  return (
    0.5 * Math.log((a / n) * (b / (2 * Math.PI))) +
    (stirlingError(n) - stirlingError(a) - stirlingError(b)) -
    deviance(a, n * x, logN + logX) -
    deviance(b, n * y, logN + logY)
  );
};

/** The continued fraction of Abramowitz & Stegun 26.5.8, by Lentz's method. */
const fraction = (a: number, b: number, x: number): number => {
  const tiny = 1e-300;
  let c = 1;
  let d = 1 - ((a + b) * x) / (a + 1);
  if (Math.abs(d) < tiny) d = tiny;
  d = 1 / d;
  let value = d;
  for (let k = 1; k < 100_000; k++) {
    const even = ((k * (b - k)) / (a + 2 * k - 1)) * (x / (a + 2 * k));
    d = 1 + even * d;
    c = 1 + even / c;
    if (Math.abs(d) < tiny) d = tiny;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    value *= c * d;
    const odd = ((-(a + k) * (a + b + k)) / (a + 2 * k)) * (x / (a + 2 * k + 1));
    d = 1 + odd * d;
    c = 1 + odd / c;
    if (Math.abs(d) < tiny) d = tiny;
    if (Math.abs(c) < tiny) c = tiny;
    d = 1 / d;
    const factor = c * d;
    value *= factor;
    if (Math.abs(factor - 1) < 1e-16) break;
  }
  return value;
};

/** The regularized incomplete beta function I_x(a, b) and its complement. */
export const incompleteBeta = (a: number, b: number, place: Place): Tails => {
  const { x, y, logX, logY } = place;
  if (logX === -Infinity) return allUpper;
  if (logY === -Infinity) return allLower;
  const kernel = logBetaKernel(a, b, place);
  if (Math.max(a, b) > quadratureFrom) {
    const density = (w: number) => Math.exp(logBetaKernel(a, b, placeOfOdds(w)) - kernel);
    const scale = (w: number) => {
      const at = placeOfOdds(w);
      return 1 / (Math.abs(a * at.y - b * at.x) + Math.sqrt((a + b) * at.x * at.y) + 1);
    };
    const below = a * y > b * x;
    const log = kernel + Math.log(tailIntegral(density, scale, logX - logY, below ? -1 : 1));
    return below ? tailsOfLower(log) : tailsOfUpper(log);
  }
  return x <= (a + 1) / (a + b + 2)
    ? tailsOfLower(kernel - Math.log(a) + Math.log(fraction(a, b, x)))
    : tailsOfUpper(kernel - Math.log(b) + Math.log(fraction(b, a, y)));
};

/**
 * The log-odds w of the x at which I_x(a, b) = lower and 1 - I_x(a, b) = upper: Newton's method on the logarithm of the smaller
 * tail, which is concave over w, so that from the first step on it comes from the far side and cannot leave.
 */
export const betaQuantileOdds = (a: number, b: number, lower: number, upper: number): number => {
  if (upper < lower) return -betaQuantileOdds(b, a, upper, lower);
  const target = Math.log(lower);
  let w = Math.log(a) - Math.log(b);
  let last = Infinity;
  for (let round = 0; round < 300; round++) {
    const place = placeOfOdds(w);
    const { logLower } = incompleteBeta(a, b, place);
    const step = (target - logLower) * Math.exp(logLower - logBetaKernel(a, b, place));
    w += step;
    const size = Math.abs(step);
    if (size <= 1e-15 * Math.max(1, Math.abs(w)) || (round > 3 && size < 1e-10 && size >= last)) break;
    last = size;
  }
  return w;
};
