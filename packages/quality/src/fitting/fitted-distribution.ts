import { normalCdf, normalQuantile, normalTail } from '../distributions/normal.js';
import type { Note } from '../notes.js';

/** The families that can be fitted. `box-cox`: a power of the values is normal. `pearson-3`: a shifted gamma distribution. */
export type DistributionName =
  | 'normal'
  | 'lognormal'
  | 'exponential'
  | 'weibull'
  | 'box-cox'
  | 'pearson-3'
  | 'johnson-sn'
  | 'johnson-sl'
  | 'johnson-su'
  | 'johnson-sb'
  | 'empirical';

/** A distribution with the parameters that values gave it. Places `x` are in the unit of the values. */
export interface FittedDistribution {
  readonly name: DistributionName;
  /** By the names of the field; see the function that made the fit. */
  readonly parameters: Readonly<Record<string, number>>;
  /** P(X <= x). */
  cdf(x: number): number;
  /** P(X > x), relatively exact where it is tiny. */
  tail(x: number): number;
  /**
   * The x with P(X <= x) = p. At 0 and 1 it is where the family ends, which may be infinite.
   * @throws `MikroBotError` `BAD_DATA` for p outside 0 … 1.
   */
  quantile(p: number): number;
  /** Natural logarithm of the likelihood of the values that were fitted; undefined where there is no density. */
  readonly logLikelihood: number | undefined;
}

/** What fitting gave: a distribution, or the reason why there is none. */
export interface Fit {
  readonly distribution: FittedDistribution | undefined;
  readonly notes: readonly Note[];
}

/** How a spread is estimated: `'n'` is the maximum likelihood, `'n - 1'` the overall standard deviation of capability studies. */
export interface SpreadOptions {
  readonly denominator?: 'n' | 'n - 1';
}

/** A distribution of which a rising transform is standard normal. */
export const throughNormal = (
  family: Pick<FittedDistribution, 'name' | 'parameters' | 'logLikelihood'> & {
    /** Rising, from the place of a value to a standard normal deviate; infinite outside the family's range. */
    readonly toNormal: (x: number) => number;
    readonly fromNormal: (z: number) => number;
  },
): FittedDistribution => ({
  name: family.name,
  parameters: family.parameters,
  logLikelihood: family.logLikelihood,
  cdf: (x) => normalCdf(family.toNormal(x)),
  tail: (x) => normalTail(family.toNormal(x)),
  quantile: (p) => family.fromNormal(normalQuantile(p)),
});
