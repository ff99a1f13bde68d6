import type { Note } from '../notes.js';
import type { Specification } from '../specification.js';
import type { Verdict } from './verdict.js';

/** The indices by their names in the field. */
export const indexNames = [
  'cp',
  'cpl',
  'cpu',
  'cpk',
  'cpm',
  'cpmk',
  'cr',
  'k',
  'pp',
  'ppl',
  'ppu',
  'ppk',
  'ppm',
] as const;
/** One of {@link indexNames}. */
export type IndexName = (typeof indexNames)[number];

/** An index and how well it is known. */
export interface IndexEstimate {
  readonly value: number;
  /** Of the two-sided interval; undefined where there are too few values for one. */
  readonly lower: number | undefined;
  readonly upper: number | undefined;
  /** One-sided at the same confidence: nearer to the value than `lower`, since all of the doubt lies on its side. */
  readonly lowerBound: number | undefined;
}

/**
 * `cp`, `cpl`, `cpu`, `cpk`: with the within sigma. `pp`, `ppl`, `ppu`, `ppk`: with the overall sigma. `cpm`, `cpmk`, `ppm`: the
 * distance from the target counted as spread. `cr`: 1 / Cp. `k`: the distance of the mean from the middle of the limits, in halves
 * of the tolerance. Undefined where a limit or sigma that the index needs is not there; a note says which.
 */
export type CapabilityIndices = Readonly<Record<IndexName, IndexEstimate | undefined>>;

/** An estimate of sigma. */
export interface Spread {
  /** On the scale of the method; above 0. */
  readonly sigma: number;
  /** How it was made: `'pooled'`, `'moving-range'`, `'overall'` … */
  readonly estimator: string;
  /** How well it is known: after correction for autocorrelation. */
  readonly degreesOfFreedom: number;
}

/** Shares of values, 0 to 1, beyond the limits. Undefined at a side without a limit. */
export interface Fallout {
  readonly below: number | undefined;
  readonly above: number | undefined;
  readonly total: number | undefined;
}

/**
 * How indices were made. `normal`: from mean and sigma of the values. `lognormal`, `box-cox`: the same from their logarithms or
 * powers, with the limits changed alike. `percentile`: from the 0.135, 50 and 99.865 % points of a distribution (ISO 22514-4).
 */
export type CapabilityMethod = 'normal' | 'lognormal' | 'box-cox' | 'percentile';

/** Which distribution the figures stand on, and why. */
export interface DistributionWord {
  /** `'normal'`, `'lognormal'`, `'box-cox'`, `'empirical'` …; undefined when there was nothing to judge. */
  readonly name: string | undefined;
  readonly parameters: Readonly<Record<string, number>>;
  /** p of the test whether the values themselves are normal; undefined where it could not be run. */
  readonly normalP: number | undefined;
  /** p of the test of the distribution that was used; undefined for percentiles of the values. */
  readonly p: number | undefined;
  /** Which test spoke: Anderson-Darling where all values are at hand, Jarque-Bera where only their moments are. */
  readonly test: 'anderson-darling' | 'jarque-bera' | undefined;
  /** A sentence for the report. */
  readonly reason: string;
}

/** What a capability study found. Plain readonly data. */
export interface CapabilityResult {
  readonly specification: Specification;
  readonly confidence: number;
  readonly method: CapabilityMethod;
  readonly n: number;
  /** How many independent values know as much about the mean; n unless neighbours depend on each other. */
  readonly effectiveN: number;
  /** Of the values, in their unit; undefined without any. */
  readonly mean: number | undefined;
  /** What indices are measured from, on the scale of the method: the mean there, or the median for `percentile`. */
  readonly center: number | undefined;
  /** Short-term sigma; undefined where none can be made, with a note. */
  readonly within: Spread | undefined;
  /** The standard deviation of all values; undefined where there is no spread, with a note. */
  readonly overall: Spread | undefined;
  readonly indices: CapabilityIndices;
  /** What the distribution promises: with the within sigma, and with the overall one. */
  readonly expected: { readonly within: Fallout; readonly overall: Fallout };
  /** What was counted. */
  readonly observed: Fallout;
  /** Both tails of the expected fallout put together into one, in sigmas; undefined where it is 0 or 1. */
  readonly zBench: { readonly within: number | undefined; readonly overall: number | undefined };
  readonly distribution: DistributionWord;
  /** At lag 1; undefined where it could not be measured. */
  readonly autocorrelation: number | undefined;
  /** Undefined unless a minimum was asked for. */
  readonly verdict: Verdict | undefined;
  readonly notes: readonly Note[];
}

/** Nothing is known of any index. */
export const noIndices: CapabilityIndices = {
  cp: undefined,
  cpl: undefined,
  cpu: undefined,
  cpk: undefined,
  cpm: undefined,
  cpmk: undefined,
  cr: undefined,
  k: undefined,
  pp: undefined,
  ppl: undefined,
  ppu: undefined,
  ppk: undefined,
  ppm: undefined,
};

/** Nothing is known of what lies beyond the limits. */
export const noFallout: Fallout = { below: undefined, above: undefined, total: undefined };

/** Shares beyond the limits that there are. */
export const falloutOf = (below: number | undefined, above: number | undefined): Fallout => ({
  below,
  above,
  total: below === undefined && above === undefined ? undefined : Math.min(1, (below ?? 0) + (above ?? 0)),
});
