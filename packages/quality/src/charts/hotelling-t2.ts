import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import type { Note } from '../notes.js';
import { checkShare, checkWhole } from '../numeric/check.js';
import { readSaved } from '../saved.js';
import { checkValues } from '../values.js';
import type { ChartKind, ChartPoint, Estimate, RunningChart, RunningOptions } from './chart.js';
import { cholesky, columnMeans, covarianceOf, type Matrix, solveLower, solveUpper } from './matrix.js';
import { t2PhaseOneLimit, t2PhaseTwoLimit } from './t2-limits.js';

/** Mean and covariance of individual vectors in control. Plain JSON. */
export interface T2Design {
  /** Mean of every variable. */
  readonly center: readonly number[];
  /** Sample covariance of the variables. */
  readonly covariance: Matrix;
  /** From how many vectors; the limits of few vectors are wider. */
  readonly vectors: number;
  /** Share of the points of a process in control that stay within the limit. */
  readonly confidence: number;
}

/** A point of a T² chart. Its centre is the number of variables, what T² is on average; there is no lower limit. */
export interface T2Point extends ChartPoint {
  readonly value: number;
  /**
   * By how much T² would fall without that variable, in order of the variables: the largest tells where to look. They do not add
   * up to T². Source: Runger, Alt and Montgomery (1996).
   */
  readonly contributions: readonly number[];
}

/** A T² chart judges the vectors it was made from by another limit than new ones, wherever it goes through phase I. */
export interface T2Kind extends ChartKind<readonly number[], T2Design, T2Point> {
  /** The same kind with the limit of phase I throughout. */
  readonly retrospective: ChartKind<readonly number[], T2Design, T2Point>;
}

/** How a T² chart judges. */
export interface T2Options {
  /** Share of the points of a process in control that stay within the limit. Default 0.9973. */
  readonly confidence?: number | undefined;
  /** How many values a vector has; default: as many as the first one, which is then not checked while phase I collects. */
  readonly variables?: number | undefined;
}

const designSchema: z.ZodType<T2Design> = z
  .object({
    center: z.array(z.number()).min(1),
    covariance: z.array(z.array(z.number())),
    vectors: z.number().int(),
    confidence: z.number().gt(0).lt(1),
  })
  .refine(({ center, vectors }) => vectors >= center.length + 2, {
    path: ['vectors'],
    error: 'too few for so many variables',
  })
  .refine(
    ({ center, covariance }) =>
      covariance.length === center.length && covariance.every((row) => row.length === center.length),
    {
      path: ['covariance'],
      error: 'not as many rows and columns as there are variables',
    },
  );
const stateSchema = z.object({ index: z.number().int().nonnegative() });

/** Deviations of the variables and the Cholesky factor of their correlation, in which units play no part. */
const factor = (covariance: Matrix): { deviations: number[]; lower: number[][] } | undefined => {
  const deviations = covariance.map((row, i) => Math.sqrt(row[i]!));
  const lower = cholesky(
    covariance.map((row, i) => row.map((value, j) => value / (deviations[i]! * deviations[j]!))),
  );
  return lower && { deviations, lower };
};

const checkVector = (vector: readonly number[], variables: number | undefined): void => {
  if (!Array.isArray(vector) || vector.length === 0 || vector.length !== (variables ?? vector.length)) {
    const found = Array.isArray(vector) ? `${vector.length} values` : String(vector);
    throw new MikroBotError(
      'BAD_DATA',
      `a vector for a T² chart of ${variables ?? 'some'} variables is ${found}.`,
      { hint: 'Give an array with one value for every variable, always in the same order.' },
    );
  }
  checkValues(vector, 'a T² chart');
};

const estimate = (
  samples: readonly (readonly number[])[],
  confidence: number,
  given: number | undefined,
): Estimate<T2Design> => {
  const none = (note: Note): Estimate<T2Design> => ({ design: undefined, notes: [note] });
  const variables = given ?? samples[0]?.length;
  for (const sample of samples) checkVector(sample, variables);
  if (variables === undefined || samples.length === 0)
    return none({ code: 'EMPTY', detail: 'A T² chart was given no vectors.' });
  if (samples.length < variables + 2) {
    return none({
      code: 'NOT_ENOUGH_DATA',
      detail: `A T² chart of ${variables} variables needs at least ${variables + 2} vectors and was given ${samples.length}.`,
    });
  }
  const center = columnMeans(samples);
  const covariance = covarianceOf(samples, center);
  if (!factor(covariance)) {
    const still = covariance.findIndex((row, i) => row[i] === 0);
    return none({
      code: 'NO_SPREAD',
      detail:
        still >= 0
          ? `Variable ${still + 1} of ${variables} has no spread: leave it out of the T² chart.`
          : `One of the ${variables} variables follows from the others: leave it out of the T² chart.`,
    });
  }
  return { design: { center, covariance, vectors: samples.length, confidence }, notes: [] };
};

const judge = (
  given: T2Design,
  limitOf: typeof t2PhaseTwoLimit,
  { state }: RunningOptions = {},
): RunningChart<readonly number[], T2Point> => {
  const { center, covariance, vectors, confidence } = readSaved(
    designSchema,
    given,
    'the design of a T² chart',
  );
  const p = center.length;
  const parts = factor(covariance);
  if (!parts) {
    throw new MikroBotError(
      'BAD_DATA',
      `the covariance of a T² chart of ${p} variables cannot be inverted.`,
      {
        hint: 'Give back unchanged what phase I returned.',
      },
    );
  }
  const { deviations, lower } = parts;
  const upper = limitOf(vectors, p, confidence);
  // T² of p variables in control has about a chi-squared distribution.
  const limits = { center: p, lower: undefined, upper, sigma: Math.sqrt(2 * p) };
  const inverse = deviations.map((_, i) => {
    const column = solveLower(
      lower,
      deviations.map((__, j) => (i === j ? 1 : 0)),
    );
    return column.reduce((sum, entry) => sum + entry * entry, 0);
  });
  let index = state === undefined ? 0 : readSaved(stateSchema, state, 'the state of a T² chart').index;
  return {
    push(vector) {
      checkVector(vector, p);
      index++;
      const scaled = vector.map((value, i) => (value - center[i]!) / deviations[i]!);
      const half = solveLower(lower, scaled);
      const value = half.reduce((sum, entry) => sum + entry * entry, 0);
      const contributions = solveUpper(lower, half).map((entry, i) => (entry * entry) / inverse[i]!);
      return { index, value, limits, violations: value > upper ? ['t2'] : [], contributions };
    },
    state: () => ({ index }),
  };
};

/**
 * Hotelling's T² chart of individual vectors: measurements that belong together (latency, slippage and spread of one order) and
 * that may be unusual together while each is usual alone. It signals `'t2'` strictly beyond the limit.
 * Sources: Hotelling (1947); Tracy, Young and Mason (1992); Montgomery (7th ed.), section 11.3.
 * @throws `MikroBotError` `BAD_CONFIG` for a confidence or number of variables that is none.
 *
 * @example
 * ```ts
 * const { design } = phaseOne(t2Chart(), vectors);
 * const chart = t2Chart().running(design);
 * ```
 */
export const t2Chart = ({ confidence = 0.9973, variables }: T2Options = {}): T2Kind => {
  checkShare(confidence, 'the confidence of a T² chart');
  if (variables !== undefined) checkWhole(variables, 'the number of variables of a T² chart', 1);
  const kind = (name: string, limitOf: typeof t2PhaseTwoLimit) => ({
    name,
    estimate: (samples: readonly (readonly number[])[]) => estimate(samples, confidence, variables),
    running: (design: T2Design, options?: RunningOptions) => judge(design, limitOf, options),
  });
  return {
    ...kind('T²', t2PhaseTwoLimit),
    retrospective: kind('T² of phase I', t2PhaseOneLimit),
  };
};
