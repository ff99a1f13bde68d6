import { normalTailQuantile } from '../distributions/normal.js';
import type { Note } from '../notes.js';

/** How much less values tell when neighbours resemble each other. */
export interface Correction {
  /** As measured. */
  readonly autocorrelation: number | undefined;
  /** What n is worth for the mean, as a share of it. */
  readonly ofMean: number;
  /** What n is worth for sigma, as a share of it. */
  readonly ofSigma: number;
  readonly notes: readonly Note[];
}

/** Below so many values a correlation of neighbours cannot be told from luck. */
const FEWEST = 10;
/** A process without memory to the mean has no effective number of values at all. */
const LARGEST_PHI = 0.99;
const significant = normalTailQuantile(0.025);

/**
 * The correction for an AR(1) process: for the mean `(1 - phi) / (1 + phi)`, for the variance `(1 - phi^2) / (1 + phi^2)` (G. V.
 * Bayley and J. M. Hammersley, The "Effective" Number of Independent Observations in an Autocorrelated Time Series, 1946), with
 * phi corrected for its bias `-(1 + 3 phi) / n` (F. H. C. Marriott and J. A. Pope, 1954). Only a positive autocorrelation that is
 * significant at 2.5 % (Bartlett's `1 / sqrt(n)`) is corrected: values that alternate tell more than independent ones, which is
 * not counted on.
 */
export const correctionFor = (
  n: number,
  autocorrelation: number | undefined,
  correct: boolean,
): Correction => {
  const none = { autocorrelation, ofMean: 1, ofSigma: 1, notes: [] };
  if (autocorrelation === undefined || n < FEWEST || autocorrelation * Math.sqrt(n) <= significant)
    return none;
  const measured = `Neighbours resemble each other (autocorrelation ${autocorrelation.toFixed(2)} of ${n} values)`;
  if (!correct) {
    const detail = `${measured}, which was not corrected for: intervals are too narrow.`;
    return { ...none, notes: [{ code: 'AUTOCORRELATED', detail }] };
  }
  const phi = Math.min(LARGEST_PHI, autocorrelation + (1 + 3 * autocorrelation) / n);
  const ofMean = (1 - phi) / (1 + phi);
  const ofSigma = (1 - phi * phi) / (1 + phi * phi);
  const detail =
    `${measured}: intervals count ${(n * ofMean).toFixed(1)} values for the mean and ${(n * ofSigma).toFixed(1)} for sigma. ` +
    'A within sigma from neighbours sees too little of the spread: judge by Ppk.';
  return { autocorrelation, ofMean, ofSigma, notes: [{ code: 'AUTOCORRELATED', detail }] };
};
