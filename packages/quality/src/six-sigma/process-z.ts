import { MikroBotError } from '@mikrobot/core';
import { normalTail, normalTailQuantile } from '../distributions/normal.js';
import { checkFinite, checkProbability } from '../numeric/check.js';
import { MILLION } from './rates.js';
import type { ShiftOptions } from './sigma-level.js';

/** Answers of {@link ppmOfCpk}. */
export interface PpmOfCpk {
  /** Defects per million beyond the nearer limit alone. */
  readonly oneTail: number;
  /** Defects per million beyond both limits of a process that is centred: there Cpk = Cp. */
  readonly twoTails: number;
  /** `3 Cpk`: standard deviations to the nearer limit. */
  readonly z: number;
}

/**
 * What a Cpk promises of a normal process: `10^6 P(Z > 3 Cpk)` (Montgomery, Introduction to Statistical Quality Control, 8.3).
 * @throws `MikroBotError` `BAD_CONFIG` when it is not finite.
 */
export const ppmOfCpk = (cpk: number): PpmOfCpk => {
  checkFinite(cpk, 'Cpk');
  const z = 3 * cpk;
  // Beyond both limits is everything as soon as the limits change places.
  const oneTail = MILLION * normalTail(z);
  return { oneTail, twoTails: Math.min(MILLION, 2 * oneTail), z };
};

/**
 * Z bench: both tails put together into one, `z(1 - pBelow - pAbove)`, without a shift.
 * @param below - the share below the lower limit, 0 to 1
 * @param above - the share above the upper limit, 0 to 1
 * @returns undefined where no finite z exists: for a sum of 0, and of 1 or more
 * @throws `MikroBotError` `BAD_DATA` when one is no probability, or both together exceed 1.
 */
export const zBench = (below: number, above: number): number | undefined => {
  checkProbability(below, 'Z bench');
  checkProbability(above, 'Z bench');
  const both = below + above;
  if (both > 1 + 1e-12) {
    throw new MikroBotError(
      'BAD_DATA',
      `a share of ${below} below and ${above} above is more than everything.`,
    );
  }
  return both > 0 && both < 1 ? normalTailQuantile(both) : undefined;
};

/**
 * The long-term Z of a process that was measured in the short term: less the shift.
 * @throws `MikroBotError` `BAD_CONFIG` when a figure is not finite.
 */
export const longTermZ = (shortTerm: number, { shift = 1.5 }: ShiftOptions = {}): number => {
  checkFinite(shortTerm, 'a short-term Z');
  checkFinite(shift, 'the shift of a Z');
  return shortTerm - shift;
};

/**
 * The short-term Z of a process that was measured in the long term: with the shift.
 * @throws `MikroBotError` `BAD_CONFIG` when a figure is not finite.
 */
export const shortTermZ = (longTerm: number, { shift = 1.5 }: ShiftOptions = {}): number => {
  checkFinite(longTerm, 'a long-term Z');
  checkFinite(shift, 'the shift of a Z');
  return longTerm + shift;
};
