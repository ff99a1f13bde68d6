import type { GoldenCheck } from '@mikrobot/golden';
import { individualsSigma, overallSigma, type WithinMethod, withinSigma } from '../../capability/sigma.js';
import type { ChartKind, ChartPoint } from '../../charts/chart.js';
import { chartSamples, pointsBreaking } from '../../charts/chart-samples.js';
import { chartConstants } from '../../charts/constants.js';
import { individuals, movingRange } from '../../charts/individuals-charts.js';
import type { LimitOptions } from '../../charts/limit-width.js';
import { phaseOne } from '../../charts/phase-one.js';
import { nelson, RuleEngine, westernElectric } from '../../charts/rules.js';
import { deviations, ranges, type Subgroup, xbar } from '../../charts/subgroup-charts.js';
import type { VariablesDesign } from '../../charts/variables-limits.js';
import { type Dataset, dataset, groupsOf, valuesOf } from './datasets.js';
import type { Solver } from './solver.js';

const has = ({ inputs, expect }: GoldenCheck, given: readonly string[], wanted: readonly string[]): boolean =>
  given.every((key) => key in inputs) && wanted.every((key) => key in expect);

const dataOf = ({ inputs }: GoldenCheck): Dataset | undefined =>
  typeof inputs.dataset === 'string' ? dataset(inputs.dataset) : undefined;

const constants: Solver = (check) =>
  has(check, ['n'], ['d2', 'd3', 'c4', 'A2', 'D4'])
    ? { ...chartConstants(check.inputs.n as number) }
    : undefined;

const rules: Solver = (check) => {
  if (!has(check, ['data', 'center', 'sigma'], ['we1', 'n8'])) return undefined;
  const { data, center, sigma } = check.inputs as { data: readonly number[]; center: number; sigma: number };
  const limits = { center, sigma, lower: center - 3 * sigma, upper: center + 3 * sigma };
  const engine = new RuleEngine([...westernElectric, ...nelson]);
  const violations = data.map((value) => engine.push(value, limits));
  return Object.fromEntries(
    [...westernElectric, ...nelson].map((rule) => [
      rule.replace('nelson', 'n'),
      violations.flatMap((broken, i) => (broken.includes(rule) ? [i + 1] : [])),
    ]),
  );
};

const withinNames: Readonly<Record<string, WithinMethod>> = {
  'UWAVE-R': 'range',
  'UWAVE-SD': 'deviation',
  'MVLUE-R': 'weighted-range',
  'MVLUE-SD': 'weighted-deviation',
  RMSDF: 'pooled',
};

const sigmas: Solver = (check) => {
  const data = dataOf(check);
  if (data === undefined) return undefined;
  const groups = groupsOf(data.phaseOne);
  if (has(check, ['method'], ['sigma'])) {
    const method = withinNames[check.inputs.method as string];
    return method && { sigma: withinSigma(groups, method).sigma };
  }
  if (!has(check, [], ['Rbar', 'Sbar', 'sdOverall'])) return undefined;
  const range = withinSigma(groups, 'range');
  const sd = withinSigma(groups, 'deviation');
  return {
    Rbar: range.statistic,
    sigma: range.sigma,
    Sbar: sd.statistic,
    sigmaS: sd.sigma,
    sdOverall: overallSigma(groups.flat()).sigma,
  };
};

/** One limit where all points share it, else one a point, as the reference gives them. */
const oneOrAll = (limits: readonly (number | undefined)[]) =>
  limits.every((limit) => limit === limits[0]) ? limits[0] : limits;

const charted = <Sample, Design extends VariablesDesign>(
  kind: ChartKind<Sample, Design>,
  one: readonly Sample[],
  phaseTwo: readonly Sample[],
) => {
  const { design, points } = chartSamples(kind, one, { phaseTwo, rules: ['beyondLimits', 'we4'] });
  const places = (found: readonly ChartPoint[]) => found.map(({ index }) => index);
  return {
    center: points[0]?.limits.center,
    sigma: design?.sigma,
    LCL: oneOrAll(points.map(({ limits }) => limits.lower)),
    UCL: oneOrAll(points.map(({ limits }) => limits.upper)),
    statisticsFirst5: points.slice(0, 5).map(({ value }) => value),
    statisticsLast: points.at(-1)?.value,
    beyondLimits: places(pointsBreaking(points, ['beyondLimits'])),
    runs8: places(pointsBreaking(points, ['we4'])),
  };
};

const widthOf = (what: string): LimitOptions => {
  const percent = /([\d.]+)% confidence/.exec(what)?.[1];
  const share = /([\d.]+) probability limits/.exec(what)?.[1];
  const width = /([\d.]+)-sigma/.exec(what)?.[1];
  if (percent) return { confidence: Number(percent) / 100 };
  if (share) return { confidence: Number(share) };
  return width ? { sigmas: Number(width) } : {};
};

const withinOf = (what: string): WithinMethod | undefined => {
  const named = Object.keys(withinNames).find((name) => what.includes(name));
  if (named) return withinNames[named];
  return what.includes('Sbar/c4') ? 'deviation' : undefined;
};

const subgroupKinds: readonly (readonly [RegExp, typeof xbar])[] = [
  [/^xbar\b/, xbar],
  [/^R chart/, ranges],
  [/^S chart/, deviations],
];

const variables: Solver = (check) => {
  const data = dataOf(check);
  if (data === undefined || !has(check, [], ['center', 'sigma', 'LCL', 'UCL', 'statisticsFirst5']))
    return undefined;
  const { what } = check;
  if (/^individuals\b/.test(what)) {
    const kind = individuals({
      method: what.includes('sd/c4') ? 'deviation' : 'moving-range',
      ...widthOf(what),
    });
    return charted(kind, valuesOf(data.phaseOne), valuesOf(data.phaseTwo));
  }
  const make = subgroupKinds.find(([words]) => words.test(what))?.[1];
  if (make === undefined) return undefined;
  const kind = make({ within: withinOf(what), ...widthOf(what) });
  return charted<Subgroup, VariablesDesign>(kind, groupsOf(data.phaseOne), groupsOf(data.phaseTwo));
};

const movingRanges: Solver = (check) => {
  const data = dataOf(check);
  if (data === undefined || !has(check, [], ['MRbar', 'LCL'])) return undefined;
  const values = valuesOf(data.phaseOne);
  const mean = individualsSigma(values);
  if ('center' in check.expect) {
    const limits = chartSamples(individuals(), values).points[0]?.limits;
    return { center: limits?.center, MRbar: mean.statistic, UCL: limits?.upper, LCL: limits?.lower };
  }
  const limits = chartSamples(movingRange(), values).points[0]?.limits;
  const median = individualsSigma(values, 'median-moving-range');
  return {
    MRbar: mean.statistic,
    UCL_exactD4: limits?.upper,
    LCL: limits?.lower,
    sigma_exact: mean.sigma,
    medianMR: median.statistic,
    sigmaMedianMR: median.sigma,
  };
};

const purges: Solver = (check) => {
  const data = dataOf(check);
  if (data === undefined || !has(check, [], ['rounds']) || !/individuals/.test(check.what)) return undefined;
  const { rounds } = phaseOne(individuals(), valuesOf(data.phaseOne));
  return {
    rounds: rounds.map(({ limits, removed }) => ({
      center: limits?.center,
      UCL: limits?.upper,
      LCL: limits?.lower,
      removed,
    })),
  };
};

const parts: readonly Solver[] = [constants, rules, sigmas, variables, movingRanges, purges];

/** Chart constants, rules, estimates of sigma, variables charts and their phase I. */
export const solveCharts: Solver = (check) => {
  for (const part of parts) {
    const answers = part(check);
    if (answers !== undefined) return answers;
  }
  return undefined;
};
