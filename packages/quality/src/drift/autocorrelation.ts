import { MikroBotError } from '@mikrobot/core';
import { normalTailQuantile } from '../distributions/normal.js';
import type { Note } from '../notes.js';
import { checkShare, checkWhole } from '../numeric/check.js';
import { momentsOf } from '../streaming/summary.js';
import { lacksOrder } from './lacks.js';

/** How strongly a series resembles itself later. */
export interface Autocorrelations {
  readonly n: number;
  /** At lags 1, 2, ...; undefined where {@link Autocorrelations.notes} say why. */
  readonly r: readonly number[] | undefined;
  readonly notes: readonly Note[];
}

/** The lags that a series of that length can have, by default those of R: `10 log10 n`. */
export const checkLags = (lags: number | undefined, n: number): number => {
  if (lags === undefined) return Math.max(1, Math.min(n - 1, Math.floor(10 * Math.log10(Math.max(n, 1)))));
  checkWhole(lags, 'the number of lags', 1);
  // Fewer values than two are said in a note.
  if (n > 1 && lags >= n) {
    throw new MikroBotError('BAD_CONFIG', `${n} values have no autocorrelation at lag ${lags}.`, {
      hint: `Ask for at most ${n - 1} lags.`,
    });
  }
  return lags;
};

/**
 * The sample autocorrelation function: products of distances to the mean, with the sum of all n squares below (Box and Jenkins,
 * 1976; R's acf).
 * @param options - `lags`, how many, at most n - 1; `10 log10 n` unless given
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite, `BAD_CONFIG` for lags that there cannot be.
 */
export const acf = (
  values: ArrayLike<number>,
  options: { readonly lags?: number } = {},
): Autocorrelations => {
  const n = values.length;
  const notes = lacksOrder(values, 2, 'an autocorrelation');
  const lags = checkLags(options.lags, n);
  if (notes.length > 0) return { n, r: undefined, notes };
  const { origin, meanDistance, sumOfSquares } = momentsOf(values);
  // By way of the origin: a mean far from 0 is rounded more coarsely than the distances to it.
  const distances = Float64Array.from(values, (x) => x - origin - meanDistance[0]);
  const r = Array.from({ length: lags }, (_, i) => {
    let products = 0;
    for (let t = 0; t + i + 1 < n; t++) products += distances[t]! * distances[t + i + 1]!;
    return products / sumOfSquares;
  });
  return { n, r, notes };
};

/**
 * The autocorrelation at lag 1 alone; undefined for values without spread and below two values.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const lagOneAutocorrelation = (values: ArrayLike<number>): number | undefined =>
  acf(values, { lags: 1 }).r?.[0];

/**
 * The half width of the band in which autocorrelations of independent values lie (Bartlett, 1946): `z / sqrt(n)`.
 * @param n - number of values, 1 or more
 * @param options - `confidence`, 0.95 unless given
 */
export const bartlettBand = (
  n: number,
  { confidence = 0.95 }: { readonly confidence?: number } = {},
): number => {
  checkWhole(n, 'the number of values', 1);
  checkShare(confidence, 'the confidence');
  return normalTailQuantile((1 - confidence) / 2) / Math.sqrt(n);
};
