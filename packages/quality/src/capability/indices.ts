import { studentTailQuantile } from '../distributions/student-t.js';
import { bissellError, boylesDegrees, chiSquaredEnds, type Ends, normalEnds } from './intervals.js';
import { type CapabilityIndices, type IndexEstimate, noIndices, type Spread } from './result.js';
import type { ScaledSpecification } from './scale.js';

/** Where the values lie between their limits, all on the scale of the method. */
export interface Located {
  readonly center: number;
  /** How many independent values know as much about the center. */
  readonly n: number;
  readonly limits: ScaledSpecification;
  readonly confidence: number;
}

const finite = (x: number | undefined): number | undefined =>
  x !== undefined && Number.isFinite(x) ? x : undefined;

/** An index with its interval and bound. @param ends - undefined, or not finite, when too few values are there for them */
export const estimateOf = (value: number, ends: Ends | undefined, confidence: number): IndexEstimate => {
  const two = ends?.((1 - confidence) / 2);
  return {
    value,
    lower: finite(two?.lower),
    upper: finite(two?.upper),
    lowerBound: finite(ends?.(1 - confidence).lower),
  };
};

/** The smaller one, or the only one. */
export const nearer = (
  lower: IndexEstimate | undefined,
  upper: IndexEstimate | undefined,
): IndexEstimate | undefined => {
  if (lower === undefined || upper === undefined) return lower ?? upper;
  return lower.value < upper.value ? lower : upper;
};

interface Family {
  readonly both: IndexEstimate | undefined;
  readonly lower: IndexEstimate | undefined;
  readonly upper: IndexEstimate | undefined;
  readonly nearest: IndexEstimate | undefined;
  readonly target: IndexEstimate | undefined;
  readonly nearestTarget: IndexEstimate | undefined;
  readonly ratio: IndexEstimate | undefined;
}

const invert =
  (ends: Ends): Ends =>
  (tail) => {
    const { lower, upper } = ends(tail);
    return { lower: 1 / upper, upper: 1 / lower };
  };

/**
 * The asymptotic error of Cpmk (S.-M. Chen and N.-F. Hsu, 1995), by the derivatives for mean and variance.
 * @param side - -1 when the upper limit is the nearer one
 */
const cpmkError = (cpmk: number, offset: number, side: 1 | -1, n: number, df: number): number => {
  const tau = Math.hypot(1, offset);
  const slope = side / (3 * tau) - (cpmk * offset) / (tau * tau);
  return Math.sqrt((slope * slope) / n + cpmk ** 2 / (2 * df * tau ** 4));
};

const familyOf = ({ sigma, degreesOfFreedom: df }: Spread, located: Located): Family => {
  const { center, n, limits, confidence } = located;
  const { lower, upper, target } = limits;
  // There is no interval without at least something of a degree of freedom.
  const known = df > 0 && n > 0;
  const say = (value: number, ends: () => Ends): IndexEstimate =>
    estimateOf(value, known ? ends() : undefined, confidence);
  const bissell = (value: number): IndexEstimate =>
    say(value, () => normalEnds(value, bissellError(value, n, df)));
  const toLower = lower === undefined ? undefined : bissell((center - lower) / (3 * sigma));
  const toUpper = upper === undefined ? undefined : bissell((upper - center) / (3 * sigma));
  const nearest = nearer(toLower, toUpper);
  const one = { lower: toLower, upper: toUpper, nearest };
  if (lower === undefined || upper === undefined || nearest === undefined) {
    return { ...one, both: undefined, target: undefined, nearestTarget: undefined, ratio: undefined };
  }
  const cp = (upper - lower) / (6 * sigma);
  const ends = () => chiSquaredEnds(cp, df);
  const two = { both: say(cp, ends), ratio: say(1 / cp, () => invert(ends())) };
  if (target === undefined) return { ...one, ...two, target: undefined, nearestTarget: undefined };
  const offset = (center - target) / sigma;
  const tau = Math.hypot(1, offset);
  const cpm = cp / tau;
  // Boyles counts n of a variance about the target; a sigma known less well than by n - 1 counts for less.
  const worth = Math.min(n, df + 1);
  const cpmk = nearest.value / tau;
  const side = nearest === toUpper ? -1 : 1;
  return {
    ...one,
    ...two,
    target: say(cpm, () => chiSquaredEnds(cpm, boylesDegrees(worth, offset))),
    nearestTarget: say(cpmk, () => normalEnds(cpmk, cpmkError(cpmk, offset, side, n, df))),
  };
};

const offCentre = (spread: Spread, { center, n, limits, confidence }: Located): IndexEstimate | undefined => {
  const { lower, upper } = limits;
  if (lower === undefined || upper === undefined) return undefined;
  const distance = Math.abs((lower + upper) / 2 - center);
  const half = (upper - lower) / 2;
  const { sigma, degreesOfFreedom: df } = spread;
  const ends: Ends = (tail) => {
    const reach = (studentTailQuantile(tail, df) * sigma) / Math.sqrt(n);
    return { lower: Math.max(0, distance - reach) / half, upper: (distance + reach) / half };
  };
  return estimateOf(distance / half, df > 0 && n > 0 ? ends : undefined, confidence);
};

/**
 * All indices of normal values. Sources: V. E. Kane (1986) for Cp, Cpl, Cpu, Cpk and k; L. K. Chan, S. W. Cheng and F. A. Spiring
 * (1988) for Cpm; W. L. Pearn, S. Kotz and N. L. Johnson (1992) for Cpmk; intervals as `intervals.ts` says, those of Cpmk by Chen
 * and Hsu (1995) and of k by Student's t of the mean.
 */
export const normalIndices = (
  within: Spread | undefined,
  overall: Spread | undefined,
  located: Located,
): CapabilityIndices => {
  const short = within === undefined ? undefined : familyOf(within, located);
  const long = overall === undefined ? undefined : familyOf(overall, located);
  return {
    ...noIndices,
    cp: short?.both,
    cpl: short?.lower,
    cpu: short?.upper,
    cpk: short?.nearest,
    cpm: short?.target,
    cpmk: short?.nearestTarget,
    cr: short?.ratio,
    k: overall === undefined ? undefined : offCentre(overall, located),
    pp: long?.both,
    ppl: long?.lower,
    ppu: long?.upper,
    ppk: long?.nearest,
    ppm: long?.target,
  };
};
