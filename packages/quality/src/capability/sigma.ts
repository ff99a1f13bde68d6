import { MikroBotError } from '@mikrobot/core';
import { c4, d2, d3 } from '../charts/constants.js';
import { normalQuantile } from '../distributions/normal.js';
import type { Note } from '../notes.js';
import { checkWord } from '../numeric/check.js';
import { deviation } from '../streaming/summary.js';
import { checkValues } from '../values.js';

/**
 * How sigma is estimated from the spread within subgroups:
 * - `range`: mean of R / d2(n), the classic R̄ / d2 where sizes are equal (UWAVE-R)
 * - `deviation`: mean of s / c4(n), the classic S̄ / c4 (UWAVE-SD)
 * - `weighted-range`, `weighted-deviation`: the same weighted by information, the minimum-variance linear unbiased estimates of
 *   Burr (1969) (MVLUE-R, MVLUE-SD); different only where sizes are
 * - `pooled`: root of the pooled variance / c4(N - k + 1) (RMSDF), the most efficient one
 */
export const withinMethods = [
  'range',
  'deviation',
  'weighted-range',
  'weighted-deviation',
  'pooled',
] as const;
/** One of {@link withinMethods}. */
export type WithinMethod = (typeof withinMethods)[number];

/**
 * How sigma is estimated from single values in their order:
 * - `moving-range`: mean moving range / d2(span)
 * - `median-moving-range`: median moving range of two / 0.9539, hardly moved by a few outliers
 * - `deviation`: s / c4(n), which takes shifts and trends for spread
 */
export const individualsMethods = ['moving-range', 'median-moving-range', 'deviation'] as const;
/** One of {@link individualsMethods}. */
export type IndividualsMethod = (typeof individualsMethods)[number];

/** An estimate of the standard deviation of single values. */
export interface SigmaEstimate {
  readonly method: WithinMethod | IndividualsMethod;
  /** In the unit of the values; undefined without enough of them, and 0 (with a note) when all are the same. */
  readonly sigma: number | undefined;
  /** What sigma was made from: R̄, S̄, the pooled deviation, the mean or median moving range, s. */
  readonly statistic: number | undefined;
  readonly notes: readonly Note[];
}

const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

const weightedAverage = (values: readonly number[], weights: readonly number[]): number =>
  values.reduce((sum, x, i) => sum + x * weights[i]!, 0) / weights.reduce((sum, w) => sum + w, 0);

/** Largest less smallest value. */
export const rangeOf = (values: readonly number[]): number => {
  let low = Infinity;
  let high = -Infinity;
  for (const x of values) {
    if (x < low) low = x;
    if (x > high) high = x;
  }
  return high - low;
};

/** The ranges of `span` neighbouring values (2: the absolute differences); empty when there are fewer values than that. */
export const movingRanges = (values: readonly number[], span = 2): readonly number[] =>
  values.slice(span - 1).map((_, i) => rangeOf(values.slice(i, i + span)));

const median = (values: readonly number[]): number => {
  const sorted = values.toSorted((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
};

const estimate = (method: SigmaEstimate['method'], sigma: number, statistic: number): SigmaEstimate => ({
  method,
  sigma,
  statistic,
  notes: sigma === 0 ? [{ code: 'NO_SPREAD', detail: 'The values do not differ, so sigma is 0.' }] : [],
});

const missing = (method: SigmaEstimate['method'], note: Note): SigmaEstimate => ({
  method,
  sigma: undefined,
  statistic: undefined,
  notes: [note],
});

/** @throws `MikroBotError` `BAD_DATA` when a group is no array, has fewer than two values, or one that is not finite. */
export const checkSubgroup = (group: readonly number[], what: string): void => {
  if (!Array.isArray(group) || group.length < 2) {
    const found = Array.isArray(group) ? `has ${group.length} of at least 2 values` : `is ${String(group)}`;
    throw new MikroBotError('BAD_DATA', `a subgroup for ${what} ${found}.`, {
      hint: 'Single values belong on charts of individuals.',
    });
  }
  checkValues(group, what);
};

/**
 * Sigma from the spread within subgroups, of equal or unequal sizes.
 * @throws `MikroBotError` `BAD_DATA` for a group below two values or a value that is not finite; `BAD_CONFIG` for an unknown
 * method, or for ranges of more than 25 values.
 */
export const withinSigma = (
  subgroups: readonly (readonly number[])[],
  method: WithinMethod = 'range',
): SigmaEstimate => {
  checkWord(method, withinMethods, 'estimate of sigma');
  for (const group of subgroups) checkSubgroup(group, 'sigma within subgroups');
  if (subgroups.length === 0) return missing(method, { code: 'EMPTY', detail: 'There are no subgroups.' });
  if (method === 'range' || method === 'weighted-range') {
    const ranges = subgroups.map(rangeOf);
    const sigmas = ranges.map((range, i) => range / d2(subgroups[i]!.length));
    const weights = subgroups.map(({ length }) => (method === 'range' ? 1 : (d2(length) / d3(length)) ** 2));
    return estimate(method, weightedAverage(sigmas, weights), average(ranges));
  }
  const deviations = subgroups.map((group) => deviation(group)!);
  if (method === 'pooled') {
    const freedom = subgroups.map(({ length }) => length - 1);
    const pooled = Math.sqrt(
      weightedAverage(
        deviations.map((s) => s * s),
        freedom,
      ),
    );
    return estimate(method, pooled / c4(freedom.reduce((sum, df) => sum + df, 0) + 1), pooled);
  }
  const unbiased = deviations.map((s, i) => s / c4(subgroups[i]!.length));
  const weights = subgroups.map(({ length }) => {
    const mean = c4(length);
    return method === 'deviation' ? 1 : (mean * mean) / (1 - mean * mean);
  });
  return estimate(method, weightedAverage(unbiased, weights), average(deviations));
};

/**
 * Sigma from single values in the order in which they were measured.
 * @param span - values in one moving range; only for `moving-range`
 * @throws `MikroBotError` `BAD_DATA` for a value that is not finite; `BAD_CONFIG` for an unknown method or a span that is no
 * whole number from 2 to 25.
 */
export const individualsSigma = (
  values: readonly number[],
  method: IndividualsMethod = 'moving-range',
  span = 2,
): SigmaEstimate => {
  checkWord(method, individualsMethods, 'estimate of sigma');
  checkValues(values, 'sigma of individuals');
  const factor = d2(span);
  const needed = method === 'moving-range' ? span : 2;
  if (values.length === 0) return missing(method, { code: 'EMPTY', detail: 'There are no values.' });
  if (values.length < needed) {
    return missing(
      method,
      values.length === 1
        ? { code: 'ONE_VALUE', detail: 'One value has no spread.' }
        : { code: 'NOT_ENOUGH_DATA', detail: `There are ${values.length} of at least ${needed} values.` },
    );
  }
  if (method === 'deviation') {
    const s = deviation(values)!;
    return estimate(method, s / c4(values.length), s);
  }
  if (method === 'median-moving-range') {
    const middle = median(movingRanges(values));
    // Half of the differences of two standard normal values are smaller than this.
    return estimate(method, middle / (Math.SQRT2 * normalQuantile(0.75)), middle);
  }
  const mean = average(movingRanges(values, span));
  return estimate(method, mean / factor, mean);
};

/**
 * The standard deviation of all values (n - 1), the sigma of Pp and Ppk, without or with the correction for bias by c4(n).
 * @throws `MikroBotError` `BAD_DATA` for a value that is not finite.
 */
export const overallSigma = (
  values: readonly number[],
  { unbiased = false }: { readonly unbiased?: boolean | undefined } = {},
): SigmaEstimate => {
  const found = individualsSigma(values, 'deviation');
  return unbiased ? found : { ...found, sigma: found.statistic };
};
