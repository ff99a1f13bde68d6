import { normalCdf, normalTail } from '../distributions/normal.js';
import type { Note } from '../notes.js';
import { zBench } from '../six-sigma/process-z.js';
import type { Specification } from '../specification.js';
import type { Correction } from './autocorrelation-correction.js';
import { normalIndices } from './indices.js';
import {
  type CapabilityResult,
  type DistributionWord,
  type Fallout,
  falloutOf,
  noFallout,
  noIndices,
  type Spread,
} from './result.js';
import { oneSidedNote, type Scale, type ScaledSpecification, scaleSpecification } from './scale.js';

/** What is known of values before any index is made. */
export interface Study {
  readonly specification: Specification;
  readonly confidence: number;
  readonly n: number;
  readonly mean: number | undefined;
  readonly observed: Fallout;
  readonly distribution: DistributionWord;
  readonly correction: Correction;
  readonly notes: readonly Note[];
}

/** A study without the verdict on it. */
export type Found = Omit<CapabilityResult, 'verdict'>;

/** Says every note once. */
const once = (notes: readonly Note[]): readonly Note[] =>
  notes.filter(({ code, detail }, i) => notes.findIndex((n) => n.code === code && n.detail === detail) === i);

/** Puts a study together. */
export const found = (
  { correction, ...study }: Study,
  rest: Pick<Found, 'method' | 'center' | 'within' | 'overall' | 'indices' | 'expected'> & {
    readonly notes: readonly Note[];
  },
): Found => {
  const benchOf = ({ below, above, total }: Fallout): number | undefined =>
    total === undefined || total >= 1 ? undefined : zBench(below ?? 0, above ?? 0);
  return {
    ...study,
    ...rest,
    effectiveN: study.n * correction.ofMean,
    autocorrelation: correction.autocorrelation,
    zBench: { within: benchOf(rest.expected.within), overall: benchOf(rest.expected.overall) },
    notes: once([...study.notes, ...correction.notes, ...rest.notes]),
  };
};

/** A study of values from which no index can be made. */
export const nothingFound = (study: Study, method: Found['method'], notes: readonly Note[]): Found =>
  found(study, {
    method,
    center: study.mean,
    within: undefined,
    overall: undefined,
    indices: noIndices,
    expected: { within: noFallout, overall: noFallout },
    notes,
  });

const expectedOf = (
  spread: Spread | undefined,
  center: number,
  { lower, upper }: ScaledSpecification,
): Fallout =>
  spread === undefined
    ? noFallout
    : falloutOf(
        lower === undefined ? undefined : normalCdf((lower - center) / spread.sigma),
        upper === undefined ? undefined : normalTail((upper - center) / spread.sigma),
      );

/** A sigma below the rounding of the distance to a limit says nothing but that values are the same. */
const LEAST_SIGMA = 2 ** -52;

/**
 * A study of values that are normal on a scale.
 * @param center - their mean there
 * @param spreads - as estimated; the correction for autocorrelation is made here
 */
export const normalStudy = (
  study: Study,
  scale: Scale,
  center: number,
  spreads: { readonly within: Spread | undefined; readonly overall: Spread | undefined },
): Found => {
  const { correction, specification, confidence, n } = study;
  const limits = scaleSpecification(specification, scale);
  const lost: Note[] = [];
  const corrected = (spread: Spread | undefined): Spread | undefined => {
    if (spread === undefined) return undefined;
    const distance = Math.max(
      ...[limits.lower, limits.upper, limits.target].map((limit) => Math.abs((limit ?? center) - center)),
    );
    if (spread.sigma < LEAST_SIGMA * distance) {
      const detail = `A sigma of ${spread.sigma} (${spread.estimator}) is nothing beside a distance of ${distance} to a limit or the target.`;
      lost.push({ code: 'NO_SPREAD', detail });
      return undefined;
    }
    return { ...spread, degreesOfFreedom: spread.degreesOfFreedom * correction.ofSigma };
  };
  const within = corrected(spreads.within);
  const overall = corrected(spreads.overall);
  const located = { center, n: n * correction.ofMean, limits, confidence };
  return found(study, {
    method: scale.method,
    center,
    within,
    overall,
    indices: normalIndices(within, overall, located),
    expected: { within: expectedOf(within, center, limits), overall: expectedOf(overall, center, limits) },
    notes: [...limits.notes, ...lost, ...oneSidedNote(limits)],
  });
};
