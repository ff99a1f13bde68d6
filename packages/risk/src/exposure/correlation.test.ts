import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { pearson } from './correlation.js';

/** Anscombe, Graphs in Statistical Analysis (1973): four sets, each with a correlation of 0.816. */
const x = [10, 8, 13, 9, 11, 14, 6, 4, 12, 7, 5];
const first = [8.04, 6.95, 7.58, 8.81, 8.33, 9.96, 7.24, 4.26, 10.84, 4.82, 5.68];
const second = [9.14, 8.14, 8.74, 8.77, 9.26, 8.1, 6.13, 3.1, 9.13, 7.26, 4.74];

describe("Pearson's correlation", () => {
  it('agrees with published sets', () => {
    expect(pearson(x, first)).toBeCloseTo(0.8164205163, 9);
    expect(pearson(x, second)).toBeCloseTo(0.816236506, 9);
  });

  it('is 1 and -1 for lines', () => {
    expect(pearson([1, 2, 3], [10, 20, 30])).toBe(1);
    expect(pearson([1, 2, 3], [3, 2, 1])).toBe(-1);
  });

  it('is undefined where nothing varies or nothing is compared', () => {
    expect(pearson([1, 2, 3], [5, 5, 5])).toBeUndefined();
    expect(pearson([5, 5, 5], [1, 2, 3])).toBeUndefined();
    expect(pearson([], [])).toBeUndefined();
    expect(pearson([1, 2], [1, 2, 3])).toBeUndefined();
    expect(pearson([1, Number.NaN], [1, 2])).toBeUndefined();
  });

  it('stays between -1 and 1, the same both ways, and unchanged by scale', () => {
    const value = fc.double({ min: -100, max: 100, noNaN: true });
    fc.assert(
      fc.property(fc.array(fc.tuple(value, value), { minLength: 2, maxLength: 50 }), (pairs) => {
        const a = pairs.map(([v]) => v);
        const b = pairs.map(([, v]) => v);
        const r = pearson(a, b);
        if (r === undefined) return;
        expect(Math.abs(r)).toBeLessThanOrEqual(1);
        expect(pearson(b, a)).toBeCloseTo(r, 9);
      }),
    );
  });
});
