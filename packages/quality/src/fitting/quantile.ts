import { MikroBotError } from '@mikrobot/core';
import { checkProbability } from '../numeric/check.js';

/** The continuous definitions of R. J. Hyndman and Y. Fan, Sample Quantiles in Statistical Packages (1996), by their numbers. */
export type QuantileType = 4 | 5 | 6 | 7 | 8 | 9;

/** Which definition; 7 is that of R and of spreadsheets, 6 that of Minitab and of (n + 1) p plotting positions. */
export interface QuantileOptions {
  readonly type?: QuantileType;
}

/** The two constants of the plotting position: p is at rank a + p (n + 1 - a - b). */
const positions: Readonly<Record<QuantileType, readonly [number, number]>> = {
  4: [0, 1],
  5: [0.5, 0.5],
  6: [0, 0],
  7: [1, 1],
  8: [1 / 3, 1 / 3],
  9: [3 / 8, 3 / 8],
};

/**
 * A quantile of values, interpolated between neighbours; undefined without values.
 * @param sorted - in rising order, which is not checked (use `Float64Array.from(values).sort()`)
 * @param p - 0 … 1
 * @throws `MikroBotError` `BAD_DATA` for p outside 0 … 1, `BAD_CONFIG` for an unknown type.
 *
 * @example
 * ```ts
 * quantile([1, 2, 3, 4], 0.5); // 2.5
 * ```
 */
export const quantile = (
  sorted: ArrayLike<number>,
  p: number,
  { type = 7 }: QuantileOptions = {},
): number | undefined => {
  checkProbability(p, 'a quantile');
  const constants = positions[type];
  if (constants === undefined) {
    throw new MikroBotError('BAD_CONFIG', `there is no quantile type ${String(type)}.`, {
      hint: 'Types 4 to 9 of Hyndman and Fan are there.',
    });
  }
  const n = sorted.length;
  const [a, b] = constants;
  const rank = a + p * (n + 1 - a - b);
  // A rank that is whole but for its rounding must not be carried to the neighbour below.
  const fuzz = 4 * Number.EPSILON;
  const below = Math.floor(rank + fuzz);
  // A rank rounded down by more than the fuzz lies before the neighbour that it was carried to: no share may be below 0.
  const share = rank - below < fuzz ? 0 : rank - below;
  const lower = sorted[Math.min(Math.max(below, 1), n) - 1];
  const upper = sorted[Math.min(Math.max(below + 1, 1), n) - 1];
  if (lower === undefined || upper === undefined) return undefined;
  return share === 0 || lower === upper ? lower : lower + share * (upper - lower);
};
