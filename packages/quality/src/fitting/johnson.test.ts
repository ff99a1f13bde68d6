import { normal, seededRandom } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import type { FittedDistribution } from './fitted-distribution.js';
import { fitJohnsonByMoments } from './johnson-moments.js';
import { fitJohnsonByQuantiles } from './johnson-quantiles.js';
import { quantile } from './quantile.js';

const draw = (seed: number, n: number, transform: (z: number) => number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => transform(normal(random)));
};

const moments = (values: readonly number[], weights: readonly number[]) => {
  const total = weights.reduce((sum, w) => sum + w, 0);
  const average = (f: (x: number) => number) =>
    values.reduce((sum, x, i) => sum + weights[i]! * f(x), 0) / total;
  const mean = average((x) => x);
  const central = (k: number) => average((x) => (x - mean) ** k);
  const deviation = Math.sqrt(central(2));
  return { mean, deviation, skewness: central(3) / deviation ** 3, kurtosis: central(4) / deviation ** 4 };
};

/** Of a curve, by the rectangle rule over its normal deviate. */
const curveMoments = ({ parameters, name }: FittedDistribution) => {
  const { gamma, delta, xi, lambda } = parameters as Record<'gamma' | 'delta' | 'xi' | 'lambda', number>;
  const inverse = {
    'johnson-su': Math.sinh,
    'johnson-sl': Math.exp,
    'johnson-sb': (v: number) => 1 / (1 + Math.exp(-v)),
  }[name as 'johnson-su'];
  const z = Array.from({ length: 2401 }, (_, i) => (i - 1200) / 80);
  return moments(
    z.map((deviate) => xi + lambda * inverse((deviate - gamma) / delta)),
    z.map((deviate) => Math.exp((-deviate * deviate) / 2)),
  );
};

const samples: readonly (readonly [string, string, number[]])[] = [
  ['unbounded', 'johnson-su', draw(1, 300, (z) => 20 + 3 * Math.sinh((z + 0.4) / 1.3))],
  ['unbounded, tail to the left', 'johnson-su', draw(2, 300, (z) => Math.sinh((z - 0.4) / 1.3))],
  ['bounded', 'johnson-sb', draw(3, 300, (z) => 5 / (1 + Math.exp(-(z - 0.8) / 0.9)))],
  ['bounded, tail to the left', 'johnson-sb', draw(4, 300, (z) => 5 / (1 + Math.exp(-(z + 0.8) / 0.9)))],
  ['bounded with two humps', 'johnson-sb', draw(5, 300, (z) => 1 / (1 + Math.exp(-(z - 0.2) / 0.4)))],
  ['symmetric and flat', 'johnson-sb', Array.from({ length: 101 }, (_, i) => i - 50)],
];

describe('a Johnson curve by moments', () => {
  it.each(samples)('has the four moments of values that are %s', (_, name, values) => {
    const { distribution } = fitJohnsonByMoments(values);
    expect(distribution?.name).toBe(name);
    const found = curveMoments(distribution!);
    const wanted = moments(
      values,
      values.map(() => 1),
    );
    expect(found.mean).toBeCloseTo(wanted.mean, 6);
    expect(found.deviation).toBeCloseTo(wanted.deviation, 6);
    expect(found.skewness).toBeCloseTo(wanted.skewness, 5);
    expect(found.kurtosis).toBeCloseTo(wanted.kurtosis, 5);
  });

  it.each([1, -1])(
    'is lognormal on the lognormal line, and has the first three moments (side %i)',
    (side) => {
      // Equally spaced probabilities; the tails that they leave out move the kurtosis off the line a little.
      const values = lognormalScores(2001, side);
      const { distribution } = fitJohnsonByMoments(values, { familyTolerance: 1 });
      expect(distribution?.name).toBe('johnson-sl');
      const found = curveMoments(distribution!);
      const wanted = moments(
        values,
        values.map(() => 1),
      );
      expect(found.mean).toBeCloseTo(wanted.mean, 6);
      expect(found.deviation).toBeCloseTo(wanted.deviation, 6);
      expect(found.skewness).toBeCloseTo(wanted.skewness, 6);
      expect(distribution!.quantile(0.99)).toBeGreaterThan(distribution!.quantile(0.01));
    },
  );

  it('is normal for values with the moments of a normal distribution', () => {
    const values = draw(7, 400, (z) => 5 + z);
    expect(fitJohnsonByMoments(values, { familyTolerance: 0.6 }).distribution?.name).toBe('johnson-sn');
  });

  it('is not there for values that are two points only', () => {
    expect(fitJohnsonByMoments([0, 0, 0, 1, 1, 1]).notes[0]?.code).toBe('NO_FIT');
  });
});

describe('a Johnson curve through percentiles', () => {
  it.each(samples.slice(0, 4))('has their spread for values that are %s', (_, name, values) => {
    const { distribution } = fitJohnsonByQuantiles(values);
    expect(distribution?.name).toBe(name);
    const sorted = Float64Array.from(values).sort();
    const whole = quantile(sorted, 0.95)! - quantile(sorted, 0.05)!;
    for (const p of [0.05, 0.206, 0.5, 0.794, 0.95]) {
      expect(Math.abs(distribution!.quantile(p) - quantile(sorted, p)!)).toBeLessThan(0.05 * whole);
    }
  });

  it.each([1, -1])('finds the parameters of a lognormal curve (side %i)', (side) => {
    const values = Array.from(
      { length: 2001 },
      (_, i) => side * Math.exp(quantileOfNormal((i + 0.5) / 2001) / 2),
    );
    const { distribution } = fitJohnsonByQuantiles(values);
    expect(distribution?.name).toBe('johnson-sl');
    // gamma is 0 there by choice, and lambda takes its place.
    expect(distribution!.parameters.delta).toBeCloseTo(side * 2, 1);
    expect(distribution!.parameters.lambda).toBeCloseTo(side, 1);
    expect(distribution!.parameters.xi).toBeCloseTo(0, 1);
  });

  it('is normal for values spaced as a normal distribution', () => {
    const values = Array.from({ length: 999 }, (_, i) => 3 + 2 * quantileOfNormal((i + 1) / 1000));
    const { distribution } = fitJohnsonByQuantiles(values);
    expect(distribution?.name).toBe('johnson-sn');
    expect(distribution!.parameters.xi).toBeCloseTo(3, 6);
    expect(distribution!.parameters.lambda).toBeCloseTo(2, 1);
  });

  it('is not there where percentiles coincide', () => {
    expect(fitJohnsonByQuantiles([1, 1, 1, 1, 1, 1, 1, 2]).notes[0]?.code).toBe('NO_FIT');
  });
});

/** By bisection of a series, so that the curve is not tested with its own normal quantile. */
function quantileOfNormal(p: number): number {
  const cdf = (x: number): number => {
    let term = x;
    let sum = x;
    for (let k = 1; k < 200; k++) {
      term *= (x * x) / (2 * k + 1);
      sum += term;
    }
    return 0.5 + (sum * Math.exp((-x * x) / 2)) / Math.sqrt(2 * Math.PI);
  };
  let [low, high] = [-6, 6];
  for (let i = 0; i < 60; i++) {
    const middle = (low + high) / 2;
    if (cdf(middle) < p) low = middle;
    else high = middle;
  }
  return (low + high) / 2;
}

function lognormalScores(n: number, side: number): number[] {
  return Array.from({ length: n }, (_, i) => side * Math.exp(quantileOfNormal((i + 0.5) / n) / 2));
}
