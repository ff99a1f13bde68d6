import type { Answers, GoldenCheck, Json } from '@mikrobot/golden';
import { rangeMean } from '../../distributions/studentized-range.js';
import { ar1 } from '../../drift/ar1.js';
import { acf, bartlettBand } from '../../drift/autocorrelation.js';
import { kolmogorovSmirnov, populationStability, wasserstein1 } from '../../drift/distances.js';
import { mannWhitney } from '../../drift/mann-whitney.js';
import { durbinWatson, vonNeumannRatio } from '../../drift/neighbours.js';
import { boxPierce, ljungBox } from '../../drift/portmanteau.js';
import { runsTest } from '../../drift/runs-test.js';
import { mannKendall, senSlope } from '../../drift/trend.js';
import { fTest, welchTest } from '../../drift/two-sample.js';
import { quantile } from '../../fitting/quantile.js';
import { P2Quantile } from '../../streaming/p2-quantile.js';
import { SerialMoments } from '../../streaming/serial-moments.js';
import type { Solver } from './solver.js';

type Inputs = GoldenCheck['inputs'];

const numbersOf = (value: Json | undefined): readonly number[] => {
  if (!Array.isArray(value) || !value.every((x) => typeof x === 'number'))
    throw new Error(`${JSON.stringify(value)} is no list of numbers.`);
  return value;
};

const seriesOf = (values: readonly number[]): SerialMoments => {
  const series = SerialMoments.empty();
  for (const x of values) series.push(x);
  return series;
};

const order = ({ data }: Inputs): Answers => {
  const values = numbersOf(data);
  const series = seriesOf(values);
  const [runs, trend, box] = [runsTest(values), mannKendall(values), ljungBox(values, { lags: 10 })];
  return {
    acf1to10: acf(values, { lags: 10 }).r,
    ljungBoxQ10: box.q,
    ljungBoxP: box.pValue,
    boxPierceQ10: boxPierce(values, { lags: 10 }).q,
    durbinWatson: durbinWatson(values).value,
    vonNeumann: vonNeumannRatio(values).value,
    runsZ: runs.z,
    runsP: runs.pValue,
    mannKendallS: trend.s,
    mannKendallZ: trend.z,
    mannKendallP: trend.pValue,
    senSlope: senSlope(values).value,
    ar1YuleWalker: ar1(values).phi,
    sigmaMR: series.movingRange! / rangeMean(2),
    sigmaOverall: series.moments.deviation,
    bartlettBand95: bartlettBand(values.length),
  };
};

const compareSamples = ({ ref, cur }: Inputs): Answers => {
  const [reference, current] = [numbersOf(ref), numbersOf(cur)];
  const sorted = Float64Array.from(reference).sort();
  // Deciles of the reference, of which the outermost are open.
  const edges = [1, 2, 3, 4, 5, 6, 7, 8, 9].map((tenth) => quantile(sorted, tenth / 10)!);
  const ks = kolmogorovSmirnov(reference, current);
  const welch = welchTest(reference, current);
  const variances = fTest(reference, current);
  const ranks = mannWhitney(reference, current);
  const stability = populationStability(reference, current, { edges });
  return {
    ksD: ks.d,
    ksP_asymptotic: ks.pValue,
    welchT: welch.t,
    welchDf: welch.df,
    welchP: welch.pValue,
    F: variances.f,
    Fp: variances.pValue,
    mannWhitneyW: ranks.w,
    mannWhitneyP: ranks.pValue,
    psiBinEdges: edges,
    refFrac: stability.referenceShares,
    curFrac: stability.currentShares,
    psi: stability.psi,
    wasserstein1: wasserstein1(reference, current).value,
  };
};

/** `"n=1001: first 1.2, then alternate 1.1,1.3"`, the numbers as they are written. */
const generated = (text: string): readonly string[] => {
  const found = /^n=(\d+): first ([\d.]+), then alternate ([\d.]+),([\d.]+)$/.exec(text);
  if (!found) throw new Error(`Nothing here generates ${JSON.stringify(text)}.`);
  const [, n, first, ...both] = found;
  return [first!, ...Array.from({ length: Number(n) - 1 }, (_, i) => both[i % 2]!)];
};

/**
 * The certified values are those of the decimals: the doubles next to 10000000.1 and 10000000.3 have a deviation that differs from
 * 0.1 in the ninth digit. So values are counted in units of their last decimal, of which all are doubles.
 */
const certified = ({ generator }: Inputs): Answers => {
  const { values } = generator as { readonly values?: readonly number[] };
  const texts = values?.map(String) ?? generated(String(generator));
  const decimals = Math.max(...texts.map((text) => text.split('.')[1]?.length ?? 0));
  const unit = 10 ** decimals;
  const series = seriesOf(texts.map((text) => Math.round(Number(text) * unit)));
  return {
    mean: series.moments.mean! / unit,
    sd: series.moments.deviation! / unit,
    r1: series.autocorrelation,
  };
};

const estimate = ({ p, data }: Inputs): Answers => {
  const median = new P2Quantile(Number(p));
  for (const x of numbersOf(data)) median.push(x);
  return { estimate: median.value };
};

/** What a kind of check is known by: keys of its inputs, and one that it expects. */
const kinds: readonly (readonly [
  keys: readonly string[],
  expected: string,
  solve: (of: Inputs) => Answers,
])[] = [
  [['data'], 'acf1to10', order],
  [['ref', 'cur'], 'ksD', compareSamples],
  [['generator'], 'sd', certified],
  [['p', 'data'], 'estimate', estimate],
];

/** Autocorrelation and drift, and certified moments. */
export const solveDrift: Solver = ({ inputs, expect }) =>
  kinds.find(([keys, expected]) => keys.every((key) => key in inputs) && expected in expect)?.[2](inputs);
