import type { Note } from '../notes.js';
import { lack, type Sample, sampleOf } from './samples.js';

/** The outcome of a test whether values can be a sample of a normal distribution of unknown mean and spread. */
export interface NormalityTest {
  readonly n: number;
  /** Of the test's own kind; undefined where `notes` say why. */
  readonly statistic: number | undefined;
  /** The probability of a statistic at least as far out, were the values normal. Small: they are not. */
  readonly p: number | undefined;
  readonly notes: readonly Note[];
}

/** Standardized values in rising order, beside their sample. */
export interface Standardized extends Sample {
  readonly z: Float64Array;
}

/**
 * Runs a test on standardized values, or says why it cannot be run.
 * @param least - the fewest values for which the p of the test is known
 */
export const testStandardized = (
  values: ArrayLike<number>,
  what: string,
  least: number,
  run: (sample: Standardized) => { readonly statistic: number; readonly p: number },
): NormalityTest => {
  const sample = sampleOf(values, what);
  const note = lack(sample, least, what);
  const { n, sorted, mean, deviation } = sample;
  if (note || mean === undefined || deviation === undefined)
    return { n, statistic: undefined, p: undefined, notes: note ? [note] : [] };
  const z = sorted.map((x) => (x - mean) / deviation);
  return { n, ...run({ ...sample, z }), notes: [] };
};
