import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { logGamma } from '../numeric/log-gamma.js';
import { betaCdf, betaQuantile, betaTail, betaTailQuantile } from './beta.js';
import { chiSquaredCdf, chiSquaredQuantile, chiSquaredTail, chiSquaredTailQuantile } from './chi-squared.js';
import { fCdf, fQuantile, fTail, fTailQuantile } from './f.js';
import { gammaCdf, gammaQuantile, gammaTail, gammaTailQuantile } from './gamma.js';
import {
  noncentralTCdf,
  noncentralTQuantile,
  noncentralTTail,
  noncentralTTailQuantile,
} from './noncentral-t.js';
import { normalCdf, normalLogTail, normalQuantile, normalTail, normalTailQuantile } from './normal.js';
import { studentCdf, studentQuantile, studentTail, studentTailQuantile } from './student-t.js';
import { rangeDeviation, rangeMean } from './studentized-range.js';

type Row = readonly number[];
type Figure = (...arguments_: number[]) => number;

/** The note inside says how mpmath made the numbers. */
const reference = JSON.parse(
  readFileSync(new URL('../test-data/distributions-mpmath.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, readonly Row[]>>;

/** Below it doubles lose digits, and no relative error can be asked for. */
const smallest = 1e-307;

const expectNear = (actual: number, wanted: number, relative: number, where: string): void => {
  const error = wanted === 0 ? Math.abs(actual) : Math.abs(actual / wanted - 1);
  expect(error, `${where}: ${actual} instead of ${wanted}`).toBeLessThan(relative);
};

/** Rows are [...parameters, x, lower tail, upper tail]. */
const expectTable = (
  rows: readonly Row[] | undefined,
  [cdf, tail, quantile, tailQuantile]: readonly [Figure, Figure, Figure, Figure],
  relative: number,
): void => {
  expect(rows?.length).toBeGreaterThan(50);
  for (const row of rows ?? []) {
    const [x, lower, upper] = row.slice(-3) as [number, number, number];
    const parameters = row.slice(0, -3);
    const where = row.join(' ');
    if (lower > smallest) expectNear(cdf(x, ...parameters), lower, relative, `cdf of ${where}`);
    if (upper > smallest) expectNear(tail(x, ...parameters), upper, relative, `tail of ${where}`);
    // In the other half a probability close to 1 does not name its place exactly enough.
    if (lower > smallest && lower <= 0.5)
      expectNear(quantile(lower, ...parameters), x, relative, `quantile of ${where}`);
    if (upper > smallest && upper <= 0.5)
      expectNear(tailQuantile(upper, ...parameters), x, relative, `upper quantile of ${where}`);
  }
};

describe('Figures of 50 digits', () => {
  it('agree with the normal tails down to 1e-304', () => {
    for (const [x, tail] of reference.normalTail as [number, number][]) {
      expectNear(normalTail(x), tail, 1e-15, `tail at ${x}`);
      expectNear(normalCdf(-x), tail, 1e-15, `cdf at ${-x}`);
      if (x > 0) expectNear(normalLogTail(x), Math.log(tail), 1e-14, `logarithm of the tail at ${x}`);
    }
  });

  it('agree with the normal quantiles down to the denormal 1e-320', () => {
    for (const [q, x] of reference.normalTailQuantile as [number, number][]) {
      expectNear(normalTailQuantile(q), x, 1e-15, `upper quantile of ${q}`);
      expectNear(normalQuantile(q), -x, 1e-15, `quantile of ${q}`);
    }
  });

  it('agree with the logarithm of gamma, also beside its zeros 1 and 2', () => {
    for (const [x, value] of reference.logGamma as [number, number][])
      expectNear(logGamma(x), value, 1e-15, `logarithm of gamma at ${x}`);
  });

  it("agree with Student's t in both tails, for degrees of freedom from 0.3 to 1e9", () => {
    expectTable(reference.student, [studentCdf, studentTail, studentQuantile, studentTailQuantile], 1e-12);
  });

  it('agree with gamma and chi-squared in both tails, for shapes from 0.05 to a million', () => {
    const scale = 3;
    expectTable(
      reference.gamma,
      [
        (x = 0, shape = 0) => gammaCdf(x * scale, shape, scale),
        (x = 0, shape = 0) => gammaTail(x * scale, shape, scale),
        (p = 0, shape = 0) => gammaQuantile(p, shape, scale) / scale,
        (q = 0, shape = 0) => gammaTailQuantile(q, shape, scale) / scale,
      ],
      1e-11,
    );
    expectTable(
      reference.gamma,
      [
        (x = 0, shape = 0) => chiSquaredCdf(2 * x, 2 * shape),
        (x = 0, shape = 0) => chiSquaredTail(2 * x, 2 * shape),
        (p = 0, shape = 0) => chiSquaredQuantile(p, 2 * shape) / 2,
        (q = 0, shape = 0) => chiSquaredTailQuantile(q, 2 * shape) / 2,
      ],
      1e-12,
    );
  });

  it('agree with what Ramanujan proved of the gamma distribution at its mean, for shapes up to 1e14', () => {
    // P(a, a) = 1/2 + 1/(3 √(2 pi a)) + O(a^-3/2).
    for (const shape of [1e8, 1e11, 1e14]) {
      const beyond = 1 / (3 * Math.sqrt(2 * Math.PI * shape));
      expectNear(gammaCdf(shape, shape, 1), 0.5 + beyond, 1e-11, `cdf of ${shape}`);
      expectNear(gammaTail(shape, shape, 1), 0.5 - beyond, 1e-11, `tail of ${shape}`);
    }
  });

  it('agree with beta in both tails, for parameters from 0.1 to a million', () => {
    expectTable(reference.beta, [betaCdf, betaTail, betaQuantile, betaTailQuantile], 3e-12);
  });

  it('agree with F in both tails', () => {
    expectTable(reference.f, [fCdf, fTail, fQuantile, fTailQuantile], 1e-12);
  });

  it('agree with noncentral t in both tails, for noncentralities up to a thousand', () => {
    expectTable(
      reference.noncentral,
      [noncentralTCdf, noncentralTTail, noncentralTQuantile, noncentralTTailQuantile],
      1e-12,
    );
  });

  it('agree with the mean and deviation of ranges', () => {
    for (const [n, mean, deviation] of reference.range as [number, number, number][]) {
      expectNear(rangeMean(n), mean, 2e-15, `d2 of ${n}`);
      expectNear(rangeDeviation(n), deviation, 2e-15, `d3 of ${n}`);
    }
  });
});
