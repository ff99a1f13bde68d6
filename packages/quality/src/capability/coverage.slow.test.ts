import { normal, type Random, seededRandom } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import type { Interval } from '../distributions/intervals.js';
import { capability } from './capability.js';
import { bissellInterval, exactInterval, heavlinInterval } from './intervals.js';

const autoregressive = (n: number, phi: number, random: Random): number[] => {
  const values: number[] = [];
  let x = normal(random);
  for (let i = 0; i < n; i++) {
    values.push(x);
    x = phi * x + Math.sqrt(1 - phi * phi) * normal(random);
  }
  return values;
};

const studied = (values: readonly number[], upper: number): number => {
  const mean = values.reduce((sum, x) => sum + x, 0) / values.length;
  const squares = values.reduce((sum, x) => sum + (x - mean) ** 2, 0);
  return (upper - mean) / (3 * Math.sqrt(squares / (values.length - 1)));
};

/** How often an interval of Cpk holds the true one, of a process that lies off centre. */
const coverage = (
  interval: (cpk: number) => Interval,
  truth: number,
  samples: number,
  draw: () => readonly number[],
): number => {
  let held = 0;
  for (let i = 0; i < samples; i++) {
    const { lower, upper } = interval(studied(draw(), 3 * truth));
    if (lower <= truth && truth <= upper) held++;
  }
  return held / samples;
};

const samples = 40_000;
// Three standard errors of a share near 0.95 of so many samples.
const noise = 3 * Math.sqrt((0.95 * 0.05) / samples);

describe.each([0.8, 1, 1.33, 1.67])('95 %% intervals of a true Cpk of %d by 10 values', (truth) => {
  const random = seededRandom(Math.round(100 * truth));
  const draw = () => Array.from({ length: 10 }, () => normal(random));

  it('by Bissell hold it in 94.6 to 95.7 % of cases', () => {
    const share = coverage((cpk) => bissellInterval(cpk, 10), truth, samples, draw);
    expect(share).toBeGreaterThan(0.946 - noise);
    expect(share).toBeLessThan(0.957 + noise);
  });

  it('by Heavlin hold it in 99.3 to 99.6 % of cases', () => {
    const share = coverage((cpk) => heavlinInterval(cpk, 10), truth, samples, draw);
    expect(share).toBeGreaterThan(0.993 - noise);
    expect(share).toBeLessThan(0.996 + noise);
  });

  it('by noncentral t hold it in just 95 % of cases', () => {
    const few = 4000;
    const share = coverage((cpk) => exactInterval(cpk, 10), truth, few, draw);
    expect(Math.abs(share - 0.95)).toBeLessThan(3 * Math.sqrt((0.95 * 0.05) / few));
  });
});

describe('95 % intervals of values whose neighbours are alike (AR(1), 0.7)', () => {
  const truth = 1.33;
  const held = (n: number, autocorrelation: 'correct' | 'ignore', index: 'ppk' | 'cpk'): number => {
    const random = seededRandom(n);
    let count = 0;
    const runs = 3000;
    for (let i = 0; i < runs; i++) {
      const { indices } = capability(autoregressive(n, 0.7, random), {
        specification: { upper: 3 * truth },
        method: 'normal',
        autocorrelation,
      });
      const { lower, upper } = indices[index]!;
      if (lower! <= truth && truth <= upper!) count++;
    }
    return count / runs;
  };

  it('hold the true index far too seldom when it is ignored', () => {
    expect(held(100, 'ignore', 'ppk')).toBeLessThan(0.8);
  });

  it.each([100, 200, 500])('hold it in about as many cases as promised when %d values are corrected', (n) => {
    const share = held(n, 'correct', 'ppk');
    expect(share).toBeGreaterThan(0.92);
    expect(share).toBeLessThan(0.98);
  });
});

describe('95 % intervals of Cpk by the within sigma', () => {
  const held = (degreesOfFreedom: 'estimator' | 'total', n: number): number => {
    const random = seededRandom(77);
    let count = 0;
    const runs = 4000;
    for (let i = 0; i < runs; i++) {
      const { indices } = capability(
        Array.from({ length: n }, () => normal(random)),
        { specification: { upper: 4 }, method: 'normal', degreesOfFreedom, autocorrelation: 'ignore' },
      );
      const { lower, upper } = indices.cpk!;
      if (lower! <= 4 / 3 && 4 / 3 <= upper!) count++;
    }
    return count / runs;
  };

  it('keep their promise with the degrees of freedom of moving ranges, and not with n - 1', () => {
    expect(held('estimator', 50)).toBeGreaterThan(0.935);
    expect(held('total', 50)).toBeLessThan(0.92);
  });
});
