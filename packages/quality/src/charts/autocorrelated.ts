import * as z from 'zod';
import type { Note } from '../notes.js';
import { deviation, mean, momentsOf } from '../streaming/summary.js';
import { checkValue } from '../values.js';
import { kindOf } from './attribute-kind.js';
import { lagOneAutocorrelation } from './autocorrelation.js';
import type { ChartKind, Estimate } from './chart.js';
import {
  type LimitOptions,
  type LimitWidth,
  limitWidth,
  limitWidthSchema,
  normalSigmas,
} from './limit-width.js';
import { type LocationDesign, movingRangeSigma } from './subgroup.js';

/** A stream in control, single values judged by limits around its centre. Plain JSON. */
export interface StreamDesign extends LocationDesign {
  readonly width: LimitWidth;
}

const none = (note: Note): Estimate<never> => ({ design: undefined, notes: [note] });

/** Why there is no limit from so few or so equal values; undefined when there can be. */
export const lackingFor = (values: readonly number[], least: number, what: string): Note | undefined => {
  const { length } = values;
  const spread = momentsOf(values).deviation;
  if (length === 0) return { code: 'EMPTY', detail: `${what} was given no values.` };
  if (length < least)
    return {
      code: 'NOT_ENOUGH_DATA',
      detail: `${what} needs at least ${least} values and was given ${length}.`,
    };
  return spread === 0
    ? { code: 'NO_SPREAD', detail: `${what} was given ${length} values that are all ${values[0]}.` }
    : undefined;
};

const locationSchema: z.ZodType<StreamDesign> = z.object({
  center: z.number(),
  sigma: z.number().positive(),
  width: limitWidthSchema,
});

const individualsBy = (
  name: string,
  what: string,
  least: number,
  sigmaOf: (values: readonly number[]) => number,
  options: LimitOptions,
): ChartKind<number, StreamDesign> => {
  const width = limitWidth(options);
  return kindOf({
    name,
    what,
    design: locationSchema,
    estimate: (values) => {
      const note = lackingFor(values, least, what);
      if (note) return none(note);
      const sigma = sigmaOf(values);
      return sigma > 0
        ? { design: { center: mean(values)!, sigma, width }, notes: [] }
        : none({ code: 'NO_SPREAD', detail: `${what} was given values whose neighbours do not differ.` });
    },
    check: (value) => checkValue(value, what),
    statistic: (value) => value,
    limits: ({ center, sigma, width: stored }) => {
      const away = normalSigmas(stored) * sigma;
      return { center, lower: center - away, upper: center + away, sigma };
    },
  });
};

/**
 * An individuals chart with limits from the overall standard deviation (n - 1), for streams whose neighbours resemble each other.
 * It needs a phase I that is long against the memory of the stream, in control as a whole: every shift within it widens the limits.
 * See {@link adviseLimits}.
 * @throws `MikroBotError` `BAD_CONFIG` for a distance that is none.
 */
export const overallIndividualsChart = (options: LimitOptions = {}): ChartKind<number, StreamDesign> =>
  individualsBy('I (overall)', 'an individuals chart with overall limits', 2, (x) => deviation(x)!, options);

/**
 * Sigma of a stationary AR(1) stream from the sigma that its moving range shows: the mean moving range is
 * d2(2) sigma sqrt(1 - phi), so that limits are inflated by 1 / sqrt(1 - phi).
 * @param movingRange - mean moving range over d2(2)
 * @param phi - lag-1 autocorrelation, below 1
 */
export const inflateMovingRangeSigma = (movingRange: number, phi: number): number =>
  movingRange / Math.sqrt(1 - phi);

/**
 * An individuals chart with moving-range limits that are inflated for the autocorrelation of the stream. For streams whose level
 * may have moved within phase I: the moving range hardly sees it, and the overall deviation does. The autocorrelation sees it too,
 * and grows, so that the limits err on the wide side. See {@link adviseLimits}.
 * @throws `MikroBotError` `BAD_CONFIG` for a distance that is none.
 */
export const inflatedIndividualsChart = (options: LimitOptions = {}): ChartKind<number, StreamDesign> =>
  individualsBy(
    'I (inflated)',
    'an individuals chart with inflated limits',
    3,
    (x) => inflateMovingRangeSigma(movingRangeSigma(x)!, lagOneAutocorrelation(x)!),
    options,
  );
