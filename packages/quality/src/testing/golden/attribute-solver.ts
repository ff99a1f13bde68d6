import type { Answers, GoldenCheck } from '@mikrobot/golden';
import { cChart, npChart, pChart, uChart } from '../../charts/attribute-charts.js';
import type { ChartKind, ChartPoint } from '../../charts/chart.js';
import type { CountSample } from '../../charts/count-sample.js';
import { gChart } from '../../charts/g-chart.js';
import { overdispersionTest } from '../../charts/overdispersion.js';
import { phaseOne } from '../../charts/phase-one.js';
import { geometricQuantile } from '../../distributions/discrete.js';
import { countsOf, dataset, type Row } from './datasets.js';

const chartOf = <Sample, Design>(
  kind: ChartKind<Sample, Design>,
  one: readonly Sample[],
  all: readonly Sample[],
): { design: Design; points: readonly ChartPoint[] } => {
  const design = kind.estimate(one).design!;
  const chart = kind.running(design, { rules: ['beyondLimits', 'we4'] });
  return { design, points: all.map((sample) => chart.push(sample)) };
};

const indicesOf = (points: readonly ChartPoint[], rule: string): number[] =>
  points.filter(({ violations }) => violations.some((v) => v === rule)).map(({ index }) => index);

const answersOf = (points: readonly ChartPoint[]) => ({
  center: points[0]!.limits.center,
  statisticsFirst5: points.slice(0, 5).map(({ value }) => value),
  statisticsLast: points.at(-1)!.value,
  beyondLimits: indicesOf(points, 'beyondLimits'),
  runs8: indicesOf(points, 'we4'),
});

/** One number for limits that are all the same, as references give them for sizes that are. */
const oneOrAll = (values: readonly (number | undefined)[]) =>
  new Set(values).size === 1 ? values[0] : values;

const rowsOf = (inputs: GoldenCheck['inputs']): { one: readonly Row[]; all: readonly Row[] } => {
  const { phaseOne, phaseTwo } = dataset(String(inputs.dataset))!;
  return { one: phaseOne, all: [...phaseOne, ...phaseTwo] };
};

/** The references plot trials with p = 1 / mean, but take their limits from the number of failures before the event, one less. */
const gAnswers = (data: readonly number[], confidence: number): Answers => {
  const { design, points } = chartOf(gChart({ counting: 'trials', confidence }), data, data);
  const lower = geometricQuantile((1 - confidence) / 2, design.probability);
  const upper = geometricQuantile((1 + confidence) / 2, design.probability);
  return {
    ...answersOf(points),
    sigma: points[0]!.limits.sigma,
    LCL: lower,
    UCL: upper,
    beyondLimits: data.flatMap((x, i) => (x > upper || x < lower ? [i + 1] : [])),
  };
};

/** Attribute charts, told by their words: `"u chart, n=5"`, `"np chart, binomial quantile limits conf 0.9973"`. */
export const solveAttributes = ({ inputs, expect, what }: GoldenCheck): Answers | undefined => {
  const kind = /^(p|np|c|u|g) chart/.exec(what)?.[1];
  if (kind === undefined || !('UCL' in expect)) return undefined;
  const confidence = /quantile limits(?: conf)? (0?\.\d+)/.exec(what)?.[1];
  const options = confidence === undefined ? {} : { confidence: Number(confidence) };
  if (kind === 'g') return gAnswers(inputs.data as number[], options.confidence ?? 0.9973);
  const { one, all } = rowsOf(inputs);
  if (kind === 'c') {
    const { points } = chartOf(
      cChart(options),
      one.flatMap((r) => r.values),
      all.flatMap((r) => r.values),
    );
    const { lower, upper, sigma } = points[0]!.limits;
    return { ...answersOf(points), sigma, LCL: lower, UCL: upper };
  }
  const make = { p: pChart, np: npChart };
  const { points } =
    kind === 'u'
      ? chartOf(uChart(options), countsOf(one), countsOf(all))
      : chartOf(make[kind as 'p' | 'np'](options), countsOf(one), countsOf(all));
  const lower = points.map(({ limits }) => limits.lower);
  const upper = points.map(({ limits }) => limits.upper);
  const answers = answersOf(points);
  return {
    ...answers,
    // The references give the sigma of one unit for u charts, and that of the first sample for p and np charts.
    sigma: kind === 'u' ? Math.sqrt(answers.center) : oneOrAll(points.map(({ limits }) => limits.sigma)),
    // Of p charts the references list the limits of every point even where sizes are the same.
    LCL: kind === 'p' ? lower : oneOrAll(lower),
    UCL: kind === 'p' ? upper : oneOrAll(upper),
  };
};

/** Tests for over-dispersion: binomial where sizes matter, else Poisson. */
export const solveOverdispersion = ({ inputs, expect, what }: GoldenCheck): Answers | undefined => {
  if (!('ratio' in expect && 'D' in expect)) return undefined;
  const binomial = /binomial/.test(what);
  const { one } = rowsOf(inputs);
  const samples = binomial ? countsOf(one) : one.map(({ values }) => ({ count: values[0]!, size: 1 }));
  const { ratio, statistic, pValue } = overdispersionTest(samples, binomial ? 'binomial' : 'poisson');
  return { ratio, D: statistic, p: pValue };
};

/** Phase I of a p or c chart, purged until nothing lies beyond the limits. */
export const solveAttributePurge = ({ inputs, expect, what }: GoldenCheck): Answers | undefined => {
  const kind = /\b(p|np|c|u) chart/.exec(what)?.[1];
  if (!('rounds' in expect) || kind === undefined) return undefined;
  const { one } = rowsOf(inputs);
  const make = { p: pChart, np: npChart, u: uChart };
  const { rounds } =
    kind === 'c'
      ? phaseOne(
          cChart(),
          one.flatMap(({ values }) => values),
        )
      : phaseOne<CountSample, unknown, ChartPoint>(
          make[kind as keyof typeof make]() as ChartKind<CountSample, unknown>,
          countsOf(one),
        );
  return {
    rounds: rounds.map(({ points, removed }) => {
      const { center, lower, upper } = points[0]!.limits;
      return { center, LCL: lower, UCL: upper, removed };
    }),
  };
};
