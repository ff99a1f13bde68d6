import { type Answers, type GoldenCheck, NONE } from '@mikrobot/golden';
import { overallIndividualsChart } from '../../charts/autocorrelated.js';
import { cusumChart } from '../../charts/cusum.js';
import { ewmaChart } from '../../charts/ewma.js';
import { adviseLimits } from '../../charts/limit-advice.js';
import { ar1ResidualChart } from '../../charts/residual-chart.js';
import { estimateLocation, type LocationDesign } from '../../charts/subgroup.js';
import { ar1MovingRangeRatio } from '../../drift/ar1.js';
import { dataset, valuesOf } from './datasets.js';

const countBeyond = (values: readonly number[], { center, sigma }: LocationDesign): number =>
  values.filter((x) => Math.abs(x - center) > 3 * sigma).length;

/** Limits of a correlated stream: made from its first part, false alarms counted over all of it. */
export const solveAutocorrelation = ({ inputs, expect, what }: GoldenCheck): Answers | undefined => {
  if (!('countBeyondMR' in expect)) return undefined;
  const data = inputs.data as number[];
  const base = data.slice(0, inputs.phase1 as number);
  const moving = estimateLocation(base, 'an individuals chart').design!;
  const overall = overallIndividualsChart().estimate(base).design!;
  const residuals = ar1ResidualChart();
  const fit = residuals.estimate(base).design!;
  const chart = residuals.running(fit);
  // In theory the moving range shows sqrt(1 - phi) of sigma; the phi that the stream was made with stands in the words.
  const phi = Number(/phi ?= ?(-?[\d.]*\d)/.exec(what)?.[1] ?? adviseLimits(base).phi);
  return {
    mean: overall.center,
    sigmaMR: moving.sigma,
    sigmaSd: overall.sigma,
    phiLag1: fit.phi,
    sigmaResid: fit.sigma,
    countBeyondMR: countBeyond(data, moving),
    countBeyondSd: countBeyond(data, overall),
    countBeyondResid: data.filter((x) => chart.push(x).violations.length > 0).length,
    theoreticalMRratio: ar1MovingRangeRatio(phi),
  };
};

interface MemoryInputs {
  readonly cusum: { readonly k: number; readonly h: number };
  readonly ewma: { readonly lambda: number; readonly L: number };
}

/** The first signal of three charts after a shift, whose place stands in the words ("the shift at 401"). */
export const solveDetection = ({ inputs, expect, what }: GoldenCheck): Answers | undefined => {
  if (!('firstCusumUp' in expect)) return undefined;
  const values = valuesOf(dataset(String(inputs.dataset))!.phaseOne);
  const phaseOne = inputs.phase1 as number;
  const { cusum: sums, ewma: memory } = inputs as unknown as MemoryInputs;
  const shift = Number(/shift at (\d+)/.exec(what)?.[1]);
  const design = estimateLocation(values.slice(0, phaseOne), 'an individuals chart').design!;
  const upper = design.center + 3 * design.sigma;
  const sumKind = cusumChart({ k: sums.k, h: sums.h });
  const cusum = sumKind.running(sumKind.designFor(design));
  const memoryKind = ewmaChart({ lambda: memory.lambda, width: memory.L });
  const ewma = memoryKind.running(memoryKind.designFor(design));
  // Indices are those of the whole stream, charts begin after phase I.
  const points = values.slice(phaseOne).map((value, i) => ({
    index: phaseOne + i + 1,
    shewhart: value > upper,
    cusum: cusum.push(value),
    ewma: ewma.push(value),
  }));
  const before = points.filter(({ index }) => index < shift);
  const after = points.slice(before.length);
  const last = before.at(-1)!;
  return {
    mu: design.center,
    sigma: design.sigma,
    shewhartUpper: upper,
    // A chart that never signals has no first signal.
    firstShewhart: after.find((point) => point.shewhart)?.index ?? NONE,
    firstCusumUp: after.find((point) => point.cusum.violations.includes('cusumUpper'))?.index ?? NONE,
    firstEwmaUp: after.find(({ ewma: { value, limits } }) => value! > limits.upper!)?.index ?? NONE,
    [`falseShewhart${phaseOne + 1}to${shift - 1}`]: before.filter((point) => point.shewhart).length,
    [`cusumAt${shift - 1}`]: last.cusum.upper,
    [`ewmaAt${shift - 1}`]: last.ewma.value,
    [`maxCusum${phaseOne + 1}to${shift - 1}`]: Math.max(...before.map((point) => point.cusum.upper)),
  };
};
