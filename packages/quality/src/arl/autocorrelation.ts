import { MikroBotError } from '@mikrobot/core';
import { checkFinite } from '../numeric/check.js';

const checkPhi = (phi: number): void => {
  checkFinite(phi, 'the autocorrelation phi');
  if (Math.abs(phi) >= 1) {
    throw new MikroBotError(
      'BAD_CONFIG',
      `the autocorrelation phi must lie between -1 and 1, and is ${phi}.`,
      {
        hint: 'At 1 there is no level to return to: chart the differences.',
      },
    );
  }
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
