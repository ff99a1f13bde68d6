import { MikroBotError } from '@mikrobot/core';
import type { Note } from '../notes.js';
import { checkFinite } from '../numeric/check.js';
import { momentsOf } from '../streaming/summary.js';
import { lagOneAutocorrelation } from './autocorrelation.js';
import { lacksOrder } from './lacks.js';

/** A first-order autoregressive process fitted to a series: x(t) - mean = phi (x(t-1) - mean) + e(t). */
export interface Ar1Fit {
  /** The autocorrelation at lag 1; between -1 and 1. */
  readonly phi: number | undefined;
  readonly mean: number | undefined;
  /** The standard deviation of what is new in each value, by theory from that of the values; with n - 2, as R's ar.yw. */
  readonly innovationDeviation: number | undefined;
  /** The standard deviation of the n - 1 residuals e themselves, with n - 2: that of a residual chart. */
  readonly residualDeviation: number | undefined;
  readonly notes: readonly Note[];
}

/** @throws `MikroBotError` `BAD_CONFIG` unless phi lies between -1 and 1. */
export const checkPhi = (phi: number): void => {
  checkFinite(phi, 'the autocorrelation phi');
  if (Math.abs(phi) >= 1) {
    throw new MikroBotError(
      'BAD_CONFIG',
      `the autocorrelation phi must lie between -1 and 1, and is ${phi}.`,
      {
        hint: 'At 1 there is no level to return to: look at the differences.',
      },
    );
  }
};

/** What a value is off from what the one before it foretells. */
export const ar1Residual = (
  value: number,
  before: number,
  { mean, phi }: { readonly mean: number; readonly phi: number },
): number => value - mean - phi * (before - mean);

/**
 * Fits an AR(1) process by the Yule-Walker equations (Yule, 1927; Walker, 1931).
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const ar1 = (values: ArrayLike<number>): Ar1Fit => {
  const notes = lacksOrder(values, 3, 'an AR(1) process');
  const { mean, sumOfSquares } = momentsOf(values);
  const phi = notes.length > 0 ? undefined : lagOneAutocorrelation(values);
  if (phi === undefined || mean === undefined) {
    return { phi, mean, innovationDeviation: undefined, residualDeviation: undefined, notes };
  }
  const n = values.length;
  const innovationDeviation = Math.sqrt((sumOfSquares * (1 - phi ** 2)) / (n - 2));
  const residuals = Array.from({ length: n - 1 }, (_, i) =>
    ar1Residual(values[i + 1]!, values[i]!, { mean, phi }),
  );
  return { phi, mean, innovationDeviation, residualDeviation: momentsOf(residuals).deviation, notes };
};

/**
 * How much wider an AR(1) process `x' = phi x + e` spreads than its shocks: `var(x) / var(e) = 1 / (1 - phi^2)` (Box and Jenkins,
 * Time Series Analysis).
 * @throws `MikroBotError` `BAD_CONFIG` unless phi lies between -1 and 1.
 */
export const ar1VarianceInflation = (phi: number): number => {
  checkPhi(phi);
  return 1 / ((1 - phi) * (1 + phi));
};

/**
 * What moving ranges make of the deviation of an AR(1) process: `(E[MR] / d2) / sigma = sqrt(1 - phi)`, since neighbours differ with
 * variance `2 sigma^2 (1 - phi)`. Below 1 limits from moving ranges are too narrow by this factor.
 * @throws `MikroBotError` `BAD_CONFIG` unless phi lies between -1 and 1.
 */
export const ar1MovingRangeRatio = (phi: number): number => {
  checkPhi(phi);
  return Math.sqrt(1 - phi);
};
