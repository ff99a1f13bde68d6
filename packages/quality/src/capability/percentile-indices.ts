import { binomialQuantile } from '../distributions/discrete.js';
import { normalCdf } from '../distributions/normal.js';
import type { FittedDistribution } from '../fitting/fitted-distribution.js';
import { quantile } from '../fitting/quantile.js';
import type { Note } from '../notes.js';
import type { Specification } from '../specification.js';
import { estimateOf, nearer } from './indices.js';
import { type Ends, normalEnds } from './intervals.js';
import { type CapabilityIndices, type IndexEstimate, noIndices } from './result.js';

/** The normal deviates of the 0.135, 50 and 99.865 % points, as ISO 22514-4 has them: 3 sigma to both sides. */
const deviates = [-3, 0, 3] as const;

interface Points {
  readonly low: number;
  readonly middle: number;
  readonly high: number;
}

interface Sides {
  readonly both: number | undefined;
  readonly lower: number | undefined;
  readonly upper: number | undefined;
}

const sidesOf = ({ lower, upper }: Specification, { low, middle, high }: Points): Sides => ({
  both: lower === undefined || upper === undefined ? undefined : (upper - lower) / (high - low),
  lower: lower === undefined ? undefined : (middle - lower) / (middle - low),
  upper: upper === undefined ? undefined : (upper - middle) / (high - middle),
});

const named = (
  both: IndexEstimate | undefined,
  lower: IndexEstimate | undefined,
  upper: IndexEstimate | undefined,
): CapabilityIndices => ({ ...noIndices, pp: both, ppl: lower, ppu: upper, ppk: nearer(lower, upper) });

/** What percentiles gave. */
export interface PercentileIndices {
  readonly indices: CapabilityIndices;
  /** The median. */
  readonly center: number | undefined;
  readonly notes: readonly Note[];
}

/** Small beside a sigma, large beside the rounding of a quantile. */
const STEP = 1e-4;

/**
 * Ppl, Ppu, Ppk and Pp of a fitted distribution by its percentiles: `Ppu = (U - q50) / (q99.865 - q50)` (ISO 22514-4, section on
 * non-normal distributions; Clements, 1989). Intervals by the delta method: the distribution is a function of a normal deviate,
 * whose mean and sigma have the errors `sigma / sqrt(n)` and `sigma / sqrt(2 df)`. For a normal distribution that is Bissell's
 * formula. That further parameters (a power) were fitted is not counted.
 * @param n - independent values for the mean
 * @param df - degrees of freedom of sigma
 */
export const fittedPercentileIndices = (
  distribution: FittedDistribution,
  specification: Specification,
  confidence: number,
  n: number,
  df: number,
): PercentileIndices => {
  const pointsAt = (shift: number, stretch: number): Points => {
    const [low, middle, high] = deviates.map((z) => distribution.quantile(normalCdf(shift + stretch * z)));
    return { low: low!, middle: middle!, high: high! };
  };
  const at = (shift: number, stretch: number): Sides => sidesOf(specification, pointsAt(shift, stretch));
  const sides = at(0, 1);
  const [left, right, narrow, wide] = [at(-STEP, 1), at(STEP, 1), at(0, 1 - STEP), at(0, 1 + STEP)];
  const estimate = (of: (sides: Sides) => number | undefined): IndexEstimate | undefined => {
    const value = of(sides);
    if (value === undefined || !Number.isFinite(value)) return undefined;
    const slopeOfMean = (of(right)! - of(left)!) / (2 * STEP);
    const slopeOfSigma = (of(wide)! - of(narrow)!) / (2 * STEP);
    const error = Math.sqrt(slopeOfMean ** 2 / n + slopeOfSigma ** 2 / (2 * df));
    return estimateOf(
      value,
      df > 0 && Number.isFinite(error) ? normalEnds(value, error) : undefined,
      confidence,
    );
  };
  const { both, lower, upper } = {
    both: estimate((s) => s.both),
    lower: estimate((s) => s.lower),
    upper: estimate((s) => s.upper),
  };
  const open = [specification.lower, specification.upper].some((limit, i) => {
    return limit !== undefined && [lower, upper][i] === undefined;
  });
  const detail =
    'The 0.135 or 99.865 % point of the distribution is infinite, so that no index can be measured by it.';
  const notes: readonly Note[] = open ? [{ code: 'AT_BOUND', detail }] : [];
  return { indices: named(both, lower, upper), center: pointsAt(0, 1).middle, notes };
};

/** An interval of a percentile by order statistics; undefined ends lie beyond the extreme values. */
const percentileEnds = (sorted: Float64Array, p: number, effective: number, tail: number) => {
  const n = sorted.length;
  const m = Math.max(1, Math.floor(effective));
  const low = binomialQuantile(tail, m, p);
  const high = binomialQuantile(1 - tail, m, p) + 1;
  // Ranks among fewer independent values are shares of all values.
  const at = (rank: number): number | undefined => sorted[rank - 1];
  return {
    lower: low < 1 ? undefined : at(Math.max(1, Math.floor((low / m) * n))),
    upper: high > m ? undefined : at(Math.min(n, Math.ceil((high / m) * n))),
  };
};

/**
 * Ppl, Ppu, Ppk and Pp by the percentiles of the values themselves, for those that no distribution fits. Intervals assume nothing:
 * from intervals of the percentiles by order statistics (H. A. David and H. N. Nagaraja, Order Statistics, 2003), each at half
 * of the doubt (Bonferroni), so that they cover at least the confidence. Their lower ends need 3,244 independent values at 95 %.
 * @param sorted - in rising order
 * @param effective - independent values
 */
export const empiricalPercentileIndices = (
  sorted: Float64Array,
  specification: Specification,
  confidence: number,
  effective: number,
): PercentileIndices => {
  const shares = deviates.map((z) => normalCdf(z));
  const [low, middle, high] = shares.map((p) => quantile(sorted, p));
  if (low === undefined || middle === undefined || high === undefined || !(low < middle && middle < high)) {
    const detail =
      'Half of the tail between median and 99.865 or 0.135 % point is one value: no index can be measured in it.';
    return { indices: noIndices, center: middle, notes: [{ code: 'NO_SPREAD', detail }] };
  }
  const values = sidesOf(specification, { low, middle, high });
  const { lower, upper } = specification;
  /** (limit - median) / (far - median), with every end of both intervals; turned around for the lower limit. */
  const sideEnds =
    (limit: number, share: number, sign: 1 | -1): Ends =>
    (tail) => {
      const far = percentileEnds(sorted, share, effective, tail / 2);
      const mid = percentileEnds(sorted, 0.5, effective, tail / 2);
      const [outer, inner] = sign === 1 ? [far.upper, far.lower] : [far.lower, far.upper];
      const candidates = (place: number | undefined): number[] =>
        place === undefined
          ? [0]
          : [mid.lower, mid.upper].map((m) => (m === undefined ? Number.NaN : (limit - m) / (place - m)));
      // An index below 0 comes nearer to it as the far point goes out, one above 0 too: both places count for both ends.
      const all = [...candidates(inner), ...candidates(outer)];
      return {
        lower: outer === undefined ? Number.NaN : Math.min(...all),
        upper: inner === undefined ? Number.NaN : Math.max(...all),
      };
    };
  const bothEnds =
    (width: number): Ends =>
    (tail) => {
      const below = percentileEnds(sorted, shares[0]!, effective, tail / 2);
      const above = percentileEnds(sorted, shares[2]!, effective, tail / 2);
      const wide = (above.upper ?? Number.NaN) - (below.lower ?? Number.NaN);
      return {
        lower: width / wide,
        upper: width / ((above.lower ?? Number.NaN) - (below.upper ?? Number.NaN)),
      };
    };
  const say = (value: number | undefined, ends: Ends): IndexEstimate | undefined =>
    value === undefined ? undefined : estimateOf(value, ends, confidence);
  const indices = named(
    values.both === undefined ? undefined : say(values.both, bothEnds(upper! - lower!)),
    lower === undefined ? undefined : say(values.lower, sideEnds(lower, shares[0]!, -1)),
    upper === undefined ? undefined : say(values.upper, sideEnds(upper, shares[2]!, 1)),
  );
  const open = indices.ppk !== undefined && indices.ppk.lower === undefined;
  const notes: readonly Note[] = open
    ? [
        {
          code: 'NOT_ENOUGH_DATA',
          detail: `${Math.floor(effective)} independent values do not bound the 0.135 and 99.865 % points from outside, so that Ppk has no lower bound.`,
        },
      ]
    : [];
  return { indices, center: middle, notes };
};
