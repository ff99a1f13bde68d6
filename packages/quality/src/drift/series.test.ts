import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ar1, ar1MovingRangeRatio, ar1VarianceInflation } from './ar1.js';
import { acf, bartlettBand } from './autocorrelation.js';
import { effectiveSize } from './effective-size.js';
import { durbinWatson, vonNeumannRatio } from './neighbours.js';
import { boxPierce, ljungBox } from './portmanteau.js';
import { runsTest } from './runs-test.js';
import { mannKendall, senSlope } from './trend.js';

const values = fc
  .array(fc.integer({ min: -50, max: 50 }), { minLength: 3, maxLength: 40 })
  .filter((xs) => new Set(xs).size > 1);

describe('the autocorrelation function', () => {
  it('of 1, 2, 3, 4 is 0.25, -0.3, -0.45', () => {
    // Distances -1.5, -0.5, 0.5, 1.5; squares sum to 5; products at the lags to 1.25, -1.5, -2.25.
    const { r } = acf([1, 2, 3, 4], { lags: 3 });
    [0.25, -0.3, -0.45].map((wanted, i) => expect(r?.[i]).toBeCloseTo(wanted, 14));
  });

  it('does not change with offset, unit and sign, and sums to -1/2 over all lags', () => {
    fc.assert(
      fc.property(values, (xs) => {
        const lags = xs.length - 1;
        const { r } = acf(xs, { lags });
        const moved = acf(
          xs.map((x) => 1e9 - 4 * x),
          { lags },
        ).r;
        for (const [i, value] of r!.entries()) expect(Math.abs(moved![i]! - value)).toBeLessThan(1e-9);
        expect(r!.reduce((a, b) => a + b, 0)).toBeCloseTo(-0.5, 9);
      }),
      // Lost digits when distances were taken from a mean that had been rounded at 1e9.
      { examples: [[[1, -1, -1]], [[39, 35, 35]], [[20, 10, 16]]] },
    );
  });

  it('is open without spread, and refuses lags that there cannot be', () => {
    expect(acf([5, 5, 5])).toMatchObject({ r: undefined, notes: [{ code: 'NO_SPREAD' }] });
    expect(acf([])).toMatchObject({ r: undefined, notes: [{ code: 'EMPTY' }] });
    expect(ar1([1])).toMatchObject({ phi: undefined, mean: 1, notes: [{ code: 'ONE_VALUE' }] });
    expect(() => acf([1, 2], { lags: 2 })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    expect(() => acf([1, Number.NaN])).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });

  it('fits AR(1) to 1, 2, 3, 4 with phi 1/4, innovations of 5 * 15/16 / 2 and residuals of 9/16', () => {
    const { phi, mean, innovationDeviation, residualDeviation } = ar1([1, 2, 3, 4]);
    expect([phi, mean]).toEqual([0.25, 2.5]);
    expect(innovationDeviation! ** 2).toBeCloseTo((5 * (15 / 16)) / 2, 13);
    // Residuals -0.125, 0.625, 1.375: 0.75 apart, so that their variance is 0.75^2.
    expect(residualDeviation).toBeCloseTo(0.75, 14);
  });

  it('of white noise lies within 1.96 / sqrt n', () => {
    expect(bartlettBand(100)).toBeCloseTo(0.1959963984540054, 14);
  });
});

describe('tests for independence', () => {
  it('weigh lag 1 of 1, 2, 3, 4 by n (n + 2) / (n - 1), or n', () => {
    const ljung = ljungBox([1, 2, 3, 4], { lags: 1 });
    expect(ljung.q).toBeCloseTo((4 * 6 * 0.0625) / 3, 14);
    // Chi-squared with one degree of freedom at 0.5.
    expect(ljung.pValue).toBeCloseTo(0.479500122186953, 12);
    expect(boxPierce([1, 2, 3, 4], { lags: 1 }).q).toBeCloseTo(0.25, 14);
  });

  it('lose a degree of freedom for every fitted parameter', () => {
    expect(ljungBox([1, 2, 3, 4], { lags: 3, fitted: 1 }).df).toBe(2);
    expect(() => ljungBox([1, 2, 3], { lags: 1, fitted: 1 })).toThrow(/no lag/);
    expect(ljungBox([2, 2])).toMatchObject({
      q: undefined,
      pValue: undefined,
      notes: [{ code: 'NO_SPREAD' }],
    });
  });

  it('take differences of neighbours: Durbin and Watson 3 / 5, von Neumann 4 / 5 for 1, 2, 3, 4', () => {
    expect(durbinWatson([1, 2, 3, 4]).value).toBeCloseTo(0.6, 14);
    expect(vonNeumannRatio([1, 2, 3, 4]).value).toBeCloseTo(0.8, 14);
    expect(vonNeumannRatio([3])).toMatchObject({ value: undefined, notes: [{ code: 'ONE_VALUE' }] });
  });
});

describe('the runs test', () => {
  it('of three and three in two runs is 2 below the four that are expected', () => {
    // Expected 1 + 18 / 6 = 4; variance 18 * 12 / (36 * 5) = 1.2.
    expect(runsTest([1, 2, 3, 7, 8, 9])).toMatchObject({ runs: 2, above: 3, below: 3, median: 5 });
    expect(runsTest([1, 2, 3, 7, 8, 9]).z).toBeCloseTo(-2 / Math.sqrt(1.2), 14);
  });

  it('is open where nothing is above the median, or runs cannot vary', () => {
    expect(runsTest([1, 2, 2])).toMatchObject({ z: undefined, notes: [{ code: 'NO_SPREAD' }] });
    expect(runsTest([1, 2])).toMatchObject({ z: undefined, notes: [{ code: 'NOT_ENOUGH_DATA' }] });
    expect(runsTest([])).toMatchObject({ z: undefined, notes: [{ code: 'EMPTY' }] });
  });
});

describe('trends', () => {
  it('are counted by Mann and Kendall over all pairs, with their ties', () => {
    fc.assert(
      fc.property(values, (xs) => {
        let s = 0;
        for (const [j, y] of xs.entries()) for (const x of xs.slice(0, j)) s += Math.sign(y - x);
        const found = mannKendall(xs);
        expect(found.s).toBe(s);
        expect(found.pValue).toBeLessThanOrEqual(1);
        expect(mannKendall(xs.toReversed()).z! + found.z!).toBeCloseTo(0, 12);
      }),
    );
  });

  it('of five rising values have S = 10 and z = 9 / sqrt(50 / 3)', () => {
    expect(mannKendall([1, 2, 3, 4, 5])).toMatchObject({ s: 10 });
    expect(mannKendall([1, 2, 3, 4, 5]).z).toBeCloseTo(9 / Math.sqrt(50 / 3), 14);
    // Ties of two: (300 - 18) / 18.
    expect(mannKendall([1, 2, 2, 4, 5]).z).toBeCloseTo(8 / Math.sqrt(282 / 18), 14);
    expect(mannKendall([3, 3])).toMatchObject({ s: undefined, notes: [{ code: 'NO_SPREAD' }] });
  });

  it('have the median slope of all pairs, whatever one outlier does', () => {
    expect(senSlope([0, 2, 4, 6, 1000, 10, 12]).value).toBe(2);
    expect(senSlope([5, 5]).value).toBe(0);
    expect(senSlope([5])).toMatchObject({ value: undefined, notes: [{ code: 'ONE_VALUE' }] });
    expect(() => senSlope(new Float64Array(5001))).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });
});

describe('the effective sample size', () => {
  it('is what the variance of a mean says: sigma^2 / n^2 times the sum of all correlations', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.double({ min: -0.95, max: 0.999, noNaN: true }),
        (n, phi) => {
          let all = 0;
          for (let i = 0; i < n; i++)
            for (let j = 0; j < n; j++)
              all += Math.abs(phi) < 1e-9 ? Number(i === j) : phi ** Math.abs(i - j);
          expect(effectiveSize({ n, phi }).mean / ((n * n) / all)).toBeCloseTo(1, 6);
          expect(effectiveSize({ n, phi }).variance).toBeLessThanOrEqual(n * (1 + 1e-12));
        },
      ),
    );
  });

  it('is n for independent values, and n (1 - phi) / (1 + phi) for many', () => {
    expect(effectiveSize({ n: 50, phi: 0 })).toEqual({ mean: 50, variance: 50 });
    expect(effectiveSize({ n: 1e6, phi: 0.7 }).mean / ((1e6 * 0.3) / 1.7)).toBeCloseTo(1, 4);
    expect(effectiveSize({ n: 1e6, phi: 0.7 }).variance / ((1e6 * 0.51) / 1.49)).toBeCloseTo(1, 4);
    expect(effectiveSize({ n: 150, phi: 0.7 }).mean).toBeCloseTo(26.96, 2);
    expect(() => effectiveSize({ n: 10, phi: 1 })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});

describe('the spread of an AR(1) process', () => {
  it('widens a process and narrows its moving ranges', () => {
    expect(ar1VarianceInflation(0.5)).toBeCloseTo(4 / 3, 14);
    expect(ar1VarianceInflation(0.7)).toBeCloseTo(100 / 51, 14);
    expect(ar1MovingRangeRatio(0.5)).toBeCloseTo(Math.SQRT1_2, 14);
    expect(ar1MovingRangeRatio(-0.44)).toBeCloseTo(1.2, 14);
  });

  it.each([1, -1, 2, Number.NaN])('has no such figures for %d', (phi) => {
    for (const figure of [ar1VarianceInflation, ar1MovingRangeRatio])
      expect(() => figure(phi)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});
