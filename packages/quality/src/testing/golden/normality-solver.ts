import type { Answers, GoldenCheck } from '@mikrobot/golden';
import { normalTailQuantile } from '../../distributions/normal.js';
import { andersonDarling } from '../../fitting/anderson-darling.js';
import { boxCox } from '../../fitting/box-cox.js';
import { cramerVonMises } from '../../fitting/cramer-von-mises.js';
import { empiricalDistribution } from '../../fitting/empirical.js';
import type { FittedDistribution } from '../../fitting/fitted-distribution.js';
import { jarqueBera } from '../../fitting/jarque-bera.js';
import { fitJohnsonByMoments } from '../../fitting/johnson-moments.js';
import { fitJohnsonByQuantiles } from '../../fitting/johnson-quantiles.js';
import { fitExponential, fitWeibull } from '../../fitting/lifetime-fit.js';
import { lilliefors } from '../../fitting/lilliefors.js';
import { fitLognormal, fitNormal } from '../../fitting/normal-fit.js';
import { pearsonThreeQuantile } from '../../fitting/pearson-three.js';
import { quantile } from '../../fitting/quantile.js';
import { interquartileRange, medianAbsoluteDeviation } from '../../fitting/robust.js';
import { shape } from '../../fitting/shape.js';
import { shapiroWilk } from '../../fitting/shapiro-wilk.js';
import { momentsOf } from '../../streaming/summary.js';
import { dataset, valuesOf } from './datasets.js';
import type { Solver } from './solver.js';

/** What a process spreads over: 0.135 %, the median, 99.865 %. */
const spread = [0.00135, 0.5, 0.99865] as const;

const dataOf = ({ inputs }: GoldenCheck): readonly number[] | undefined => {
  const { data } = inputs;
  if (Array.isArray(data)) return data as readonly number[];
  const named = typeof data === 'string' ? dataset(data) : undefined;
  return named && valuesOf(named.phaseOne);
};

const tests = (data: readonly number[]): Answers => {
  const sorted = Float64Array.from(data).sort();
  const { n, mean, deviation: sd } = momentsOf(data);
  const ad = andersonDarling(data);
  const w = shapiroWilk(data);
  const jb = jarqueBera(data);
  const cvm = cramerVonMises(data);
  const d = lilliefors(data);
  const [one, two, three] = [shape(data, 1), shape(data, 2), shape(data, 3)];
  return {
    ...{ n, mean, sd, AD: ad.statistic, ADstar: ad.adjusted, ADp: ad.p },
    ...{ ShapiroW: w.statistic, ShapiroP: w.p, JB: jb.statistic, JBp: jb.p },
    ...{ CvM: cvm.statistic, CvMp: cvm.p, LillieforsD: d.statistic, Lillieforsp: d.p },
    ...{ skew1: one.skewness, skew2: two.skewness, skew3: three.skewness },
    ...{ kurt1: one.excessKurtosis, kurt2: two.excessKurtosis, kurt3: three.excessKurtosis },
    quantile7: [0.00135, 0.05, 0.25, 0.5, 0.75, 0.95, 0.99865].map((p) => quantile(sorted, p)),
    quantile6: [0.05, 0.25, 0.5, 0.75, 0.95].map((p) => quantile(sorted, p, { type: 6 })),
    mad: medianAbsoluteDeviation(data),
    iqr: interquartileRange(data),
  };
};

const power = (data: readonly number[], searchRange: readonly [number, number]): Answers => {
  const { lambda, logLikelihood, interval } = boxCox(data, { searchRange });
  return { lambda, logLik: logLikelihood, lo: interval?.lower, hi: interval?.upper };
};

const fitNamed = (name: string, data: readonly number[]): FittedDistribution | undefined => {
  const options = { denominator: /n ?- ?1/.test(name) ? 'n - 1' : 'n' } as const;
  if (name.startsWith('exponential')) return fitExponential(data).distribution;
  if (name.startsWith('weibull')) return fitWeibull(data).distribution;
  if (name.startsWith('lognormal')) return fitLognormal(data, options).distribution;
  if (name.startsWith('normal')) return fitNormal(data, options).distribution;
  return undefined;
};

const percentileCapability = (
  fitted: FittedDistribution,
  LSL: number | undefined,
  USL: number | undefined,
): Answers => {
  const q = spread.map((p) => fitted.quantile(p));
  const [low, median, high] = q as [number, number, number];
  const upper = USL === undefined ? undefined : (USL - median) / (high - median);
  const lower = LSL === undefined ? undefined : (median - LSL) / (median - low);
  const pAbove = USL === undefined ? undefined : fitted.tail(USL);
  return {
    q,
    Pp: USL === undefined || LSL === undefined ? undefined : (USL - LSL) / (high - low),
    Ppu: upper,
    Ppl: lower,
    Ppk: Math.min(upper ?? Infinity, lower ?? Infinity),
    pAbove,
    Zequiv_Cpk_upper: pAbove === undefined ? undefined : normalTailQuantile(pAbove) / 3,
  };
};

const logCapability = (data: readonly number[], USL: number): Answers => {
  const parameters = fitLognormal(data, { denominator: 'n - 1' }).distribution?.parameters;
  const { meanLog = Number.NaN, deviationLog = Number.NaN } = parameters ?? {};
  return { meanLog, sdLog: deviationLog, Ppu: (Math.log(USL) - meanLog) / (3 * deviationLog) };
};

const johnson = (data: readonly number[], method: string): Answers | undefined => {
  const byMoments = /^moments/.test(method);
  // The reference stops early, and takes a wider band about the lognormal line for the line, than the library does.
  const { distribution } = byMoments
    ? fitJohnsonByMoments(data, { familyTolerance: 0.1, tolerance: 0.01 })
    : fitJohnsonByQuantiles(data);
  if (!distribution) return undefined;
  const { gamma, delta, xi, lambda } = distribution.parameters as Readonly<
    Record<'gamma' | 'delta' | 'xi' | 'lambda', number>
  >;
  const type = distribution.name.slice(-2).toUpperCase();
  // SuppDists 1.1.9.7 has half of AS 99's distance from the mean to xi for SU curves by moments, so that its curve lies beside
  // the values. What it says is compared here; the library follows AS 99 (see johnson.test.ts, where the means agree).
  const astray =
    byMoments && type === 'SU'
      ? -(lambda * Math.exp(1 / (2 * delta * delta)) * Math.sinh(gamma / delta)) / 2
      : 0;
  const q = spread.map((p) => distribution.quantile(p) + astray);
  return { gamma, delta, xi: xi + astray, lambda, type, q };
};

/** Tests of normality, moments, transforms and non-normal capability, as R and its packages compute them. */
export const solveNormality: Solver = (check) => {
  const { inputs, expect } = check;
  const { LSL, USL, skew } = inputs as Readonly<Record<string, number | undefined>>;
  if (skew !== undefined && 'q00135' in expect) {
    const [q00135, median, q99865] = spread.map((p) => pearsonThreeQuantile(p, skew));
    return { q00135, median, q99865 };
  }
  const data = dataOf(check);
  if (data === undefined) return undefined;
  if ('ADstar' in expect) return tests(data);
  if ('searchRange' in inputs) return power(data, inputs.searchRange as unknown as readonly [number, number]);
  if (typeof inputs.method === 'string') return johnson(data, inputs.method);
  if ('sdLog' in expect) return USL === undefined ? undefined : logCapability(data, USL);
  if (!('q' in expect)) return undefined;
  const fitted =
    typeof inputs.fit === 'string' ? fitNamed(inputs.fit, data) : empiricalDistribution(data).distribution;
  return fitted && percentileCapability(fitted, LSL, USL);
};
