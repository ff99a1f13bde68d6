import { normalQuantile, normalTail } from '../distributions/normal.js';
import type { Note } from '../notes.js';
import { logGamma } from '../numeric/log-gamma.js';
import { checkSpecification, type Specification } from '../specification.js';
import { checkInput } from './input.js';
import { type CompareSamplesInput, compareSamplesSchema, type Sample } from './sample.js';

/** A sample's figures: `rate` and `dpmo` of a proportion, `ppk` with its bound of a measurement. */
export interface SampleFigures {
  readonly n: number;
  /** Defects by units, fraction. */
  readonly rate: number | undefined;
  /** Defects by million units. */
  readonly dpmo: number | undefined;
  /** With the standard deviation of the whole sample. */
  readonly ppk: number | undefined;
  /** Lower one-sided confidence bound of Ppk, by Bissell's approximation. */
  readonly ppkBound: number | undefined;
}

/** Whether the result is better than the baseline, by more than chance. */
export interface SampleComparison {
  readonly test: 'Fisher' | 'two proportions' | 'capability';
  readonly baseline: SampleFigures;
  readonly result: SampleFigures;
  /** Of the rate or the Ppk: result minus baseline. */
  readonly change: number | undefined;
  /** Standard normal statistic, positive when better; undefined for Fisher's exact test. */
  readonly z: number | undefined;
  /** Chance of so great an improvement if there is none; one-sided. */
  readonly p: number | undefined;
  /** `p` is below 1 - confidence. */
  readonly improved: boolean;
  readonly notes: readonly Note[];
}

type Proportion = Extract<Sample, { kind: 'proportion' }>;
type Measured = Extract<Sample, { kind: 'measured' }>;

const logChoose = (n: number, k: number): number => logGamma(n + 1) - logGamma(k + 1) - logGamma(n - k + 1);

/** Fisher: chance of at most as many defects in the result when both samples come from one process. */
const fisherTail = (baseline: Proportion, result: Proportion): number => {
  const defects = baseline.defects + result.defects;
  const all = logChoose(baseline.n + result.n, defects);
  let sum = 0;
  for (let x = Math.max(0, defects - baseline.n); x <= result.defects; x++)
    sum += Math.exp(logChoose(result.n, x) + logChoose(baseline.n, defects - x) - all);
  return Math.min(1, sum);
};

const proportions = (baseline: Proportion, result: Proportion, alpha: number): SampleComparison => {
  const figures = ({ defects, n }: Proportion): SampleFigures => ({
    n,
    rate: defects / n,
    dpmo: (defects / n) * 1e6,
    ppk: undefined,
    ppkBound: undefined,
  });
  const [before, after] = [figures(baseline), figures(result)];
  const pooled = (baseline.defects + result.defects) / (baseline.n + result.n);
  const rare = Math.min(baseline.n, result.n) * Math.min(pooled, 1 - pooled) < 5;
  const error = Math.sqrt(pooled * (1 - pooled) * (1 / baseline.n + 1 / result.n));
  const z = rare ? undefined : (before.rate! - after.rate!) / error;
  const p = z === undefined ? fisherTail(baseline, result) : normalTail(z);
  const change = after.rate! - before.rate!;
  const test = rare ? 'Fisher' : 'two proportions';
  return { test, baseline: before, result: after, change, z, p, improved: p < alpha, notes: [] };
};

interface Capability {
  readonly figures: SampleFigures;
  /** Variance of Ppk by Bissell. */
  readonly variance: number;
}

const capabilityOf = (
  { n, mean, deviation }: Measured,
  spec: Specification,
  alpha: number,
): Capability | undefined => {
  if (deviation === 0) return undefined;
  const { lower = Number.NEGATIVE_INFINITY, upper = Number.POSITIVE_INFINITY } = spec;
  const ppk = Math.min(upper - mean, mean - lower) / (3 * deviation);
  const variance = 1 / (9 * n) + ppk ** 2 / (2 * (n - 1));
  const ppkBound = ppk - normalQuantile(1 - alpha) * Math.sqrt(variance);
  return { figures: { n, rate: undefined, dpmo: undefined, ppk, ppkBound }, variance };
};

const measurements = (
  baseline: Measured,
  result: Measured,
  spec: Specification,
  alpha: number,
): SampleComparison => {
  const before = capabilityOf(baseline, spec, alpha);
  const after = capabilityOf(result, spec, alpha);
  const none = (n: number): SampleFigures => ({
    n,
    rate: undefined,
    dpmo: undefined,
    ppk: undefined,
    ppkBound: undefined,
  });
  const known = { baseline: before?.figures ?? none(baseline.n), result: after?.figures ?? none(result.n) };
  if (before === undefined || after === undefined) {
    const detail = `The values of the ${before === undefined ? 'baseline' : 'result'} are all equal, so it has no Ppk.`;
    const notes: readonly Note[] = [{ code: 'NO_SPREAD', detail }];
    return {
      test: 'capability',
      ...known,
      change: undefined,
      z: undefined,
      p: undefined,
      improved: false,
      notes,
    };
  }
  const change = after.figures.ppk! - before.figures.ppk!;
  const z = change / Math.sqrt(before.variance + after.variance);
  const p = normalTail(z);
  return { test: 'capability', ...known, change, z, p, improved: p < alpha, notes: [] };
};

/**
 * Compares a process before and after a change. Proportions: the two-proportion test with pooled variance (NIST e-Handbook 7.3.3),
 * or Fisher's exact test where fewer than 5 defects (or good ones) are expected in a sample. Measurements: the difference of both
 * Ppk against its standard error, with Bissell's variances (How Reliable Is Your Capability Index?, 1990), which asks for values
 * that are normal and independent, and some 30 of them.
 * @throws `MikroBotError` `BAD_DATA` for samples of different kinds or more defects than units; `BAD_CONFIG` for a specification
 * that makes no sense or lacks where measurements are compared.
 */
export const compareSamples = (input: CompareSamplesInput): SampleComparison => {
  const settings = ['specification', 'confidence'];
  const given = checkInput('compareSamples', compareSamplesSchema, input, settings);
  const { baseline, result, specification, confidence } = given;
  const alpha = 1 - confidence;
  if (baseline.kind === 'measured' && result.kind === 'measured') {
    checkSpecification(specification ?? {});
    return measurements(baseline, result, specification!, alpha);
  }
  // The schema refuses samples of different kinds.
  return proportions(baseline as Proportion, result as Proportion, alpha);
};
