import { describe, expect, it } from 'vitest';
import { c4, chartConstants, d2, d3, largestRangeSize } from './constants.js';

describe('the constants of control charts', () => {
  // Montgomery, Introduction to Statistical Quality Control (7th ed.), appendix VI; three decimals.
  it.each([
    [2, { A2: 1.88, A3: 2.659, c4: 0.7979, B4: 3.267, d2: 1.128, d3: 0.853, D3: 0, D4: 3.267 }],
    [4, { A2: 0.729, A3: 1.628, c4: 0.9213, B4: 2.266, d2: 2.059, d3: 0.88, D3: 0, D4: 2.282 }],
    [6, { A2: 0.483, A3: 1.287, c4: 0.9515, B3: 0.03, B4: 1.97, d2: 2.534, d3: 0.848, D4: 2.004 }],
    [7, { A2: 0.419, A3: 1.182, c4: 0.9594, B3: 0.118, d2: 2.704, d3: 0.833, D3: 0.076, D4: 1.924 }],
    [10, { A: 0.949, A2: 0.308, B5: 0.276, B6: 1.669, d2: 3.078, d3: 0.797, D1: 0.687, D2: 5.469 }],
    [25, { A: 0.6, A3: 0.606, c4: 0.9896, B3: 0.565, B4: 1.435, d2: 3.931, d3: 0.708, D3: 0.459 }],
  ])('of samples of %d are the printed ones', (n, printed) => {
    const constants = chartConstants(n);
    for (const [name, value] of Object.entries(printed))
      expect(Math.abs(constants[name as keyof typeof constants] - value), name).toBeLessThan(0.00101);
  });

  // mpmath at 40 digits.
  it.each([
    [2, 0.7978845608028654],
    [50, 0.9949113046697329],
    [100, 0.9974779760712635],
    [101, 0.9975031639551051],
    [102, 0.9975278537109212],
    [500, 0.9994991238117116],
    [10_000, 0.9999749978123516],
  ])('have c4(%d) to the last digits', (n, expected) => {
    expect(Math.abs(c4(n) / expected - 1)).toBeLessThan(7e-16);
  });

  it.each([1, 0, -3, 2.5, Number.NaN, Infinity])('refuse samples of %d', (n) => {
    expect(() => chartConstants(n)).toThrow(/chart constants/);
    expect(() => c4(n)).toThrow(/chart constants/);
  });

  it('refuse ranges of samples that are too large for ranges', () => {
    expect(() => d2(largestRangeSize + 1)).toThrow(/2 to 25/);
    expect(() => d3(largestRangeSize + 1)).toThrow(/2 to 25/);
    expect(c4(largestRangeSize + 1)).toBeGreaterThan(0.99);
  });
});
