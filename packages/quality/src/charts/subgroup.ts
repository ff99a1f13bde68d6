import { MikroBotError } from '@mikrobot/core';
import type { Note } from '../notes.js';
import { checkFinite, checkPositive } from '../numeric/check.js';
import { deviation, mean } from '../streaming/summary.js';
import { checkValue, checkValues } from '../values.js';
import type { ChartKind, ChartPoint, Estimate } from './chart.js';
import { c4, d2, largestRangeSize } from './constants.js';

/** What a chart of means takes: one value, or the values of a rational subgroup. */
export type Measured = number | readonly number[];

/** Where a process lies and how much its single values vary. Plain JSON. */
export interface LocationDesign {
  /** Mean or target, in the unit of the values. */
  readonly center: number;
  /** Standard deviation of a single value, in the unit of the values. */
  readonly sigma: number;
}

/** @throws `MikroBotError` `BAD_CONFIG` unless both are finite and sigma is above zero. */
export const checkLocation = ({ center, sigma }: LocationDesign, what: string): void => {
  checkFinite(center, `the centre of ${what}`);
  checkPositive(sigma, `the sigma of ${what}`);
};

/** A kind that also takes a process as known: from a specification, an earlier study, a target. */
export interface KnownKind<Sample, Design, Point extends ChartPoint = ChartPoint>
  extends ChartKind<Sample, Design, Point> {
  /**
   * The design for a process with that centre and sigma.
   * @throws `MikroBotError` `BAD_CONFIG` unless they are finite and sigma is above zero.
   */
  designFor(process: LocationDesign): Design;
}

/**
 * The mean of a sample, and of how many values.
 * @throws `MikroBotError` `BAD_DATA` for a value that is not finite and for a subgroup without values.
 */
export const summarize = (sample: Measured, what: string): { readonly mean: number; readonly n: number } => {
  if (typeof sample === 'number' || !Array.isArray(sample)) {
    checkValue(sample as number, what);
    return { mean: sample as number, n: 1 };
  }
  if (sample.length === 0) {
    throw new MikroBotError('BAD_DATA', `a subgroup for ${what} has no values.`, {
      hint: 'Leave out subgroups that were not measured.',
    });
  }
  checkValues(sample, what);
  return { mean: mean(sample)!, n: sample.length };
};

/** Sigma as one subgroup sees it: from its range, or from its deviation where it is too large for ranges. */
const sigmaWithin = (values: readonly number[]): number =>
  values.length > largestRangeSize
    ? deviation(values)! / c4(values.length)
    : (Math.max(...values) - Math.min(...values)) / d2(values.length);

/** Mean moving range of neighbours over d2(2): sigma at short term, however the level wanders. Undefined below two values. */
export const movingRangeSigma = (values: readonly number[]): number | undefined =>
  mean(values.slice(1).map((value, i) => Math.abs(value - values[i]!) / d2(2)));

/**
 * Centre and within-sigma for charts with a memory. Sigma is the mean of R / d2 over the subgroups that have a range, and of single
 * values the mean moving range over d2(2); both see only what varies at short term. Source: Montgomery (7th ed.), sections 6.2, 6.4.
 * @throws `MikroBotError` `BAD_DATA` for samples that are no measurements.
 */
export const estimateLocation = (samples: readonly Measured[], what: string): Estimate<LocationDesign> => {
  const summaries = samples.map((sample) => summarize(sample, what));
  const none = (note: Note): Estimate<LocationDesign> => ({ design: undefined, notes: [note] });
  if (summaries.length === 0) return none({ code: 'EMPTY', detail: `${what} was given no samples.` });
  const groups = samples.filter((sample): sample is readonly number[] => typeof sample !== 'number');
  const within = groups.filter((group) => group.length > 1).map(sigmaWithin);
  const sigma = within.length > 0 ? mean(within) : movingRangeSigma(summaries.map((summary) => summary.mean));
  if (sigma === undefined) {
    return none({
      code: 'ONE_VALUE',
      detail: `${what} was given one value, which has no neighbour to differ from.`,
    });
  }
  if (sigma === 0) {
    return none({
      code: 'NO_SPREAD',
      detail: `${what} was given ${samples.length} samples without any spread.`,
    });
  }
  let count = 0;
  let center = 0;
  for (const { mean: value, n } of summaries) {
    count += n;
    center += ((value - center) * n) / count;
  }
  return { design: { center, sigma }, notes: [] };
};
