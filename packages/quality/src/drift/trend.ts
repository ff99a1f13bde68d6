import { MikroBotError } from '@mikrobot/core';
import { normalTail } from '../distributions/normal.js';
import { quantile } from '../fitting/quantile.js';
import type { Note } from '../notes.js';
import { OrderedValues } from '../streaming/ordered-values.js';
import { checkValues } from '../values.js';
import type { Figure } from './figure.js';
import { figure } from './figure.js';
import { lacksOrder } from './lacks.js';
import { tiesOf } from './ranks.js';

/** The slopes of all pairs are held at once: 5,000 values have 100 MB of them. */
const MOST_VALUES = 5000;

/** Whether a series rises or falls, whatever the form. */
export interface MannKendallTest {
  /** Pairs that rise less pairs that fall. */
  readonly s: number | undefined;
  readonly z: number | undefined;
  /** Two-sided, from the normal distribution. */
  readonly pValue: number | undefined;
  readonly notes: readonly Note[];
}

/**
 * The trend test of Mann (1945) and Kendall (1975), with the variance corrected for ties, and S for continuity. It takes values as
 * independent but for the trend: for an autocorrelated series the p-value is too small.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const mannKendall = (values: ArrayLike<number>): MannKendallTest => {
  const notes = lacksOrder(values, 2, 'a trend test');
  if (notes.length > 0) return { s: undefined, z: undefined, pValue: undefined, notes };
  const n = values.length;
  const earlier = new OrderedValues(n);
  let s = 0;
  for (let i = 0; i < n; i++) {
    const x = values[i]!;
    s += earlier.countBelow(x) - earlier.countAbove(x);
    earlier.insert(x);
  }
  const term = (t: number): number => t * (t - 1) * (2 * t + 5);
  const variance = tiesOf(values).reduce((sum, t) => sum - term(t), term(n)) / 18;
  const z = (s - Math.sign(s)) / Math.sqrt(variance);
  return { s, z, pValue: Math.min(1, 2 * normalTail(Math.abs(z))), notes };
};

/**
 * The slope of Theil (1950) and Sen (1968): the median of the slopes of all pairs, in the unit of the values per place.
 * @param values - up to 5,000, since all pairs are looked at
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite, or there are more.
 */
export const senSlope = (values: ArrayLike<number>): Figure => {
  checkValues(values, 'a slope');
  const n = values.length;
  if (n > MOST_VALUES) {
    throw new MikroBotError('BAD_DATA', `the slope of ${n} values takes too many pairs.`, {
      hint: `Give at most ${MOST_VALUES}: medians of blocks, say, and divide by their length.`,
    });
  }
  if (n < 2) {
    const code = n === 0 ? 'EMPTY' : 'ONE_VALUE';
    return { value: undefined, notes: [{ code, detail: `${n} values have no slope.` }] };
  }
  const slopes = new Float64Array((n * (n - 1)) / 2);
  let at = 0;
  for (let i = 0; i < n; i++)
    for (let j = i + 1; j < n; j++) slopes[at++] = (values[j]! - values[i]!) / (j - i);
  return figure(quantile(slopes.sort(), 0.5)!);
};
