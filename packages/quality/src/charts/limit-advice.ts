import { normalTail } from '../distributions/normal.js';
import { ar1MovingRangeRatio } from '../drift/ar1.js';
import { lagOneAutocorrelation } from '../drift/autocorrelation.js';
import { effectiveSize } from '../drift/effective-size.js';
import { lacksOrder } from '../drift/lacks.js';
import type { Note } from '../notes.js';
import { checkShare } from '../numeric/check.js';

/** Which limits fit an individuals chart of a stream. */
export type LimitsFor = 'movingRange' | 'overall' | 'residual';

/** What neighbours of a stream have to do with each other, and which limits follow. */
export interface AutocorrelationAdvice {
  /** Lag-1 autocorrelation; undefined without spread or below three values. */
  readonly phi: number | undefined;
  /** Two-sided probability of so large a correlation among independent values. */
  readonly pValue: number | undefined;
  /** `phi` is larger than luck explains. */
  readonly correlated: boolean;
  /** What moving-range limits are too narrow by: their sigma over the real one, sqrt(1 - phi). 1 where they fit. */
  readonly movingRangeRatio: number | undefined;
  /** How many independent values know as much of the mean, see {@link effectiveSize}; at most n. */
  readonly effectiveCount: number | undefined;
  readonly recommended: LimitsFor | undefined;
  /** A sentence with the numbers that led to it. */
  readonly why: string;
  readonly notes: readonly Note[];
}

/** Below so many independent values the overall deviation of a stream is not known well enough for limits. */
const enough = 25;

/**
 * Tests a stream for lag-1 autocorrelation and recommends limits for its individuals chart.
 *
 * - `movingRange`: neighbours are independent; the usual limits fit, and see shifts best.
 * - `overall`: neighbours resemble each other (phi above 0). The moving range sees too little of the spread, and its limits give
 *   false alarms. Limits from the overall deviation fit, and see a lasting shift better than residuals, in which only
 *   1 - phi of it is left.
 * - `residual`: neighbours alternate (phi below 0), where residuals show more of a shift than values do; or they resemble each
 *   other so much that the stream is worth fewer than 25 independent values, and has hardly shown its overall spread.
 *
 * Sources: the test by r sqrt(n), Bartlett (1946); Wardell, Moskowitz and Plante (1994) for where each does well; Montgomery
 * (7th ed.), section 10.4.
 * @param options - `significance` (default 0.01): how often independent values may be called correlated
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite, `BAD_CONFIG` for a significance that is none.
 */
export const adviseLimits = (
  values: readonly number[],
  { significance = 0.01 }: { readonly significance?: number | undefined } = {},
): AutocorrelationAdvice => {
  checkShare(significance, 'the significance of the test for autocorrelation');
  const n = values.length;
  const notes = lacksOrder(values, 3, 'a test for autocorrelation');
  const phi = lagOneAutocorrelation(values);
  if (phi === undefined || notes.length > 0) {
    return {
      phi: undefined,
      pValue: undefined,
      correlated: false,
      movingRangeRatio: undefined,
      effectiveCount: undefined,
      recommended: undefined,
      why: notes.map(({ detail }) => detail).join(' '),
      notes,
    };
  }
  const pValue = Math.min(1, 2 * normalTail(Math.abs(phi) * Math.sqrt(n)));
  const correlated = pValue < significance;
  const movingRangeRatio = ar1MovingRangeRatio(phi);
  const effectiveCount = Math.min(n, effectiveSize({ n, phi }).mean);
  const shown = phi.toFixed(2);
  const said = (recommended: LimitsFor, why: string): AutocorrelationAdvice => ({
    phi,
    pValue,
    correlated,
    movingRangeRatio,
    effectiveCount,
    recommended,
    why,
    notes: correlated
      ? [{ code: 'AUTOCORRELATED', detail: `The lag-1 autocorrelation of ${n} values is ${shown}.` }]
      : [],
  });
  if (!correlated) {
    return said('movingRange', `Neighbours are not correlated (${shown} among ${n}): the usual limits fit.`);
  }
  if (phi < 0)
    return said('residual', `Neighbours alternate (${shown}), and residuals show more of a shift.`);
  if (effectiveCount < enough) {
    return said(
      'residual',
      `Neighbours are so alike (${shown}) that ${n} values tell as much as ${effectiveCount.toFixed(0)} independent ones: ` +
        'too few for the overall spread.',
    );
  }
  const narrow = movingRangeRatio.toFixed(2);
  return said(
    'overall',
    `Neighbours are alike (${shown}): moving-range limits would be ${narrow} of their due width.`,
  );
};
