import { checkFinite, checkWhole } from '../numeric/check.js';
import type { CapabilityResult, IndexName } from './result.js';

/** What is asked of a process. */
export interface VerdictOptions {
  /** Of the index: 1.33, 1.67, 2 … */
  readonly minimum: number;
  /** Fewer effective values than this are never enough; a whole number, default 30. */
  readonly minimumCount?: number | undefined;
  /**
   * Default `cpk`; `ppk` where the within sigma is not to be trusted, because neighbours depend on each other, or is not there
   * (percentiles, moments alone).
   */
  readonly index?: Exclude<IndexName, 'cr' | 'k'> | undefined;
}

/** The outcomes of a verdict. */
export type VerdictOutcome = 'capable' | 'not capable' | 'not enough data';

/** A judgement that can be acted upon. */
export interface Verdict {
  readonly outcome: VerdictOutcome;
  /** Which index was judged. */
  readonly index: IndexName;
  readonly minimum: number;
  /** The two-sided interval that decided. */
  readonly lower: number | undefined;
  readonly upper: number | undefined;
  /** A sentence with the numbers. */
  readonly reason: string;
}

const indexOf = ({ indices, notes }: CapabilityResult): Exclude<IndexName, 'cr' | 'k'> =>
  indices.cpk === undefined || notes.some(({ code }) => code === 'AUTOCORRELATED') ? 'ppk' : 'cpk';

/**
 * Judges a process by the interval of its index, never by the estimate:
 * - `not enough data` when there are fewer than `minimumCount` effective values, or the index has no interval
 * - `capable` when the lower end is at least the minimum
 * - `not capable` when the upper end is below the minimum
 * - `not enough data` in between: more values would decide
 *
 * At a confidence of 95 % each of the first two is wrong at most one time in 40, as far as the interval covers what it should.
 * @throws `MikroBotError` `BAD_CONFIG` when the minimum is not finite or the count is not whole.
 *
 * @example
 * ```ts
 * verdict(capability(slippages, { specification: { upper: 3 } }), { minimum: 1.33 }).outcome;
 * ```
 */
export const verdict = (
  result: Omit<CapabilityResult, 'verdict'>,
  { minimum, minimumCount = 30, index: asked }: VerdictOptions,
): Verdict => {
  checkFinite(minimum, 'the minimum of a verdict');
  checkWhole(minimumCount, 'the minimum count of a verdict', 0);
  const index = asked ?? indexOf({ ...result, verdict: undefined });
  const { lower, upper, value } = result.indices[index] ?? {};
  const judged = (outcome: VerdictOutcome, reason: string): Verdict => ({
    outcome,
    index,
    minimum,
    lower,
    upper,
    reason,
  });
  const { effectiveN } = result;
  if (effectiveN < minimumCount) {
    return judged(
      'not enough data',
      `${effectiveN.toFixed(0)} effective values are fewer than ${minimumCount}.`,
    );
  }
  if (value === undefined) return judged('not enough data', `There is no ${index}; the notes say why.`);
  if (lower !== undefined && lower >= minimum) {
    return judged('capable', `The lower end ${lower.toFixed(3)} of ${index} is not below ${minimum}.`);
  }
  if (upper !== undefined && upper < minimum) {
    return judged('not capable', `The upper end ${upper.toFixed(3)} of ${index} is below ${minimum}.`);
  }
  const [low, high] = [lower, upper].map((end) => (end === undefined ? 'an unknown end' : end.toFixed(3)));
  return judged('not enough data', `${index} lies between ${low} and ${high}, which leaves ${minimum} open.`);
};
