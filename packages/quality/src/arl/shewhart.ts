import { normalTail, normalTailQuantile } from '../distributions/normal.js';
import { checkFinite, checkPositive, checkWhole, checkWord } from '../numeric/check.js';
import { checkRunLength } from './checks.js';

/** Whether a chart signals on one side only (the upper; mirror the values for the lower) or on both. */
export type Sided = 'one' | 'two';

/** @throws `MikroBotError` `BAD_CONFIG` unless it is one of both. */
export const checkSided = (sided: Sided): void => checkWord(sided, ['one', 'two'], 'number of sides');

/** A Shewhart chart for a mean, and by how much that mean is off. */
export interface ShewhartTerms {
  /** Distance of the limits from the centre, in standard deviations of the plotted mean; 3 as a rule. */
  readonly L: number;
  /** How far the mean is off, in standard deviations of single values. */
  readonly shift: number;
  /** Values in each plotted mean; default 1, a chart of individuals. */
  readonly subgroupSize?: number | undefined;
  /** Default: two. */
  readonly sided?: Sided | undefined;
}

/**
 * The probability that a sample lies beyond a limit: `P(Z > L - d) + P(Z > L + d)` with `d = shift x sqrt(n)` (Montgomery,
 * Introduction to Statistical Quality Control, on operating characteristics of X̄ charts).
 * @throws `MikroBotError` `BAD_CONFIG` for terms that make no sense.
 */
export const shewhartSignalProbability = (terms: ShewhartTerms): number => {
  const { L, shift, subgroupSize = 1, sided = 'two' } = terms;
  checkPositive(L, "the distance L of a Shewhart chart's limits");
  checkFinite(shift, 'the shift');
  checkWhole(subgroupSize, 'the size of subgroups', 1);
  checkSided(sided);
  const off = shift * Math.sqrt(subgroupSize);
  return normalTail(L - off) + (sided === 'two' ? normalTail(L + off) : 0);
};

/**
 * Average run length of a Shewhart chart with known mean and deviation: samples until the first signal, that one included.
 * Infinite only where the probability of a signal is too small for a double.
 * @throws `MikroBotError` `BAD_CONFIG` for terms that make no sense.
 *
 * @example
 * ```ts
 * shewhartArl({ L: 3, shift: 0 }); // 370.398
 * shewhartArl({ L: 3, shift: 1 }); // 43.895
 * shewhartArl({ L: 3, shift: 1, subgroupSize: 5 }); // 4.495
 * ```
 */
export const shewhartArl = (terms: ShewhartTerms): number => 1 / shewhartSignalProbability(terms);

/**
 * Where a Shewhart chart's limits must stand for a wanted in-control ARL, in standard deviations of the plotted statistic.
 * @throws `MikroBotError` `BAD_CONFIG` for a run length that no limits above the centre have: below 1, or 2 on one side.
 */
export const shewhartLimit = (
  inControlArl: number,
  { sided = 'two' }: { readonly sided?: Sided } = {},
): number => {
  checkRunLength(inControlArl, 'the in-control ARL');
  checkSided(sided);
  const limit = normalTailQuantile(1 / inControlArl / (sided === 'two' ? 2 : 1));
  checkPositive(limit, `the limit for an in-control ARL of ${inControlArl}`);
  return limit;
};
