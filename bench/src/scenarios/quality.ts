import { normal, seededRandom } from '@mikrobot/core';
import { individuals, nelson, RunningCapability, westernElectric } from '@mikrobot/quality';
import type { Figure, Scenario } from '../scenario.js';

const VALUES = 1_000_000;
const REPEATS = 5;

const stream = (): Float64Array => {
  const random = seededRandom(7);
  return Float64Array.from({ length: VALUES }, () => 100 + 10 * normal(random));
};

/** Values a second: the median of some repeats, the first of which only warms up. */
const pace = (work: () => number): number => {
  const taken: number[] = [];
  for (let i = 0; i <= REPEATS; i++) {
    const begin = performance.now();
    if (!Number.isFinite(work())) throw new Error('the work came to nothing');
    if (i > 0) taken.push(performance.now() - begin);
  }
  taken.sort((a, b) => a - b);
  return (VALUES / (taken[REPEATS >> 1] as number)) * 1_000;
};

/** What nobody can do without: looking at each value once. */
const summing = (values: Float64Array): number =>
  pace(() => {
    let sum = 0;
    for (let i = 0; i < values.length; i++) sum += values[i] as number;
    return sum;
  });

/** A chart of single values that applies every rule of Western Electric and of Nelson. */
export const chart: Scenario = {
  name: 'control chart, all rules',
  async run(): Promise<readonly Figure[]> {
    const values = stream();
    const kind = individuals();
    const { design } = kind.estimate(Array.from(values.subarray(0, 500)));
    if (design === undefined) throw new Error('the first values gave no limits');
    const charted = pace(() => {
      const running = kind.running(design, { rules: [...westernElectric, ...nelson] });
      let signals = 0;
      for (let i = 0; i < values.length; i++) signals += running.push(values[i] as number).violations.length;
      return signals;
    });
    const bare = summing(values);
    return [
      { name: 'values a second', value: charted, unit: '/s' },
      { name: 'times summing a Float64Array', value: bare / charted, unit: 'x' },
    ];
  },
};

const sliding = (values: Float64Array, window: number): number =>
  pace(() => {
    const running = new RunningCapability({ specification: { lower: 40, upper: 160 }, window });
    for (let i = 0; i < values.length; i++) running.push(values[i] as number);
    return running.result().indices.ppk?.value ?? Number.NaN;
  });

/** Capability of the last values of a stream, which costs the same however many those are. */
export const capabilityWindow: Scenario = {
  name: 'capability of a sliding window',
  async run(): Promise<readonly Figure[]> {
    const values = stream();
    const thousand = sliding(values, 1_000);
    const hundredThousand = sliding(values, 100_000);
    const bare = summing(values);
    return [
      { name: 'values a second, window of 1,000', value: thousand, unit: '/s' },
      { name: 'times summing a Float64Array', value: bare / thousand, unit: 'x' },
      { name: 'values a second, window of 100,000', value: hundredThousand, unit: '/s' },
      { name: 'cost of a value, window of 100,000 to 1,000', value: thousand / hundredThousand, unit: 'x' },
    ];
  },
};
