import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { quantile } from './quantile.js';
import { interquartileRange, medianAbsoluteDeviation } from './robust.js';
import { shape } from './shape.js';

describe('shape', () => {
  it('has the three definitions of skewness and kurtosis', () => {
    // By hand: mean 4, m2 = 12.5, m3 = 45, m4 = 348.5.
    const values = [1, 2, 3, 10];
    const g1 = 45 / 12.5 ** 1.5;
    expect(shape(values, 1).skewness).toBeCloseTo(1.018233765, 9);
    expect(shape(values, 1).excessKurtosis).toBeCloseTo(-0.7696, 12);
    // As the SKEW and KURT of spreadsheets.
    expect(shape(values, 2).skewness).toBeCloseTo(1.763632615, 9);
    expect(shape(values, 2).excessKurtosis).toBeCloseTo(3.228, 12);
    expect(shape(values, 3).skewness).toBeCloseTo(g1 * 0.649519053, 8);
    expect(shape(values, 3).excessKurtosis).toBeCloseTo((348.5 / 156.25) * 0.5625 - 3, 12);
  });

  it('keeps its digits far from 0', () => {
    const far = shape([1e9 + 1, 1e9 + 2, 1e9 + 3, 1e9 + 10], 1);
    expect(far.skewness).toBeCloseTo(1.018233765, 9);
    expect(far.excessKurtosis).toBeCloseTo(-0.7696, 12);
  });

  it('is undefined, with a note, where there is too little', () => {
    expect(shape([]).notes[0]?.code).toBe('EMPTY');
    expect(shape([7]).notes[0]?.code).toBe('ONE_VALUE');
    expect(shape([1, 2]).notes[0]?.code).toBe('NOT_ENOUGH_DATA');
    expect(shape([0.1, 0.1, 0.1]).notes[0]?.code).toBe('NO_SPREAD');
    const three = shape([1, 2, 4]);
    expect(three.skewness).toBeDefined();
    expect(three.excessKurtosis).toBeUndefined();
    expect(three.notes[0]?.code).toBe('NOT_ENOUGH_DATA');
  });

  it('knows no fourth definition', () => {
    expect(() => shape([1, 2, 3], 4 as 1)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});

describe('quantile', () => {
  it.each([
    [4, 2],
    [5, 2.5],
    [6, 2.4],
    [7, 2.6],
    [8, 37 / 15],
    [9, 2.475],
  ] as const)('interpolates by definition %i of Hyndman and Fan', (type, expected) => {
    expect(quantile([1, 2, 3, 4, 5], 0.4, { type })).toBeCloseTo(expected, 12);
  });

  it.each([4, 5, 6, 7, 8, 9] as const)('gives the very value of a whole rank by definition %i', (type) => {
    expect(quantile([1, 2, 3, 4, 5, 6, 7, 8, 9], type === 4 ? 5 / 9 : 0.5, { type })).toBe(5);
  });

  it('stays between the extremes, rises, and ends at them', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -100, max: 100 }), { minLength: 1, maxLength: 30 }),
        fc.constantFrom(4, 5, 6, 7, 8, 9),
        (values, type) => {
          const sorted = Float64Array.from(values).sort();
          let last = sorted[0]!;
          for (let p = 0; p <= 1; p += 1 / 64) {
            const q = quantile(sorted, p, { type: type as 4 })!;
            expect(q).toBeGreaterThanOrEqual(last);
            last = q;
          }
          expect(last).toBe(sorted[sorted.length - 1]);
        },
      ),
    );
  });

  it('is undefined without values, and refuses what is no probability or type', () => {
    expect(quantile([], 0.5)).toBeUndefined();
    expect(() => quantile([1], 1.5)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(() => quantile([1], 0.5, { type: 3 as 4 })).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG' }),
    );
  });
});

describe('robust spreads', () => {
  it('are not moved by one wild value', () => {
    // Distances from the median 3: 2, 1, 0, 1, 997; their median 1.
    expect(medianAbsoluteDeviation([1, 2, 3, 4, 1000])).toBeCloseTo(1.4826, 12);
    expect(interquartileRange([1, 2, 3, 4, 1000])).toBe(2);
    expect(interquartileRange([1, 2, 3, 4, 1000], { type: 6 })).toBe(500.5);
  });

  it('are undefined without values', () => {
    expect(medianAbsoluteDeviation([])).toBeUndefined();
    expect(interquartileRange([])).toBeUndefined();
  });
});
