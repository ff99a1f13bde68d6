import { MikroBotError } from '@mikrobot/core';
import type { Note } from '../notes.js';
import { centralMoments, lack, sampleOf } from './samples.js';

/** Which definition: 1 the moments themselves, 2 of SAS and spreadsheets (G1, G2), 3 of Minitab (b1, b2). */
export type ShapeType = 1 | 2 | 3;

/** How lopsided values are and how heavy their tails; both 0 for a normal distribution. */
export interface Shape {
  readonly n: number;
  /** Undefined where `notes` say why. */
  readonly skewness: number | undefined;
  readonly excessKurtosis: number | undefined;
  readonly notes: readonly Note[];
}

/**
 * Skewness and excess kurtosis.
 * - type 1: m3 / m2^1.5 and m4 / m2² - 3, with moments divided by n
 * - type 2: corrected so that they are unbiased for normal values; skewness from 3 values on, kurtosis from 4
 * - type 3: like type 1 with the standard deviation of n - 1
 *
 * Source: D. N. Joanes and C. A. Gill, Comparing Measures of Sample Skewness and Kurtosis (1998).
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite, `BAD_CONFIG` for an unknown type.
 */
export const shape = (values: ArrayLike<number>, type: ShapeType = 2): Shape => {
  if (type !== 1 && type !== 2 && type !== 3) {
    throw new MikroBotError('BAD_CONFIG', `there is no shape type ${String(type)}.`, {
      hint: 'Types 1, 2 and 3 of Joanes and Gill are there.',
    });
  }
  const sample = sampleOf(values, 'skewness and kurtosis');
  const { n, sorted } = sample;
  const note = lack(sample, type === 2 ? 3 : 2, 'skewness and kurtosis');
  if (note) return { n, skewness: undefined, excessKurtosis: undefined, notes: [note] };
  const { second, third, fourth } = centralMoments(sorted);
  const g1 = third / second ** 1.5;
  const g2 = fourth / (second * second) - 3;
  if (type === 1) return { n, skewness: g1, excessKurtosis: g2, notes: [] };
  if (type === 3) {
    const skewness = g1 * (1 - 1 / n) ** 1.5;
    return { n, skewness, excessKurtosis: (g2 + 3) * (1 - 1 / n) ** 2 - 3, notes: [] };
  }
  const skewness = (g1 * Math.sqrt(n * (n - 1))) / (n - 2);
  const few = lack(sample, 4, 'a corrected kurtosis');
  if (few) return { n, skewness, excessKurtosis: undefined, notes: [few] };
  const excessKurtosis = (((n + 1) * g2 + 6) * (n - 1)) / ((n - 2) * (n - 3));
  return { n, skewness, excessKurtosis, notes: [] };
};
