import { MikroBotError } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { individualsDegrees, withinDegrees } from './degrees-of-freedom.js';
import {
  bissellInterval,
  bissellLowerBound,
  boylesDegrees,
  cpInterval,
  cpmInterval,
  exactInterval,
  heavlinInterval,
} from './intervals.js';

const code = (run: () => unknown): string => {
  try {
    run();
  } catch (error) {
    return error instanceof MikroBotError ? error.code : String(error);
  }
  return 'nothing was thrown';
};

describe('intervals of capability indices', () => {
  // mpmath with 30 digits, from the printed formulas.
  it('of Cp are those of chi-squared', () => {
    const { lower, upper } = cpInterval(1.33, 10);
    expect(lower).toBeCloseTo(0.728523543927889, 12);
    expect(upper).toBeCloseTo(1.93360268120927, 12);
  });

  it('of Cpk are those of Bissell and Heavlin', () => {
    expect(bissellInterval(1.67, 30).lower).toBeCloseTo(1.22397064480749, 12);
    expect(bissellLowerBound(1.67, 30)).toBeCloseTo(1.29568036535253, 12);
    expect(heavlinInterval(1.67, 30).upper).toBeCloseTo(2.17470419454258, 12);
  });

  it('hold the true index in their middle for every n and C', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -2, max: 4, noNaN: true }),
        fc.integer({ min: 5, max: 500 }),
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        (c, n, confidence) => {
          for (const interval of [bissellInterval, heavlinInterval, exactInterval]) {
            const { lower, upper } = interval(c, n, { confidence });
            expect(lower).toBeLessThan(upper);
            const wider = interval(c, n, { confidence: (1 + confidence) / 2 });
            expect(wider.lower).toBeLessThan(lower);
            expect(wider.upper).toBeGreaterThan(upper);
            const longer = interval(c, 4 * n, { confidence });
            expect(longer.upper - longer.lower).toBeLessThan(upper - lower);
          }
          const { lower } = bissellInterval(c, n, { confidence });
          expect(bissellLowerBound(c, n, { confidence })).toBeGreaterThan(lower);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('of Cpu by noncentral t and by Bissell come together as n grows', () => {
    const exact = exactInterval(1.33, 2000);
    const approximate = bissellInterval(1.33, 2000);
    expect(exact.lower).toBeCloseTo(approximate.lower, 3);
    expect(exact.upper).toBeCloseTo(approximate.upper, 3);
  });

  it('of Cpm are those of Cp with one more degree of freedom at the target, and narrower off it', () => {
    expect(cpmInterval(1.2, 20, 0)).toEqual(cpInterval(1.2, 20, { degreesOfFreedom: 20 }));
    // 20 (1 + 1)^2 / (1 + 2), by hand.
    expect(boylesDegrees(20, 1)).toBeCloseTo(80 / 3, 12);
  });

  it('refuse figures that make no sense', () => {
    expect(code(() => cpInterval(1, 1))).toBe('BAD_CONFIG');
    expect(code(() => bissellInterval(Number.NaN, 10))).toBe('BAD_CONFIG');
    expect(code(() => bissellInterval(1, 10, { confidence: 1 }))).toBe('BAD_CONFIG');
    expect(code(() => heavlinInterval(1, 3))).toBe('BAD_CONFIG');
    expect(code(() => exactInterval(1, -5))).toBe('BAD_CONFIG');
    expect(code(() => cpmInterval(1, 10, Infinity))).toBe('BAD_CONFIG');
  });
});

describe('degrees of freedom of sigma', () => {
  it('of ranges are those of a standard deviation that varies as much', () => {
    // mpmath: the df at which 1 / c4^2 - 1 is (d3 / d2)^2 / k, for k = 1, 10 and 25 groups of 5.
    const degrees = (k: number) =>
      withinDegrees(
        Array.from({ length: k }, () => 5),
        'range',
      );
    expect(Math.abs(degrees(1) - 3.8265)).toBeLessThan(0.06);
    expect(Math.abs(degrees(10) - 36.4736)).toBeLessThan(0.01);
    expect(Math.abs(degrees(25) - 90.8197)).toBeLessThan(0.01);
  });

  it('never exceed those of pooling by much, and weighting loses none', () => {
    const sizes = [2, 3, 5, 8, 8];
    const pooled = withinDegrees(sizes, 'pooled');
    expect(pooled).toBe(21);
    for (const method of ['range', 'deviation', 'weighted-range', 'weighted-deviation'] as const)
      expect(withinDegrees(sizes, method)).toBeLessThan(pooled + 0.25);
    expect(withinDegrees(sizes, 'weighted-deviation')).toBeGreaterThan(withinDegrees(sizes, 'deviation'));
    expect(withinDegrees(sizes, 'weighted-range')).toBeGreaterThan(withinDegrees(sizes, 'range'));
  });

  it('of moving ranges are some six tenths of those of all values', () => {
    expect(individualsDegrees(100, 'moving-range') / 99).toBeCloseTo(0.61, 2);
    expect(individualsDegrees(100, 'median-moving-range')).toBeLessThan(
      individualsDegrees(100, 'moving-range'),
    );
    expect(individualsDegrees(100, 'deviation')).toBe(99);
    expect(individualsDegrees(1, 'moving-range')).toBe(0);
    expect(withinDegrees([], 'range')).toBe(0);
  });
});
