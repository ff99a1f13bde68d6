import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { kolmogorovSmirnov, populationStability, wasserstein1 } from './distances.js';
import { mannWhitney } from './mann-whitney.js';
import { fTest, welchTest } from './two-sample.js';

const sample = fc.array(fc.integer({ min: -20, max: 20 }), { minLength: 1, maxLength: 25 });
const none = (code: string) => ({ pValue: undefined, notes: [{ code }] });

describe("Welch's t", () => {
  it("is R's for the sleep data: t = -1.8608, df = 17.776, p = 0.07939", () => {
    const [first, second] = [
      [0.7, -1.6, -0.2, -1.2, -0.1, 3.4, 3.7, 0.8, 0, 2],
      [1.9, 0.8, 1.1, 0.1, -0.1, 4.4, 5.5, 1.6, 4.6, 3.4],
    ];
    const { t, df, pValue, difference } = welchTest(first!, second!);
    expect(t).toBeCloseTo(-1.8608, 4);
    expect(df).toBeCloseTo(17.776, 3);
    expect(pValue).toBeCloseTo(0.07939, 5);
    expect(difference).toBeCloseTo(-1.58, 12);
  });

  it('is open for samples too small or without spread', () => {
    expect(welchTest([1], [1, 2])).toMatchObject(none('NOT_ENOUGH_DATA'));
    expect(welchTest([1, 1], [2, 2])).toMatchObject({ ...none('NO_SPREAD'), difference: -1 });
    expect(welchTest([], [])).toMatchObject({ t: undefined, notes: [{ code: 'EMPTY' }, { code: 'EMPTY' }] });
  });
});

describe('the F test', () => {
  it('of 1, 2, 3 and 2, 4, 6 is 1/4 with p = 0.4', () => {
    // With 2 and 2 degrees of freedom the distribution function is f / (1 + f): 0.2 for 1/4.
    const { f, df1, df2, pValue } = fTest([1, 2, 3], [2, 4, 6]);
    expect([f, df1, df2]).toEqual([0.25, 2, 2]);
    expect(pValue).toBeCloseTo(0.4, 13);
    expect(fTest([2, 4, 6], [1, 2, 3]).pValue).toBeCloseTo(0.4, 13);
    expect(fTest([1, 1], [1, 2])).toMatchObject(none('NO_SPREAD'));
  });
});

describe('the Mann-Whitney test', () => {
  it('counts all orders of small samples: 3 above 3 is one of 20', () => {
    expect(mannWhitney([4, 5, 6], [1, 2, 3])).toEqual({ w: 9, pValue: 0.1, exact: true, notes: [] });
    expect(mannWhitney([1, 2, 3], [4, 5, 6])).toMatchObject({ w: 0, pValue: 0.1 });
  });

  it("is R's for the depression data of Hollander and Wolfe's permeability: W = 35, p = 0.2544", () => {
    const term = [0.8, 0.83, 1.89, 1.04, 1.45, 1.38, 1.91, 1.64, 0.73, 1.46];
    const early = [1.15, 0.88, 0.9, 0.74, 1.21];
    const { w, pValue, exact } = mannWhitney(term, early);
    expect([w, exact]).toEqual([35, true]);
    expect(pValue).toBeCloseTo(0.2544, 4);
  });

  it('has the chances of all orders, by brute force', () => {
    const orders = (m: number, n: number): number[] => {
      if (m === 0 || n === 0) return [0];
      return [...orders(m - 1, n).map((w) => w + n), ...orders(m, n - 1)];
    };
    for (const [m, n] of [
      [2, 5],
      [4, 4],
      [5, 3],
    ] as const) {
      const all = orders(m, n);
      // The first m - 1 lie below all others, one at each place above them in turn.
      for (let above = 0; above <= n; above++) {
        const others = Array.from({ length: n }, (_, i) => i + 0.5);
        const reference = [...Array.from({ length: m - 1 }, (_, i) => -1 - i), above];
        const { w, pValue } = mannWhitney(reference, others);
        const tail = Math.min(all.filter((x) => x <= w!).length, all.filter((x) => x >= w!).length);
        expect(pValue).toBeCloseTo(Math.min(1, (2 * tail) / all.length), 12);
      }
    }
  });

  it('is normal with corrections for ties and continuity when values are tied', () => {
    // W = 0.5 + 2 + 3 of 9; ties of 2 and 1: variance 9 / 12 * (7 - 6 / 30) = 5.1; z = (5.5 - 4.5 - 0.5) / sqrt(5.1).
    const { w, pValue, exact } = mannWhitney([1, 3, 5], [1, 2, 4]);
    expect([w, exact]).toEqual([5.5, false]);
    // 2 (1 - Phi(0.221403721)) = erfc(0.5 / sqrt(10.2)).
    expect(pValue).toBeCloseTo(0.824778095082513, 10);
  });

  it('splits all pairs between both samples, and is open where it has no order', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        expect(mannWhitney(a, b).w! + mannWhitney(b, a).w!).toBe(a.length * b.length);
      }),
    );
    expect(mannWhitney([1, 1], [1])).toMatchObject({ w: 1, exact: false, ...none('NO_SPREAD') });
    expect(mannWhitney([], [1])).toMatchObject({ w: undefined, ...none('EMPTY') });
  });
});

describe('distances of distributions', () => {
  it('are 1 and the shift for samples that lie apart', () => {
    expect(kolmogorovSmirnov([1, 2, 3], [11, 12, 13]).d).toBe(1);
    expect(wasserstein1([1, 2, 3], [11, 12, 13]).value).toBeCloseTo(10, 12);
  });

  it('are those of the definition over all places, also with ties', () => {
    fc.assert(
      fc.property(sample, sample, (a, b) => {
        const places = [...new Set([...a, ...b])].sort((x, y) => x - y);
        const share = (xs: readonly number[], at: number) => xs.filter((x) => x <= at).length / xs.length;
        const away = places.map((at) => Math.abs(share(a, at) - share(b, at)));
        const area = away.reduce((sum, d, i) => sum + d * ((places[i + 1] ?? places[i]!) - places[i]!), 0);
        expect(kolmogorovSmirnov(a, b).d).toBeCloseTo(Math.max(...away), 12);
        expect(wasserstein1(a, b).value).toBeCloseTo(area, 12);
      }),
    );
  });

  it("have Kolmogorov's chances: 1.3581 is passed in 5 %, 0.8276 in 50 %", () => {
    // d * sqrt(mn / (m + n)) with m = n = 2 k^2 is d * k.
    const at = (d: number, m: number) => {
      const reference = Array.from({ length: m }, (_, i) => i);
      return kolmogorovSmirnov(
        reference,
        reference.map((x) => x + d * m + 0.5 - 0.5),
      );
    };
    // d = 0.13 at m = n = 200 is z = 1.3, whose tail is 0.0681 in Smirnov's table (1948); 0.08 is z = 0.8 with 0.5441.
    expect(at(0.13, 200)).toMatchObject({ d: expect.closeTo(0.13, 12), pValue: expect.closeTo(0.0681, 4) });
    expect(at(0.08, 200).pValue).toBeCloseTo(0.5441, 4);
    expect(at(0, 200).pValue).toBe(1);
  });

  it('are open without values', () => {
    expect(kolmogorovSmirnov([], [1])).toMatchObject({ d: undefined, ...none('EMPTY') });
    expect(wasserstein1([1], [])).toMatchObject({ value: undefined, notes: [{ code: 'EMPTY' }] });
  });
});

describe('the population stability index', () => {
  it('sums (c - r) ln(c / r): halves against a quarter and three quarters are ln(3) / 4', () => {
    const { psi, referenceShares, currentShares } = populationStability([1, 2, 3, 4], [1, 3, 4, 5], {
      edges: [2],
    });
    expect([referenceShares, currentShares]).toEqual([
      [0.5, 0.5],
      [0.25, 0.75],
    ]);
    expect(psi).toBeCloseTo(-0.25 * Math.log(0.5) + 0.25 * Math.log(1.5), 14);
  });

  it('gives empty bins a share of their own, and is 0 for the same shares', () => {
    const { psi } = populationStability([1, 3], [3, 3], { edges: [2], floor: 0.01 });
    expect(psi).toBeCloseTo((0.01 - 0.5) * Math.log(0.01 / 0.5) + 0.5 * Math.log(2), 14);
    expect(populationStability([1, 3], [0, 9], { edges: [2] }).psi).toBe(0);
  });

  it('refuses edges that do not ascend, and is open without values', () => {
    for (const edges of [[], [1, 1], [2, 1], [Number.NaN]])
      expect(() => populationStability([1], [1], { edges })).toThrow(
        expect.objectContaining({ code: 'BAD_CONFIG' }),
      );
    expect(populationStability([], [1], { edges: [0] })).toMatchObject({
      psi: undefined,
      notes: [{ code: 'EMPTY' }],
    });
  });
});
