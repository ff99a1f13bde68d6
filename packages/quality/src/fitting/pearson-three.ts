import { gammaCdf, gammaQuantile, gammaTail, gammaTailQuantile } from '../distributions/gamma.js';
import { normalCdf, normalQuantile, normalTail } from '../distributions/normal.js';
import { checkFinite, checkPlace, checkProbability } from '../numeric/check.js';
import { logGamma } from '../numeric/log-gamma.js';
import type { Fit } from './fitted-distribution.js';
import { lack, sampleOf } from './samples.js';
import { shape as shapeOf } from './shape.js';

/** Below it the gamma distribution has more digits of shape than of place, and a series about the normal one is exact. */
const nearNormal = 1e-4;

/**
 * Quantile of the Pearson type III distribution of mean 0, standard deviation 1 and the given skewness (its excess kurtosis is
 * 1.5 skewness²): J. A. Clements' standardized percentiles Lp', M', Up' on that line, for p = 0.00135, 0.5, 0.99865.
 * Sources: Clements, Process Capability Calculations for Non-normal Distributions (1989); G. W. Kite (1977) next to 0.
 * @throws `MikroBotError` `BAD_DATA` for p outside 0 … 1; `BAD_CONFIG` for a skewness that is not finite.
 */
export const pearsonThreeQuantile = (p: number, skewness: number): number => {
  checkProbability(p, 'a Pearson III quantile');
  checkFinite(skewness, 'the skewness');
  if (Math.abs(skewness) < nearNormal) {
    const z = normalQuantile(p);
    const k = skewness / 6;
    return Number.isFinite(z) ? z + (z * z - 1) * k + ((z * z * z - 6 * z) * k * k) / 3 : z;
  }
  const size = 4 / (skewness * skewness);
  const gamma = skewness > 0 ? gammaQuantile(p, size, 1) : gammaTailQuantile(p, size, 1);
  return ((gamma - size) / Math.sqrt(size)) * Math.sign(skewness);
};

/**
 * Fits a Pearson type III (shifted gamma) distribution by moments, the family of Clements' percentiles; parameters `mean`,
 * `deviation` (n - 1) and `skewness` (type 2). It ends at mean - 2 deviation / skewness, so that values may lie outside it.
 * From 3 values on.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const fitPearsonThree = (values: ArrayLike<number>): Fit => {
  const what = 'a Pearson III distribution';
  const sample = sampleOf(values, what);
  const note = lack(sample, 3, what);
  if (note) return { distribution: undefined, notes: [note] };
  const { n, sorted, mean = 0, deviation = 1 } = sample;
  const { skewness = 0 } = shapeOf(sorted, 2);
  const standard = (x: number): number => (x - mean) / deviation;
  const parameters = { mean, deviation, skewness };
  const quantile = (p: number): number => mean + deviation * pearsonThreeQuantile(p, skewness);
  if (Math.abs(skewness) < nearNormal) {
    const logLikelihood = -n * Math.log(deviation * Math.sqrt(2 * Math.PI)) - (n - 1) / 2;
    const cdf = (x: number): number => normalCdf(standard(x));
    const tail = (x: number): number => normalTail(standard(x));
    return { distribution: { name: 'pearson-3', parameters, logLikelihood, cdf, tail, quantile }, notes: [] };
  }
  const size = 4 / (skewness * skewness);
  const place = (x: number): number => {
    checkPlace(x, what);
    return Math.max(0, size + standard(x) * Math.sign(skewness) * Math.sqrt(size));
  };
  const lower = (x: number): number => gammaCdf(place(x), size, 1);
  const upper = (x: number): number => gammaTail(place(x), size, 1);
  const [cdf, tail] = skewness > 0 ? [lower, upper] : [upper, lower];
  let logLikelihood = n * (Math.log(size) / 2 - Math.log(deviation) - logGamma(size));
  for (const x of sorted) {
    const y = place(x);
    logLikelihood += y > 0 ? (size - 1) * Math.log(y) - y : -Infinity;
  }
  return { distribution: { name: 'pearson-3', parameters, logLikelihood, cdf, tail, quantile }, notes: [] };
};
