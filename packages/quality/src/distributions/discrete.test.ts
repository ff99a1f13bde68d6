import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  binomialCdf,
  binomialQuantile,
  binomialTail,
  geometricQuantile,
  poissonCdf,
  poissonQuantile,
  poissonTail,
} from './discrete.js';

/** C(n, i) p^i (1-p)^(n-i) added up, term by term. */
const binomialSum = (k: number, n: number, p: number): number => {
  let term = (1 - p) ** n;
  let sum = term;
  for (let i = 1; i <= k; i++) {
    term *= ((n - i + 1) / i) * (p / (1 - p));
    sum += term;
  }
  return sum;
};

const poissonSum = (k: number, mean: number): number => {
  let term = Math.exp(-mean);
  let sum = term;
  for (let i = 1; i <= k; i++) {
    term *= mean / i;
    sum += term;
  }
  return sum;
};

describe('Counts of successes', () => {
  it('have the probabilities that their sums give', () => {
    // Four coins: 1, 5, 11 and 15 of 16.
    expect([0, 1, 2, 3].map((k) => binomialCdf(k, 4, 0.5) * 16)).toEqual(
      [1, 5, 11, 15].map((sixteenths) => expect.closeTo(sixteenths, 12)),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 60 }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        (n, p) => {
          const k = Math.floor(n / 2);
          expect(binomialCdf(k, n, p) / binomialSum(k, n, p)).toBeCloseTo(1, 10);
          expect(binomialCdf(k, n, p) + binomialTail(k, n, p)).toBeCloseTo(1, 12);
        },
      ),
    );
  });

  it('stand at the first count whose probability reaches the quantile, rounding forgiven', () => {
    expect(binomialQuantile(5 / 16, 4, 0.5)).toBe(1);
    expect(binomialQuantile(5 / 16 + 1e-9, 4, 0.5)).toBe(2);
    // The sums of 40 coins are exact in double precision; what computes them otherwise may fall short by the last bit.
    for (let k = 0; k < 40; k++) expect(binomialQuantile(binomialSum(k, 40, 0.5), 40, 0.5)).toBe(k);
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.999, noNaN: true }),
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0.0001, max: 0.9999, noNaN: true }),
        (q, n, p) => {
          const k = binomialQuantile(q, n, p);
          expect(binomialCdf(k, n, p)).toBeGreaterThanOrEqual(q * (1 - 1e-13));
          if (k > 0) expect(binomialCdf(k - 1, n, p)).toBeLessThan(q);
        },
      ),
    );
  });

  it('are certain where trials cannot fail or succeed, and where there are none', () => {
    expect([binomialQuantile(0.5, 9, 0), binomialQuantile(0.5, 9, 1), binomialQuantile(0.5, 0, 0.5)]).toEqual(
      [0, 9, 0],
    );
    expect([binomialCdf(0, 9, 0), binomialCdf(8, 9, 1), binomialTail(8, 9, 1)]).toEqual([1, 0, 1]);
  });
});

describe('Counts of events', () => {
  it('have the probabilities that their sums give', () => {
    expect(poissonCdf(0, 2)).toBeCloseTo(Math.exp(-2), 15);
    fc.assert(
      fc.property(fc.double({ min: 0.01, max: 100, noNaN: true }), (mean) => {
        const k = Math.floor(mean);
        expect(poissonCdf(k + 0.5, mean) / poissonSum(k, mean)).toBeCloseTo(1, 10);
        expect(poissonCdf(k, mean) + poissonTail(k, mean)).toBeCloseTo(1, 12);
      }),
    );
  });

  it('stand at the first count whose probability reaches the quantile', () => {
    fc.assert(
      fc.property(
        fc.double({ min: 0.001, max: 0.9999, noNaN: true }),
        fc.double({ min: 0.001, max: 100_000, noNaN: true }),
        (q, mean) => {
          const k = poissonQuantile(q, mean);
          expect(poissonCdf(k, mean)).toBeGreaterThanOrEqual(q * (1 - 1e-13));
          if (k > 0) expect(poissonCdf(k - 1, mean)).toBeLessThan(q);
        },
      ),
    );
    expect(poissonQuantile(0.9, 0)).toBe(0);
  });
});

describe('Failures before a success', () => {
  it('stand at the first count whose probability 1 - (1 - p)^(k + 1) reaches the quantile', () => {
    // 1 - 0.5^3 = 0.875 exactly: the third trial, two failures.
    expect([0.5, 0.875, 0.8751].map((q) => geometricQuantile(q, 0.5))).toEqual([0, 2, 3]);
    expect([geometricQuantile(0.3, 1), geometricQuantile(0, 0.2)]).toEqual([0, 0]);
    // ln 0.5 / ln 0.99 = 68.97, so half of all successes have come by trial 69.
    expect(geometricQuantile(0.5, 0.01)).toBe(68);
  });
});
