import { MikroBotError } from '@mikrobot/core';
import type { Note } from '../notes.js';
import { checkShare } from '../numeric/check.js';
import { andersonDarling } from './anderson-darling.js';
import { boxCoxTransform, fitBoxCox } from './box-cox.js';
import { empiricalDistribution } from './empirical.js';
import type { Fit, FittedDistribution } from './fitted-distribution.js';
import { fitLognormal, fitNormal } from './normal-fit.js';
import { sampleOf } from './samples.js';

/** What stands in for the normal distribution when that does not fit. */
export type Candidate = 'lognormal' | 'box-cox';

/** How a distribution is chosen. */
export interface ChoiceOptions {
  /** A distribution is refused when its p is below it; default 0.05. */
  readonly alpha?: number;
  /** What is tried when values are not normal; default both. None: straight to percentiles. */
  readonly candidates?: readonly Candidate[];
}

/** How one distribution stood the test. */
export interface CandidateTest {
  readonly name: 'normal' | Candidate;
  /** p of the Anderson-Darling test of the transformed values; undefined where it could not be run. */
  readonly p: number | undefined;
  /** A* of that test. */
  readonly adjusted: number | undefined;
  /** Akaike's criterion, 2 parameters - 2 log-likelihood: the smaller, the better. */
  readonly aic: number | undefined;
  readonly fits: boolean;
  /** Why it fits or does not. */
  readonly reason: string;
}

/** A distribution for values, and why this one. */
export interface DistributionChoice {
  readonly chosen: 'normal' | Candidate | 'empirical' | undefined;
  /** Undefined only where there are no values, or no two different ones. */
  readonly distribution: FittedDistribution | undefined;
  /** p of the chosen one's Anderson-Darling test; undefined for percentiles, and where values are too few to test. */
  readonly p: number | undefined;
  readonly alpha: number;
  /** A sentence for the report. */
  readonly reason: string;
  /** Everything that was tried, in that order. */
  readonly tried: readonly CandidateTest[];
  readonly notes: readonly Note[];
}

/** A fit, the values as it makes them normal, and how many parameters it took from them. */
interface Try {
  readonly fit: Fit;
  readonly transform: (x: number) => number;
  readonly parameters: number;
}

// The spread is that of capability studies, n - 1, so that the percentiles of a normal one are mean ± 3 s to the last digit.
const spread = { denominator: 'n - 1' } as const;

const tries: Readonly<Record<CandidateTest['name'], (values: Float64Array) => Try>> = {
  normal: (values) => ({ fit: fitNormal(values, spread), transform: (x) => x, parameters: 2 }),
  lognormal: (values) => ({ fit: fitLognormal(values, spread), transform: Math.log, parameters: 2 }),
  'box-cox': (values) => {
    const fit = fitBoxCox(values, spread);
    const { lambda = 1, scale = 1 } = fit.distribution?.parameters ?? {};
    return { fit, transform: (x) => boxCoxTransform(x / scale, lambda), parameters: 3 };
  },
};

const shown = (p: number): string => (p < 0.0001 ? 'below 0.0001' : p.toFixed(4));

interface Tested {
  readonly test: CandidateTest;
  readonly distribution: FittedDistribution | undefined;
  readonly notes: readonly Note[];
}

const tryOne = (name: CandidateTest['name'], values: Float64Array, alpha: number): Tested => {
  const { fit, transform, parameters } = tries[name](values);
  const { distribution } = fit;
  const refused = (reason: string): Tested => ({
    test: { name, p: undefined, adjusted: undefined, aic: undefined, fits: false, reason },
    distribution,
    notes: fit.notes,
  });
  if (!distribution) return refused(fit.notes.map((note) => note.detail).join(' '));
  const { p, adjusted, notes } = andersonDarling(values.map(transform));
  if (p === undefined || adjusted === undefined) return refused(notes.map((note) => note.detail).join(' '));
  const { logLikelihood } = distribution;
  const aic = logLikelihood === undefined ? undefined : 2 * parameters - 2 * logLikelihood;
  // A power whose transform ends before 3 sigma has no such percentile, and no capability could be told from it.
  const ends = [0.00135, 0.99865].some((share) => !Number.isFinite(distribution.quantile(share)));
  const fits = p >= alpha && !ends;
  const against = `p is ${shown(p)}, ${p >= alpha ? 'not ' : ''}below ${alpha}`;
  const reason = ends ? `${against}, but its 0.135 % or 99.865 % point is infinite` : against;
  return { test: { name, p, adjusted, aic, fits, reason: `${reason}.` }, distribution, notes: fit.notes };
};

const standIn = (
  sorted: Float64Array,
  normal: Tested,
  candidates: readonly Candidate[],
  alpha: number,
): DistributionChoice => {
  const others = candidates.map((name) => tryOne(name, sorted, alpha));
  const tried = [normal, ...others].map(({ test }) => test);
  const [best] = others
    .filter(({ test }) => test.fits)
    .sort((a, b) => (a.test.aic ?? Infinity) - (b.test.aic ?? Infinity));
  const refusal = `Anderson-Darling refuses the normal distribution (p ${shown(normal.test.p ?? 0)})`;
  if (best) {
    const { name, p } = best.test;
    const reason = `${refusal}; ${name} is the best that passes: ${best.test.reason}`;
    const notes: readonly Note[] = [{ code: 'NOT_NORMAL', detail: reason }, ...best.notes];
    return { chosen: name, distribution: best.distribution, p, alpha, reason, tried, notes };
  }
  const reason = `${refusal}${others.map(({ test }) => `, ${test.name} fails (${test.reason.slice(0, -1)})`).join('')}; percentiles of the values are used.`;
  const { distribution } = empiricalDistribution(sorted);
  const notes: readonly Note[] = [{ code: 'NOT_NORMAL', detail: reason }];
  return { chosen: 'empirical', distribution, p: undefined, alpha, reason, tried, notes };
};

/**
 * Chooses the distribution that a study of values can stand on: the normal one if Anderson-Darling does not refuse it; else, of
 * the candidates whose transformed values pass the same test, the one of the smallest AIC (a power must earn its extra
 * parameter); else the percentiles of the values themselves. Below 8 values nothing can be tested: the normal distribution is
 * taken, and a note says so.
 *
 * That a power was fitted to the same values makes its p somewhat too large (Box and Cox, 1964): read it as a bound.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite; `BAD_CONFIG` for options that make no sense.
 *
 * @example
 * ```ts
 * const { chosen, p, reason, distribution } = chooseDistribution(latencies);
 * const worst = distribution?.quantile(0.99865);
 * ```
 */
export const chooseDistribution = (
  values: ArrayLike<number>,
  { alpha = 0.05, candidates = ['lognormal', 'box-cox'] }: ChoiceOptions = {},
): DistributionChoice => {
  checkShare(alpha, 'alpha');
  for (const name of candidates) {
    if (Object.hasOwn(tries, name) && (name as string) !== 'normal') continue;
    throw new MikroBotError('BAD_CONFIG', `there is no candidate distribution '${String(name)}'.`, {
      hint: "Candidates are 'lognormal' and 'box-cox'; the normal distribution is always tried first.",
    });
  }
  const { n, sorted } = sampleOf(values, 'the choice of a distribution');
  const normal = tryOne('normal', sorted, alpha);
  const nothing = (notes: readonly Note[]): DistributionChoice => ({
    chosen: undefined,
    distribution: undefined,
    p: undefined,
    alpha,
    reason: normal.test.reason,
    tried: [normal.test],
    notes,
  });
  if (!normal.distribution) return nothing(normal.notes);
  if (normal.test.p === undefined) {
    const reason = `${n} values are too few to test; the normal distribution is assumed.`;
    const { distribution } = normal;
    const notes: readonly Note[] = [{ code: 'NOT_ENOUGH_DATA', detail: reason }];
    return { chosen: 'normal', distribution, p: undefined, alpha, reason, tried: [normal.test], notes };
  }
  if (normal.test.fits) {
    const { distribution } = normal;
    const { p } = normal.test;
    const reason = `Anderson-Darling does not refuse the normal distribution: ${normal.test.reason}`;
    return { chosen: 'normal', distribution, p, alpha, reason, tried: [normal.test], notes: [] };
  }
  return standIn(sorted, normal, candidates, alpha);
};
