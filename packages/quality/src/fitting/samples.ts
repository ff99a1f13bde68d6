import type { Note } from '../notes.js';
import { checkValues } from '../values.js';

/** A sample in rising order, with what every test and fit asks of it first. */
export interface Sample {
  readonly n: number;
  readonly sorted: Float64Array;
  /** Undefined without values. */
  readonly mean: number | undefined;
  /** With n - 1; undefined below two values. */
  readonly deviation: number | undefined;
}

/** Sums of the powers of the distances from the mean, divided by n. */
export interface CentralMoments {
  readonly mean: number;
  readonly second: number;
  readonly third: number;
  readonly fourth: number;
}

/** Two passes, so that a mean far from 0 costs no digits. There must be a value. */
export const centralMoments = (values: ArrayLike<number>): CentralMoments => {
  const n = values.length;
  // Distances from one of the values are small numbers, so that the sum does not round, nor overflow.
  const origin = values[0]!;
  let sum = 0;
  for (let i = 0; i < n; i++) sum += values[i]! - origin;
  const shift = sum / n;
  let [first, second, third, fourth] = [0, 0, 0, 0];
  for (let i = 0; i < n; i++) {
    const distance = values[i]! - origin - shift;
    const square = distance * distance;
    first += distance;
    second += square;
    third += square * distance;
    fourth += square * square;
  }
  // What the rounding of the mean left in the first power is taken out of the second.
  return {
    mean: origin + shift,
    second: Math.max(0, (second - (first * first) / n) / n),
    third: third / n,
    fourth: fourth / n,
  };
};

/**
 * Sorts a copy and measures it.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const sampleOf = (values: ArrayLike<number>, what: string): Sample => {
  checkValues(values, what);
  const sorted = Float64Array.from(values).sort();
  const n = sorted.length;
  if (n === 0) return { n, sorted, mean: undefined, deviation: undefined };
  // Equal values have no spread at all, whatever the rounding of their mean says.
  if (sorted[0] === sorted[n - 1]) return { n, sorted, mean: sorted[0], deviation: n === 1 ? undefined : 0 };
  const { mean, second } = centralMoments(sorted);
  return { n, sorted, mean, deviation: Math.sqrt((second * n) / (n - 1)) };
};

/** Why nothing can be computed of so few values, or of values without spread; undefined when something can. */
export const lack = (
  sample: Pick<Sample, 'n' | 'deviation'>,
  least: number,
  what: string,
): Note | undefined => {
  const { n, deviation } = sample;
  if (n === 0) return { code: 'EMPTY', detail: `There are no values for ${what}.` };
  if (n === 1) return { code: 'ONE_VALUE', detail: `One value is not enough for ${what}.` };
  if (n < least)
    return { code: 'NOT_ENOUGH_DATA', detail: `${n} values are too few for ${what}, which needs ${least}.` };
  if (deviation === 0)
    return { code: 'NO_SPREAD', detail: `All ${n} values are the same, which is not enough for ${what}.` };
  return undefined;
};

/** Why there is no logarithm and no power of the values; undefined when all are above 0. */
export const notPositive = (sample: Pick<Sample, 'sorted'>, what: string): Note | undefined => {
  const least = sample.sorted[0];
  return least === undefined || least > 0
    ? undefined
    : { code: 'NOT_POSITIVE', detail: `The least value is ${least}, and ${what} is for values above 0.` };
};
