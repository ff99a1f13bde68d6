import { describe, expect, it } from 'vitest';
import { rangeDeviation, rangeMean } from './studentized-range.js';

describe('The range of normal values', () => {
  it('has the mean and deviation that have closed forms', () => {
    expect(rangeMean(2)).toBeCloseTo(2 / Math.sqrt(Math.PI), 14);
    expect(rangeMean(3)).toBeCloseTo(3 / Math.sqrt(Math.PI), 14);
    expect(rangeDeviation(2)).toBeCloseTo(Math.sqrt(2 - 4 / Math.PI), 14);
  });

  it('has the tabulated d2 and d3 of samples of 2 to 25', () => {
    // D. C. Montgomery, Introduction to Statistical Quality Control, appendix VI.
    const d2 = [
      1.128, 1.693, 2.059, 2.326, 2.534, 2.704, 2.847, 2.97, 3.078, 3.173, 3.258, 3.336, 3.407, 3.472, 3.532,
      3.588, 3.64, 3.689, 3.735, 3.778, 3.819, 3.858, 3.895, 3.931,
    ];
    const d3 = [
      0.853, 0.888, 0.88, 0.864, 0.848, 0.833, 0.82, 0.808, 0.797, 0.787, 0.778, 0.77, 0.763, 0.756,
    ];
    for (const [i, value] of d2.entries()) expect(Math.abs(rangeMean(i + 2) - value)).toBeLessThan(0.00051);
    for (const [i, value] of d3.entries())
      expect(Math.abs(rangeDeviation(i + 2) - value)).toBeLessThan(0.00051);
  });

  it('is known for large samples too', () => {
    // L. H. C. Tippett (1925): the mean range of 1000 is 6.48287.
    expect(rangeMean(1000)).toBeCloseTo(6.48287, 4);
  });

  it('needs two whole values', () => {
    expect(() => rangeMean(1)).toThrow(/whole number of at least 2/);
    expect(() => rangeDeviation(2.5)).toThrow(/whole number/);
  });
});
