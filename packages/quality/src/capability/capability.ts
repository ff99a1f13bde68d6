import { MikroBotError } from '@mikrobot/core';
import { lagOneAutocorrelation } from '../drift/autocorrelation.js';
import { boxCoxTransform, fitBoxCox } from '../fitting/box-cox.js';
import { chooseDistribution, type DistributionChoice } from '../fitting/choose-distribution.js';
import { lack, notPositive, type Sample, sampleOf } from '../fitting/samples.js';
import type { Note } from '../notes.js';
import type { Specification } from '../specification.js';
import { checkValues } from '../values.js';
import { correctionFor } from './autocorrelation-correction.js';
import { type AskedMethod, candidatesOf, checkMethod, methodOf, wordOf } from './method.js';
import { empiricalPercentileIndices, fittedPercentileIndices } from './percentile-indices.js';
import {
  type CapabilityMethod,
  type CapabilityResult,
  type Fallout,
  falloutOf,
  noFallout,
} from './result.js';
import { identityScale, logScale, oneSidedNote, type Scale } from './scale.js';
import { type Found, found, normalStudy, nothingFound, type Study } from './study.js';
import { checkStudyOptions, judged, type StudyOptions } from './study-options.js';
import { type Measured, type WithinOption, withinSpread } from './within-spread.js';

/** Options of {@link capability}. */
export interface CapabilityOptions extends StudyOptions {
  /** How sigma is made from neighbours or subgroups; default `moving-range` for single values, `pooled` for subgroups. */
  readonly within?: WithinOption | undefined;
  /**
   * `auto` (default): `normal` if Anderson-Darling does not refuse it, else `lognormal` or `box-cox`, else `percentile`. Any other
   * is used as told, with a note when the test refuses it.
   */
  readonly method?: AskedMethod | undefined;
  /**
   * Intervals of the within sigma by the degrees of freedom of its estimator (default), or by `total`, n - 1 whatever the
   * estimator, as some programs do. Too narrow: 100 values know sigma by their moving ranges as well as 60 degrees of freedom do.
   */
  readonly degreesOfFreedom?: 'estimator' | 'total' | undefined;
}

const isNumbers = (values: ArrayLike<number> | readonly ArrayLike<number>[]): values is ArrayLike<number> =>
  typeof values[0] !== 'object' || values[0] === null;

const measure = (given: ArrayLike<number> | readonly ArrayLike<number>[]): Measured => {
  if (isNumbers(given)) {
    checkValues(given, 'capability');
    return { values: Array.from(given), subgroups: undefined };
  }
  const subgroups = Array.from(given, (group, i) => {
    if (typeof group !== 'object' || group === null) {
      throw new MikroBotError('BAD_DATA', `subgroup ${i + 1} of ${given.length} is ${String(group)}.`, {
        hint: 'Give either single values or subgroups, not both.',
      });
    }
    checkValues(group, `subgroup ${i + 1} of a capability study`);
    return Array.from(group);
  });
  return { values: subgroups.flat(), subgroups };
};

const observe = (values: readonly number[], { lower, upper }: Specification): Fallout => {
  const share = (isOut: (x: number) => boolean): number => values.filter(isOut).length / values.length;
  if (values.length === 0) return noFallout;
  return falloutOf(
    lower === undefined ? undefined : share((x) => x < lower),
    upper === undefined ? undefined : share((x) => x > upper),
  );
};

/** Why there is no such scale for the values; undefined when there is. */
const obstacle = (method: CapabilityMethod, sample: Sample): Note | undefined =>
  lack(sample, 2, 'capability') ??
  (method === 'lognormal' || method === 'box-cox' ? notPositive(sample, `the method ${method}`) : undefined);

const scaleOf = (
  method: Exclude<CapabilityMethod, 'percentile'>,
  values: readonly number[],
): { readonly scale: Scale | undefined; readonly notes: readonly Note[] } => {
  if (method === 'normal') return { scale: identityScale, notes: [] };
  if (method === 'lognormal') return { scale: logScale, notes: [] };
  const { distribution, notes } = fitBoxCox(values, { denominator: 'n - 1' });
  if (distribution === undefined) return { scale: undefined, notes };
  const { lambda, scale: unit } = distribution.parameters as Readonly<Record<'lambda' | 'scale', number>>;
  return { scale: { method, to: (x) => boxCoxTransform(x / unit, lambda), positive: true }, notes };
};

const percentileStudy = (study: Study, sample: Sample, choice: DistributionChoice): Found => {
  const { specification, confidence, n, correction } = study;
  const { distribution } = choice;
  if (distribution === undefined) return nothingFound(study, 'percentile', choice.notes);
  const effective = n * correction.ofMean;
  const { indices, center, notes } =
    distribution.name === 'empirical'
      ? empiricalPercentileIndices(sample.sorted, specification, confidence, effective)
      : fittedPercentileIndices(
          distribution,
          specification,
          confidence,
          effective,
          (n - 1) * correction.ofSigma,
        );
  const { lower, upper } = specification;
  const expected = falloutOf(
    lower === undefined ? undefined : distribution.cdf(lower),
    upper === undefined ? undefined : distribution.tail(upper),
  );
  const overall = {
    sigma: sample.deviation!,
    estimator: 'overall',
    degreesOfFreedom: (n - 1) * correction.ofSigma,
  };
  const only: Note = {
    code: 'NOT_NORMAL',
    detail: `Percentiles of the distribution '${distribution.name}' give only Pp, Ppl, Ppu and Ppk: there is no within sigma and no sigma about a target in them.`,
  };
  return found(study, {
    method: 'percentile',
    center,
    within: undefined,
    overall,
    indices,
    expected: { within: noFallout, overall: expected },
    notes: [only, ...notes, ...oneSidedNote(specification)],
  });
};

const study = (measured: Measured, options: CapabilityOptions): Found => {
  const { confidence, significance } = checkStudyOptions(options);
  const { specification, method: asked = 'auto', within, degreesOfFreedom = 'estimator' } = options;
  checkMethod(asked);
  const { values, subgroups } = measured;
  const sample = sampleOf(values, 'capability');
  const candidates = candidatesOf[asked];
  const choice = chooseDistribution(values, { alpha: significance, ...(candidates && { candidates }) });
  const method = methodOf(asked, choice);
  const { word, notes } = wordOf(asked, method, choice);
  const begin = (series: readonly number[]): Study => ({
    specification,
    confidence,
    n: sample.n,
    mean: sample.mean,
    observed: observe(values, specification),
    distribution: word,
    correction: correctionFor(
      sample.n,
      lagOneAutocorrelation(series),
      (options.autocorrelation ?? 'correct') === 'correct',
    ),
    notes,
  });
  const none = obstacle(method, sample);
  if (none) return nothingFound({ ...begin([]), notes: [] }, method, [none]);
  if (method === 'percentile') return percentileStudy(begin(values), sample, choice);
  const { scale, notes: scaleNotes } = scaleOf(method, values);
  if (scale === undefined) return nothingFound(begin(values), method, scaleNotes);
  const scaled = values.map(scale.to);
  const groups = subgroups?.map((group) => group.map(scale.to));
  const { mean: center, deviation: sigma } = sampleOf(scaled, 'capability');
  const flat = lack({ n: scaled.length, deviation: sigma }, 2, 'capability');
  if (flat || center === undefined || sigma === undefined) {
    return nothingFound(begin(values), method, flat ? [flat] : []);
  }
  const short = withinSpread({ values: scaled, subgroups: groups }, within, degreesOfFreedom === 'total');
  const begun = begin(scaled);
  return normalStudy({ ...begun, notes: [...notes, ...scaleNotes, ...short.notes] }, scale, center, {
    within: short.spread,
    overall: { sigma, estimator: 'overall', degreesOfFreedom: sample.n - 1 },
  });
};

/**
 * Can a process keep to its specification, and how sure is that? All indices with their intervals, what the distribution of the
 * values promises beyond the limits and what was counted there.
 *
 * Values that are not normal never get an index of normal values unmarked: latencies with their long tail would look twice as
 * capable as they are. Values whose neighbours are alike count for fewer. Both are said in `notes`.
 * @param values - single values in the order in which they were measured, or rational subgroups of at least two
 * @throws `MikroBotError` `BAD_DATA` for values that are not finite and subgroups below two values; `BAD_CONFIG` for a
 * specification or options that make no sense.
 *
 * @example
 * ```ts
 * const { indices, method, verdict, notes } = capability(latencies, { specification: { upper: 250 }, minimum: 1.33 });
 * ```
 */
export const capability = (
  values: ArrayLike<number> | readonly ArrayLike<number>[],
  options: CapabilityOptions,
): CapabilityResult => judged(study(measure(values), options), options);
