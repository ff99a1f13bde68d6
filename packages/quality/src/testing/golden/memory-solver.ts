import type { Answers, GoldenCheck } from '@mikrobot/golden';
import type { ChartPoint } from '../../charts/chart.js';
import { cusumChart } from '../../charts/cusum.js';
import { ewmaChart } from '../../charts/ewma.js';
import type { KnownKind, LocationDesign, Measured } from '../../charts/subgroup.js';
import { dataset, groupsOf } from './datasets.js';

type Inputs = GoldenCheck['inputs'];

/** The samples of both phases, single values as such. */
const samplesOf = (inputs: Inputs): { one: readonly Measured[]; all: readonly Measured[] } => {
  if (Array.isArray(inputs.data)) return { one: inputs.data as Measured[], all: inputs.data as Measured[] };
  const { phaseOne, phaseTwo } = dataset(String(inputs.dataset))!;
  const measured = (rows: typeof phaseOne): Measured[] =>
    groupsOf(rows).map((group) => (group.length === 1 ? group[0]! : group));
  return { one: measured(phaseOne), all: measured([...phaseOne, ...phaseTwo]) };
};

const designOf = (
  kind: Pick<KnownKind<Measured, LocationDesign>, 'estimate'>,
  { center, target, sigma, s }: Inputs,
  samples: readonly Measured[],
): LocationDesign => {
  const estimate = kind.estimate(samples).design!;
  return {
    center: (center ?? target ?? estimate.center) as number,
    sigma: (sigma ?? s ?? estimate.sigma) as number,
  };
};

const indicesOf = (points: readonly ChartPoint[], rule: string): number[] =>
  points.filter(({ violations }) => violations.some((v) => v === rule)).map(({ index }) => index);

/** EWMA charts: `ewma` with limits for every point, or with those of a full memory where one number each is asked. */
export const solveEwma = ({ inputs, expect, what }: GoldenCheck): Answers | undefined => {
  if (!('ewma' in expect)) return undefined;
  const { one, all } = samplesOf(inputs);
  const steady = /steady-state|asymptotic/.test(what);
  const kind = ewmaChart({
    lambda: inputs.lambda as number,
    width: (inputs.L ?? inputs.k) as number,
    limits: steady ? 'asymptotic' : 'exact',
  });
  const design = designOf(kind, inputs, one);
  const chart = kind.running(kind.designFor(design));
  const points = all.map((sample) => chart.push(sample));
  const lower = points.map(({ limits }) => limits.lower);
  const upper = points.map(({ limits }) => limits.upper);
  return {
    ...design,
    ewma: points.map(({ value }) => value),
    LCL: steady ? lower[0] : lower,
    UCL: steady ? upper[0] : upper,
    violations: indicesOf(points, 'ewma'),
  };
};

/** Tabular CUSUMs: standardised with the lower sum as a negative number (`pos`, `neg`), or in raw units (`Shi`, `Slo`). */
export const solveCusum = ({ inputs, expect }: GoldenCheck): Answers | undefined => {
  const raw = 'Shi' in expect;
  if (!raw && !('pos' in expect)) return undefined;
  const { one, all } = samplesOf(inputs);
  const kind = cusumChart({
    k: inputs.k as number,
    h: inputs.h as number,
    headStart: (inputs.headStart ?? 0) as number,
    units: raw ? 'raw' : 'sigma',
  });
  const design = designOf(kind, inputs, one);
  const chart = kind.running(kind.designFor(design));
  const points = all.map((sample) => chart.push(sample));
  const upper = points.map((point) => point.upper);
  const lower = points.map((point) => point.lower);
  let total = 0;
  return {
    ...design,
    pos: upper,
    neg: lower.map((sum) => 0 - sum),
    upperViolations: indicesOf(points, 'cusumUpper'),
    lowerViolations: indicesOf(points, 'cusumLower'),
    Shi: upper,
    Slo: lower,
    firstSignalIndex: points.find(({ violations }) => violations.length > 0)?.index,
    cusum: all.map((sample) => {
      total += (sample as number) - design.center;
      return total;
    }),
  };
};
