import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  individualsMethods,
  individualsSigma,
  movingRanges,
  overallSigma,
  withinMethods,
  withinSigma,
} from './sigma.js';

const value = fc.integer({ min: -1000, max: 1000 }).map((x) => x / 8);
const group = fc.array(value, { minLength: 2, maxLength: 25 });

describe('sigma within subgroups', () => {
  it('is R̄ / d2 and S̄ / c4 by hand', () => {
    // Ranges 2 and 4; d2(2) = 2 / sqrt(pi), c4(2) = sqrt(2 / pi), s = R / sqrt(2).
    const groups = [
      [1, 3],
      [6, 2],
    ];
    const bySqrtPi = (3 * Math.sqrt(Math.PI)) / 2;
    expect(withinSigma(groups, 'range')).toMatchObject({ statistic: 3, notes: [] });
    expect(withinSigma(groups, 'range').sigma).toBeCloseTo(bySqrtPi, 12);
    expect(withinSigma(groups, 'deviation').sigma).toBeCloseTo(bySqrtPi, 12);
    // Variances 2 and 8 pooled: sqrt(5), with two degrees of freedom c4(3) = sqrt(pi) / 2.
    expect(withinSigma(groups, 'pooled').sigma).toBeCloseTo((2 * Math.sqrt(5)) / Math.sqrt(Math.PI), 12);
  });

  it('gives larger groups more weight where it is asked for', () => {
    const groups = [
      [0, 10],
      [0, 0.5, 1, 0.2, 0.9, 0.4],
    ];
    for (const kind of ['range', 'deviation'] as const)
      expect(withinSigma(groups, `weighted-${kind}`).sigma!).toBeLessThan(withinSigma(groups, kind).sigma!);
  });

  it.each(withinMethods)('scales with the values and ignores shifts within each group (%s)', (method) => {
    fc.assert(
      fc.property(fc.array(group, { minLength: 1, maxLength: 8 }), value, (groups, shift) => {
        const sigma = withinSigma(groups, method).sigma!;
        const moved = groups.map((values, i) => values.map((x) => 4 * x + shift * i));
        expect(withinSigma(moved, method).sigma!).toBeCloseTo(4 * sigma, 8);
      }),
    );
  });

  it('is undefined without groups, and 0 with a note without spread', () => {
    expect(withinSigma([])).toMatchObject({ sigma: undefined, notes: [{ code: 'EMPTY' }] });
    expect(withinSigma([[5, 5, 5]])).toMatchObject({ sigma: 0, notes: [{ code: 'NO_SPREAD' }] });
  });

  it('refuses single values, what is not finite, and unknown methods', () => {
    expect(() => withinSigma([[1, 2], [3]])).toThrow(/has 1 of at least 2/);
    expect(() => withinSigma([[1, Number.NaN]])).toThrow(/NaN/);
    expect(() => withinSigma([[1, 2]], 'guess' as never)).toThrow(/'guess'/);
  });
});

describe('sigma of individuals', () => {
  it('is the mean moving range over d2(2), as NIST has it for its flow rates', () => {
    // NIST e-Handbook 6.3.2.2: the mean moving range is 1.8778.
    const flow = [49.6, 47.6, 49.9, 51.3, 47.8, 51.2, 52.6, 52.4, 53.6, 52.1];
    const { statistic, sigma } = individualsSigma(flow);
    expect(statistic).toBeCloseTo(1.8778, 4);
    expect(sigma).toBeCloseTo((1.87777777777778 * Math.sqrt(Math.PI)) / 2, 10);
  });

  it('is hardly moved by an outlier when the median is taken', () => {
    const calm = [1, 2, 1, 2, 1, 2, 1, 2, 1];
    const wild = [1, 2, 1, 2, 100, 2, 1, 2, 1];
    // Half of all |z1 - z2| are below 0.9538726 (mpmath).
    expect(individualsSigma(calm, 'median-moving-range').sigma).toBeCloseTo(1 / 0.953872552417, 10);
    expect(individualsSigma(wild, 'median-moving-range').sigma).toBeCloseTo(1 / 0.953872552417, 10);
    expect(individualsSigma(wild).sigma!).toBeGreaterThan(10);
  });

  it('takes ranges of longer spans', () => {
    expect(movingRanges([1, 4, 2, 8], 3)).toEqual([3, 6]);
    expect(movingRanges([1, 4], 3)).toEqual([]);
    expect(individualsSigma([1, 4, 2, 8], 'moving-range', 3).sigma).toBeCloseTo(4.5 / 1.69256875064327, 12);
  });

  it.each(individualsMethods)('says why there is none (%s)', (method) => {
    expect(individualsSigma([], method)).toMatchObject({ sigma: undefined, notes: [{ code: 'EMPTY' }] });
    expect(individualsSigma([3], method)).toMatchObject({ sigma: undefined, notes: [{ code: 'ONE_VALUE' }] });
    expect(individualsSigma([3, 3, 3], method)).toMatchObject({ sigma: 0, notes: [{ code: 'NO_SPREAD' }] });
    expect(() => individualsSigma([1, Infinity], method)).toThrow(/Infinity/);
  });

  it('is overall the standard deviation, or unbiased by c4', () => {
    // s = sqrt(pi) / 2 * sigma for three values.
    expect(overallSigma([1, 2, 3]).sigma).toBe(1);
    expect(overallSigma([1, 2, 3], { unbiased: true }).sigma).toBeCloseTo(2 / Math.sqrt(Math.PI), 12);
  });
});
