import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { betaCdf, betaQuantile, betaTail, betaTailQuantile } from './beta.js';
import { chiSquaredCdf, chiSquaredQuantile, chiSquaredTail, chiSquaredTailQuantile } from './chi-squared.js';
import { fCdf, fQuantile, fTail, fTailQuantile } from './f.js';
import {
  noncentralTCdf,
  noncentralTQuantile,
  noncentralTTail,
  noncentralTTailQuantile,
} from './noncentral-t.js';
import { normalCdf, normalQuantile, normalTail, normalTailQuantile } from './normal.js';
import { studentCdf, studentQuantile, studentTail, studentTailQuantile } from './student-t.js';

type Figure = (...arguments_: number[]) => number;

/** Numbers spread evenly over their orders of magnitude. */
const power = (low: number, high: number) =>
  fc
    .double({ min: Math.log10(low), max: Math.log10(high), noNaN: true, noDefaultInfinity: true })
    .map((exponent) => 10 ** exponent);

const noncentrality = fc.double({ min: -50, max: 50, noNaN: true });

const families: readonly (readonly [
  string,
  readonly [Figure, Figure, Figure, Figure],
  readonly fc.Arbitrary<number>[],
])[] = [
  ['normal', [normalCdf, normalTail, normalQuantile, normalTailQuantile], []],
  ['t', [studentCdf, studentTail, studentQuantile, studentTailQuantile], [power(3, 1e6)]],
  [
    'chi-squared',
    [chiSquaredCdf, chiSquaredTail, chiSquaredQuantile, chiSquaredTailQuantile],
    [power(3, 1e4)],
  ],
  ['beta', [betaCdf, betaTail, betaQuantile, betaTailQuantile], [power(3, 1e4), power(3, 1e4)]],
  ['F', [fCdf, fTail, fQuantile, fTailQuantile], [power(5, 1e4), power(5, 1e4)]],
  [
    'noncentral t',
    [noncentralTCdf, noncentralTTail, noncentralTQuantile, noncentralTTailQuantile],
    [power(3, 1e4), noncentrality],
  ],
];

describe.each(families)('The %s distribution', (_, [cdf, tail, quantile, tailQuantile], arbitraries) => {
  const parameters = fc.tuple(...arbitraries);
  const small = power(1e-290, 0.5);

  it('gives back the probability at its quantile, in both tails', () => {
    fc.assert(
      fc.property(parameters, small, (given, p) => {
        const low = quantile(p, ...given);
        const high = tailQuantile(p, ...given);
        expect(Math.abs(cdf(low, ...given) / p - 1)).toBeLessThan(1e-10);
        // Beside 1 the rounded quantile of a beta distribution no longer names the small rest that its tail depends on.
        if (Math.abs(high - 1) > 1e-4) expect(Math.abs(tail(high, ...given) / p - 1)).toBeLessThan(1e-8);
      }),
      { numRuns: 150 },
    );
  });

  it('has tails that add up to 1, and a distribution function that rises', () => {
    fc.assert(
      fc.property(parameters, power(1e-6, 0.5), power(1e-6, 0.5), (given, p, q) => {
        const [from, to] = [quantile(Math.min(p, q), ...given), quantile(Math.max(p, q), ...given)];
        expect(to).toBeGreaterThanOrEqual(from - 1e-12 * Math.abs(from) - 1e-14);
        expect(cdf(from, ...given) + tail(from, ...given)).toBeCloseTo(1, 12);
        expect(cdf(to, ...given)).toBeGreaterThanOrEqual(cdf(from, ...given) * (1 - 1e-12));
      }),
      { numRuns: 150 },
    );
  });
});

describe('Distributions that are one another', () => {
  it('agree: t² is F with one degree of freedom', () => {
    fc.assert(
      fc.property(power(0.1, 100), power(0.5, 1000), (t, df) => {
        fc.pre(studentTail(t, df) > 1e-300);
        expect(fTail(t * t, 1, df) / (2 * studentTail(t, df))).toBeCloseTo(1, 10);
      }),
    );
  });

  it('agree: noncentral t without noncentrality is t', () => {
    fc.assert(
      fc.property(power(0.1, 1e6), power(0.5, 1e4), (t, df) => {
        fc.pre(studentTail(t, df) > 1e-300);
        expect(noncentralTTail(t, df, 0) / studentTail(t, df)).toBeCloseTo(1, 11);
      }),
    );
  });

  it('agree: F with endless degrees of freedom below is chi-squared over its own', () => {
    expect(fTail(2.1, 5, 1e12) / chiSquaredTail(10.5, 5)).toBeCloseTo(1, 9);
  });
});
