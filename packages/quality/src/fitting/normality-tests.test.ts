import { normal, seededRandom } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { andersonDarling } from './anderson-darling.js';
import { cramerVonMises } from './cramer-von-mises.js';
import { jarqueBera } from './jarque-bera.js';
import { lilliefors } from './lilliefors.js';
import type { NormalityTest } from './normality-test.js';
import { shapiroWilk } from './shapiro-wilk.js';

const tests: readonly (readonly [string, (values: ArrayLike<number>) => NormalityTest, number])[] = [
  ['Anderson-Darling', andersonDarling, 8],
  ['Shapiro-Wilk', shapiroWilk, 3],
  ['Jarque-Bera', jarqueBera, 3],
  ['Cramér-von Mises', cramerVonMises, 8],
  ['Lilliefors', lilliefors, 5],
];

const normals = (seed: number, n: number): number[] => {
  const random = seededRandom(seed);
  return Array.from({ length: n }, () => normal(random));
};

const sample = fc
  .array(fc.integer({ min: -1000, max: 1000 }), { minLength: 12, maxLength: 60 })
  .filter((values) => new Set(values).size > 3);

describe.each(tests)('the %s test', (_, test, least) => {
  it('does not mind the unit and the origin of the values', () => {
    fc.assert(
      fc.property(
        sample,
        fc.integer({ min: 1, max: 1000 }),
        fc.integer({ min: -1e4, max: 1e4 }),
        (values, scale, shift) => {
          const plain = test(values);
          const moved = test(values.map((x) => x * scale + shift));
          expect(moved.statistic).toBeCloseTo(plain.statistic!, 8);
          expect(moved.p).toBeCloseTo(plain.p!, 8);
        },
      ),
    );
  });

  it('does not mind the order of the values, nor which side is up', () => {
    fc.assert(
      fc.property(sample, (values) => {
        const plain = test(values);
        expect(test([...values].reverse()).statistic).toBeCloseTo(plain.statistic!, 10);
        expect(test(values.map((x) => -x)).statistic).toBeCloseTo(plain.statistic!, 8);
      }),
    );
  });

  it('gives a probability', () => {
    fc.assert(
      fc.property(sample, (values) => {
        const { p } = test(values);
        expect(p).toBeGreaterThanOrEqual(0);
        expect(p).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('refuses a sample with one wild value', () => {
    expect(test([...normals(3, 100), 40]).p).toBeLessThan(1e-6);
  });

  it('says what is missing instead of a figure', () => {
    const codes = (values: readonly number[]) => test(values).notes.map(({ code }) => code);
    expect(codes([])).toEqual(['EMPTY']);
    expect(codes([5])).toEqual(['ONE_VALUE']);
    expect(codes(normals(1, least - 1))).toEqual(['NOT_ENOUGH_DATA']);
    expect(codes(Array.from({ length: 20 }, () => 0.1))).toEqual(['NO_SPREAD']);
    expect(test([1, 1]).statistic).toBeUndefined();
    expect(test(normals(1, least)).p).toBeDefined();
    expect(() => test([1, 2, Number.NaN])).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });
});

// Jarque-Bera is left out: its p is known to be wrong for samples of such sizes.
const exactEnough = tests.filter(([name]) => name !== 'Jarque-Bera');

describe.each(exactEnough)('the p of the %s test', (_, test) => {
  it.each([10, 30, 150])('falls below 0.05 for about one normal sample of %i values in twenty', (n) => {
    const random = seededRandom(n);
    const rounds = 2000;
    let refused = 0;
    let low = 0;
    for (let i = 0; i < rounds; i++) {
      const p = test(Array.from({ length: n }, () => normal(random))).p!;
      if (p < 0.05) refused++;
      if (p < 0.5) low++;
    }
    // Three standard errors: 0.0146 and 0.034; the approximations add a little of their own.
    expect(Math.abs(refused / rounds - 0.05)).toBeLessThan(0.016);
    expect(Math.abs(low / rounds - 0.5)).toBeLessThan(0.05);
  });
});

describe('published samples', () => {
  // S. S. Shapiro and M. B. Wilk, An Analysis of Variance Test for Normality (1965), example 1; figures by mpmath and R.
  const weights = [148, 154, 158, 160, 161, 162, 166, 170, 182, 195, 236];

  it('have the W, A², W² and D that arithmetic with 40 digits gives', () => {
    const { statistic, p } = shapiroWilk(weights);
    expect(statistic).toBeCloseTo(0.788814694835, 11);
    expect(p).toBeCloseTo(0.0067038140565, 11);
    expect(andersonDarling(weights).statistic).toBeCloseTo(0.946771879599, 11);
    expect(cramerVonMises(weights).statistic).toBeCloseTo(0.163917060194, 11);
    expect(lilliefors(weights).statistic).toBeCloseTo(0.259215357149, 11);
  });

  it('of three values follow the exact distribution of W, from 3/4 on', () => {
    expect(shapiroWilk([0, 1, 2]).statistic).toBeCloseTo(1, 14);
    expect(shapiroWilk([0, 1, 2]).p).toBeCloseTo(1, 6);
    expect(shapiroWilk([0, 0, 1]).statistic).toBeCloseTo(0.75, 14);
    expect(shapiroWilk([0, 0, 1]).p).toBeCloseTo(0, 6);
  });
});

describe('extremes', () => {
  it('of size are corrected for in the p of Lilliefors', () => {
    // D is 1/2 - Φ(-√(399/400)); the formula of Dallal and Wilkinson by mpmath.
    const { statistic, p } = lilliefors(Array.from({ length: 400 }, (_, i) => (i % 2 ? 1 : -1)));
    expect(statistic).toBeCloseTo(0.34104190411034752, 12);
    expect(Math.log(p!)).toBeCloseTo(-305.72879612, 6);
  });

  it('keep Anderson-Darling finite where a normal tail is no longer a double', () => {
    const values = [...normals(5, 5000), 1e6];
    const { statistic, p } = andersonDarling(values);
    expect(statistic).toBeGreaterThan(1000);
    expect(statistic).toBeLessThan(Infinity);
    expect(p).toBe(3.7e-24);
  });

  it('of size are refused by Shapiro-Wilk with a note', () => {
    expect(shapiroWilk(normals(2, 5001)).notes[0]?.code).toBe('TOO_MUCH_DATA');
    expect(shapiroWilk(normals(2, 5000)).p).toBeGreaterThan(0.01);
  });
});
