import { type Answer, type Answers, type GoldenCheck, NONE } from '@mikrobot/golden';
import { capability } from '../../capability/capability.js';
import { capabilityFromMoments } from '../../capability/capability-from-moments.js';
import {
  bissellInterval,
  bissellLowerBound,
  cpInterval,
  cpmInterval,
  exactInterval,
  heavlinInterval,
} from '../../capability/intervals.js';
import type { IndexEstimate } from '../../capability/result.js';
import { type IndividualsMethod, rangeOf, type WithinMethod } from '../../capability/sigma.js';
import type { GivenSigma, WithinOption } from '../../capability/within-spread.js';
import { dataset, groupsOf } from './datasets.js';
import type { Solver } from './solver.js';

type Inputs = GoldenCheck['inputs'];
type Groups = readonly (readonly number[])[];

const isNested = (data: readonly unknown[]): data is Groups => Array.isArray(data[0]);

const samplesOf = (
  inputs: Inputs,
): { readonly values: readonly number[]; readonly subgroups: Groups | undefined } => {
  const found = Array.isArray(inputs.data) ? (inputs.data as unknown[]) : undefined;
  const groups: Groups = found
    ? isNested(found)
      ? found
      : (found as number[]).map((x) => [x])
    : groupsOf(dataset(String(inputs.dataset))!.phaseOne);
  const single = groups.every(({ length }) => length === 1);
  return { values: groups.flat(), subgroups: single ? undefined : groups };
};

const average = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;

/** A check may name the d2 its reference rounded: with it the digits are the same, also of the fallout far out. */
const withRoundedD2 = (d2: number, values: readonly number[], subgroups: Groups | undefined): GivenSigma => {
  const moving = values.slice(1).map((x, i) => Math.abs(x - values[i]!));
  return {
    sigma: average(subgroups ? subgroups.map(rangeOf) : moving) / d2,
    degreesOfFreedom: values.length - 1,
  };
};

/** Which sigma is meant by words such as `"Rbar/d2 exact (2.3259289...)"`. */
const withinOf = (text: string, values: readonly number[], subgroups: Groups | undefined): WithinOption => {
  const rounded = /exact/.test(text) ? undefined : /d2 ?= ?(\d\.\d+)/.exec(text)?.[1];
  if (rounded !== undefined) return withRoundedD2(Number(rounded), values, subgroups);
  const names: readonly (readonly [RegExp, WithinMethod, IndividualsMethod])[] = [
    [/MVLUE-R/i, 'weighted-range', 'moving-range'],
    [/MVLUE-SD/i, 'weighted-deviation', 'deviation'],
    [/RMSDF|mean var|pooled/i, 'pooled', 'deviation'],
    [/median/i, 'range', 'median-moving-range'],
    [/UWAVE-R|Rbar|\bMR|R_i/i, 'range', 'moving-range'],
    [/UWAVE-SD|Sbar|S_i|\bsd\b/i, 'deviation', 'deviation'],
  ];
  const named = names.find(([pattern]) => pattern.test(text));
  if (named === undefined) throw new Error(`Nothing here knows the sigma '${text}'.`);
  return subgroups === undefined ? named[2] : named[1];
};

/**
 * Capability as qcc reports it. Its conventions beside those here: n - 1 degrees of freedom whatever made sigma; the limits of
 * Cpl and Cpu are one-sided bounds each, at the confidence; Cpm has Boyles's degrees of freedom without their square.
 */
const qcc: Solver = ({ inputs, expect }) => {
  if (!('indices' in expect && 'sdMethod' in inputs)) return undefined;
  const { values, subgroups } = samplesOf(inputs);
  const confidence = (inputs.confidence ?? 0.95) as number;
  const { LSL, USL, target } = inputs;
  const specification = {
    lower: typeof LSL === 'number' ? LSL : undefined,
    upper: typeof USL === 'number' ? USL : undefined,
    target: typeof target === 'number' ? target : undefined,
  };
  const result = capability(subgroups ?? values, {
    specification,
    confidence,
    within: withinOf(String(inputs.sdMethod), values, subgroups),
    method: 'normal',
    autocorrelation: 'ignore',
    degreesOfFreedom: 'total',
  });
  const { n, indices, within, overall } = result;
  const plain = (index: IndexEstimate | undefined): Answer =>
    index ? [index.value, index.lower, index.upper] : NONE;
  const oneSided = (index: IndexEstimate | undefined): Answer => {
    if (index === undefined) return NONE;
    const { lower, upper } = bissellInterval(index.value, n, { confidence: 2 * confidence - 1 });
    return [index.value, lower, upper];
  };
  const { lower = 0, upper = 0 } = specification;
  const goal = specification.target ?? (lower + upper) / 2;
  const taguchi = (index: IndexEstimate | undefined, sigma: number): Answer => {
    if (index === undefined) return NONE;
    const offset = (result.center! - goal) / sigma;
    const degreesOfFreedom = (n * (1 + offset ** 2)) / (1 + 2 * offset ** 2);
    const ends = cpmInterval(index.value, n, offset, { confidence, degreesOfFreedom });
    return [index.value, ends.lower, ends.upper];
  };
  const percent = (share: number | undefined): Answer => (share === undefined ? NONE : 100 * share);
  return {
    center: result.mean,
    sdWithin: within!.sigma,
    sdOverall: overall!.sigma,
    n,
    indices: {
      Cp: plain(indices.cp),
      Cpl: oneSided(indices.cpl),
      Cpu: oneSided(indices.cpu),
      Cpk: plain(indices.cpk),
      Cpm: taguchi(indices.cpm, within!.sigma),
      Pp: plain(indices.pp),
      Ppl: oneSided(indices.ppl),
      Ppu: oneSided(indices.ppu),
      Ppk: plain(indices.ppk),
      Ppm: taguchi(indices.ppm, overall!.sigma),
    },
    expBelowLSLpct: percent(result.expected.within.below),
    expAboveUSLpct: percent(result.expected.within.above),
    obsBelowLSLpct: percent(result.observed.below),
    obsAboveUSLpct: percent(result.observed.above),
  };
};

const intervals: Solver = ({ inputs, expect }) => {
  if (!('bissell' in expect && 'heavlin' in expect)) return undefined;
  const n = inputs.n as number;
  const cpk = inputs.cpk as number;
  const confidence = inputs.confidence as number;
  const ends = ({ lower, upper }: { readonly lower: number; readonly upper: number }) => [lower, upper];
  return {
    bissell: ends(bissellInterval(cpk, n, { confidence })),
    heavlin: ends(heavlinInterval(cpk, n, { confidence })),
    cpChiSq: ends(cpInterval(cpk, n, { confidence })),
    bissellOneSidedLower95: bissellLowerBound(cpk, n, { confidence: 0.95 }),
    exactOneSidedCpu: ends(exactInterval(cpk, n, { confidence })),
  };
};

/** Indices of a mean and a sigma that are given, as in handbooks: n says nothing of them. */
const ofParameters: Solver = ({ inputs, expect }) => {
  if (!('mean' in inputs && 'sd' in inputs && 'Cpmk' in expect)) return undefined;
  const sigma = inputs.sd as number;
  const { indices } = capabilityFromMoments(
    {
      n: 1_000_000,
      mean: inputs.mean as number,
      deviation: sigma,
      movingRange: (2 * sigma) / Math.sqrt(Math.PI),
    },
    {
      specification: {
        lower: inputs.LSL as number,
        upper: inputs.USL as number,
        target: inputs.target as number,
      },
    },
  );
  const { cp, cr, cpu, cpl, cpk, k, cpm, cpmk } = indices;
  return {
    Cp: cp?.value,
    Cr: cr?.value,
    Cpu: cpu?.value,
    Cpl: cpl?.value,
    Cpk: cpk?.value,
    k: k?.value,
    Cpm: cpm?.value,
    Cpmk: cpmk?.value,
  };
};

const solvers = [qcc, intervals, ofParameters];

/** Capability indices with intervals, the interval formulas alone, and indices of given parameters. */
export const solveCapability: Solver = (check) =>
  solvers.reduce<Answers | undefined>((answers, solve) => answers ?? solve(check), undefined);
