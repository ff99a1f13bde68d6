import { MikroBotError } from '@mikrobot/core';
import { d2 } from '../charts/constants.js';
import type { Note } from '../notes.js';
import { checkWhole } from '../numeric/check.js';
import { checkValue } from '../values.js';
import { correctionFor } from './autocorrelation-correction.js';
import { individualsDegrees } from './degrees-of-freedom.js';
import {
  type CapabilityResult,
  type DistributionWord,
  type Fallout,
  noFallout,
  type Spread,
} from './result.js';
import { identityScale, logScale } from './scale.js';
import { normalStudy, nothingFound, type Study } from './study.js';
import { checkStudyOptions, judged, type StudyOptions } from './study-options.js';

/** Figures of values that are not at hand any more; `Moments`, `SlidingWindow` and their snapshots have this shape. */
export interface ValueFigures {
  readonly n: number;
  /** Undefined without values. */
  readonly mean: number | undefined;
  /** With n - 1; undefined below two values. */
  readonly deviation: number | undefined;
  /** With excess kurtosis it tells whether values can be normal. */
  readonly skewness?: number | undefined;
  readonly excessKurtosis?: number | undefined;
  /** Mean difference of neighbours, for the within sigma; without it there is none. */
  readonly movingRange?: number | undefined;
  /** At lag 1; without it values are taken as independent. */
  readonly autocorrelation?: number | undefined;
}

/** Options of {@link capabilityFromMoments}. */
export interface MomentOptions extends StudyOptions {
  /** `logarithm`: the figures are those of natural logarithms; specification and result stay in the unit of the values. */
  readonly figuresOf?: 'values' | 'logarithms' | undefined;
  /** What was counted beyond the limits, as shares. */
  readonly observed?: Fallout | undefined;
  /** Of the values; only needed with `logarithms`, where the figures do not have it. */
  readonly mean?: number | undefined;
}

/** Below so many values skewness and kurtosis tell nothing. */
const FEWEST = 20;

/** C. M. Jarque and A. K. Bera (1980): n/6 (g1^2 + g2^2/4) is chi-squared with 2 degrees of freedom, whose tail is exp(-x/2). */
const jarqueBera = ({ n, skewness, excessKurtosis }: ValueFigures): number | undefined =>
  skewness === undefined || excessKurtosis === undefined || n < FEWEST
    ? undefined
    : Math.exp(-(n / 12) * (skewness ** 2 + excessKurtosis ** 2 / 4));

const judgeShape = (
  figures: ValueFigures,
  name: 'normal' | 'lognormal',
  significance: number,
): { readonly word: DistributionWord; readonly notes: readonly Note[] } => {
  const p = jarqueBera(figures);
  const normalP = name === 'normal' ? p : undefined;
  const common = { name, parameters: {}, normalP, p };
  if (p === undefined) {
    const reason = `Nobody has looked whether values are ${name}: that takes ${FEWEST} of them, with skewness and kurtosis.`;
    const notes: readonly Note[] = [{ code: 'NORMALITY_ASSUMED', detail: reason }];
    return { word: { ...common, test: undefined, reason }, notes };
  }
  const { skewness, excessKurtosis } = figures as Required<Record<keyof ValueFigures, number>>;
  const shape = `skewness ${skewness.toFixed(2)} and excess kurtosis ${excessKurtosis.toFixed(2)}`;
  const refused = p < significance;
  const reason = `Jarque-Bera ${refused ? 'refuses' : 'does not refuse'} the ${name} distribution (p ${p.toPrecision(3)}, ${shape}).`;
  const detail = `${reason} The indices do not say how many values lie beyond the limits; study the values themselves.`;
  return {
    word: { ...common, test: 'jarque-bera', reason },
    notes: refused ? [{ code: 'NOT_NORMAL', detail }] : [],
  };
};

const checkFigures = (figures: ValueFigures): void => {
  const { n, deviation, movingRange, ...others } = figures;
  checkWhole(n, 'the number of values', 0, 'BAD_DATA');
  for (const value of [
    deviation,
    movingRange,
    others.mean,
    others.skewness,
    others.excessKurtosis,
    others.autocorrelation,
  ])
    if (value !== undefined) checkValue(value, 'capability');
  if ((deviation ?? 0) < 0 || (movingRange ?? 0) < 0) {
    throw new MikroBotError('BAD_DATA', 'a standard deviation and a mean moving range cannot be below 0.');
  }
};

/** Why no index can be made; undefined when some can. */
const missing = ({ n, mean, deviation }: ValueFigures): Note | undefined => {
  if (n === 0) return { code: 'EMPTY', detail: 'There are no values for capability.' };
  if (n === 1) return { code: 'ONE_VALUE', detail: 'One value is not enough for capability.' };
  if (mean === undefined || deviation === undefined) {
    return { code: 'NOT_ENOUGH_DATA', detail: 'Mean or standard deviation of the values is not known.' };
  }
  return deviation === 0
    ? { code: 'NO_SPREAD', detail: `All ${n} values are the same, so there is no capability.` }
    : undefined;
};

/**
 * Capability from figures of values, in constant time: for streams, whose values are not kept. Normality can only be judged by
 * skewness and kurtosis, and is never assumed in silence.
 * @throws `MikroBotError` `BAD_DATA` for figures that no values have; `BAD_CONFIG` for options that make no sense.
 *
 * @example
 * ```ts
 * const window = new SlidingWindow({ size: 500 });
 * for (const ms of latencies) window.push(ms);
 * capabilityFromMoments(window, { specification: { upper: 250 } }).indices.ppu;
 * ```
 */
export const capabilityFromMoments = (given: ValueFigures, options: MomentOptions): CapabilityResult => {
  const { confidence, significance } = checkStudyOptions(options);
  // Read once: figures may be getters that compute.
  const { n, mean, deviation, skewness, excessKurtosis, movingRange, autocorrelation } = given;
  const figures = { n, mean, deviation, skewness, excessKurtosis, movingRange, autocorrelation };
  checkFigures(figures);
  const logarithms = options.figuresOf === 'logarithms';
  const scale = logarithms ? logScale : identityScale;
  const { word, notes } = judgeShape(figures, logarithms ? 'lognormal' : 'normal', significance);
  const study: Study = {
    specification: options.specification,
    confidence,
    n,
    mean: logarithms ? options.mean : mean,
    observed: options.observed ?? noFallout,
    distribution: word,
    correction: correctionFor(n, autocorrelation, (options.autocorrelation ?? 'correct') === 'correct'),
    notes,
  };
  const none = missing(figures);
  if (none || mean === undefined || deviation === undefined) {
    return judged(nothingFound({ ...study, notes: [] }, scale.method, none ? [none] : []), options);
  }
  const within: Spread | undefined =
    movingRange === undefined || movingRange === 0
      ? undefined
      : {
          sigma: movingRange / d2(2),
          estimator: 'moving-range',
          degreesOfFreedom: individualsDegrees(n, 'moving-range'),
        };
  const lacking: readonly Note[] = within
    ? []
    : [
        {
          code: 'NOT_ENOUGH_DATA',
          detail: 'Without moving ranges there is no within sigma: only Pp, Ppl, Ppu, Ppk and Ppm are known.',
        },
      ];
  const overall: Spread = { sigma: deviation, estimator: 'overall', degreesOfFreedom: n - 1 };
  const found = normalStudy({ ...study, notes: [...notes, ...lacking] }, scale, mean, { within, overall });
  return judged(found, options);
};
