import { type Fit, type SpreadOptions, throughNormal } from './fitted-distribution.js';
import { lack, notPositive, type Sample, sampleOf } from './samples.js';

/** Mean and spread as asked, and the log-likelihood of the sample under them. */
export const normalParameters = (
  { n, mean, deviation }: Sample,
  { denominator = 'n' }: SpreadOptions,
): { readonly mean: number; readonly deviation: number; readonly logLikelihood: number } => {
  const squares = (deviation ?? 0) ** 2 * (n - 1);
  const variance = squares / (denominator === 'n' ? n : n - 1);
  return {
    mean: mean ?? 0,
    deviation: Math.sqrt(variance),
    logLikelihood: -(n / 2) * Math.log(2 * Math.PI * variance) - squares / (2 * variance),
  };
};

/**
 * Fits a normal distribution; parameters `mean` and `deviation`. From 2 values on.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const fitNormal = (values: ArrayLike<number>, options: SpreadOptions = {}): Fit => {
  const sample = sampleOf(values, 'a normal distribution');
  const note = lack(sample, 2, 'a normal distribution');
  if (note) return { distribution: undefined, notes: [note] };
  const { mean, deviation, logLikelihood } = normalParameters(sample, options);
  const distribution = throughNormal({
    name: 'normal',
    parameters: { mean, deviation },
    logLikelihood,
    toNormal: (x) => (x - mean) / deviation,
    fromNormal: (z) => mean + deviation * z,
  });
  return { distribution, notes: [] };
};

/**
 * Fits a lognormal distribution, the usual one of latencies; parameters `meanLog` and `deviationLog`, of the natural logarithms.
 * From 2 values on, all above 0.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const fitLognormal = (values: ArrayLike<number>, options: SpreadOptions = {}): Fit => {
  const sample = sampleOf(values, 'a lognormal distribution');
  const note = lack(sample, 2, 'a lognormal distribution') ?? notPositive(sample, 'a lognormal distribution');
  if (note) return { distribution: undefined, notes: [note] };
  const logs = sampleOf(sample.sorted.map(Math.log), 'a lognormal distribution');
  // Neighbours that differ in their last digits only have one logarithm.
  const flat = lack(logs, 2, 'a lognormal distribution');
  if (flat) return { distribution: undefined, notes: [flat] };
  const { mean, deviation, logLikelihood } = normalParameters(logs, options);
  const distribution = throughNormal({
    name: 'lognormal',
    parameters: { meanLog: mean, deviationLog: deviation },
    logLikelihood: logLikelihood - mean * logs.n,
    toNormal: (x) => (x > 0 ? (Math.log(x) - mean) / deviation : -Infinity),
    fromNormal: (z) => Math.exp(mean + deviation * z),
  });
  return { distribution, notes: [] };
};
