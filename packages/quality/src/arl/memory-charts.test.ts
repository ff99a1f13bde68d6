import { MikroBotError } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { cusumArl, cusumLimit } from './cusum.js';
import { ewmaArl, ewmaLimit } from './ewma.js';
import { shewhartArl } from './shewhart.js';

const refuses = (f: () => unknown): void => {
  expect(f).toThrowError(MikroBotError);
  expect(f).toThrowError(expect.objectContaining({ code: 'BAD_CONFIG' }));
};
const close = (actual: number, wanted: number, relative: number): void =>
  expect(Math.abs(actual / wanted - 1)).toBeLessThan(relative);

describe('a CUSUM', () => {
  // Lucas and Crosier (1982), table 1, k = 0.5 and h = 4, two-sided, from 0 and from h / 2; printed with three figures.
  it.each([
    [0, 168, 149],
    [0.25, 74.2, 62.7],
    [0.5, 26.6, 20.1],
    [0.75, 13.3, 8.97],
    [1, 8.38, 5.29],
    [1.5, 4.75, 2.86],
    [2, 3.34, 2.01],
    [2.5, 2.62, 1.59],
    [3, 2.19, 1.32],
    [4, 1.71, 1.07],
  ])('off by %d has the run lengths of Lucas and Crosier', (shift, fromZero, started) => {
    const figures = (x: number) => Number(x.toPrecision(3));
    expect(figures(cusumArl({ k: 0.5, h: 4, shift }))).toBeCloseTo(fromZero, 10);
    // Theirs with a head start at 3 is one off in the last figure: 1.3254.
    close(cusumArl({ k: 0.5, h: 4, shift, headStart: 2 }), started, 0.005);
  });

  // Vance (1986), table 1: one side, k = 0, h = 10. At -0.25 he has 2071.51, where the chain below has what stands here.
  it.each([
    [-0.25, 2071.57214],
    [-0.125, 400.28],
    [0, 124.66],
    [0.125, 59.3],
    [0.25, 36.71],
    [0.5, 20.37],
    [1, 10.75],
  ])('on one side, off by %d, has the run lengths of Vance', (shift, arl) =>
    expect(Math.abs(cusumArl({ k: 0, h: 10, shift, sided: 'one' }) - arl)).toBeLessThan(0.006),
  );

  // A Markov chain of up to 909 half-cells, Gaussian elimination and Richardson extrapolation, in C.
  it.each([
    [0, 465.4435060277, 930.8870120555],
    [0.25, 139.4936897718, 141.6877452167],
    [1, 10.3759699216, 10.3759753002],
    [1.5, 5.7472177034, 5.7472177112],
    [3, 2.5732520514, 2.5732520514],
  ])('off by %d agrees with the chain of Brook and Evans at its limit', (shift, two, one) => {
    close(cusumArl({ k: 0.5, h: 5, shift }), two, 1e-10);
    close(cusumArl({ k: 0.5, h: 5, shift, sided: 'one' }), one, 1e-10);
  });

  it('with a head start does so too', () => {
    close(cusumArl({ k: 0.5, h: 4, shift: 0, headStart: 2, sided: 'one' }), 316.3794388035, 1e-10);
    close(cusumArl({ k: 0.5, h: 4, shift: 1, headStart: 2, sided: 'one' }), 5.2910193345, 1e-10);
  });

  it('keeps its digits where signals hardly ever come', () => {
    // The chain of Brook and Evans with 60 digits, extrapolated, is good for seven figures here.
    close(cusumArl({ k: 0.5, h: 5, shift: -3, sided: 'one' }), 4.9017117e16, 1e-6);
    close(cusumArl({ k: 0.5, h: 5, shift: -1, sided: 'one' }), 20_016_459, 1e-6);
    expect(cusumArl({ k: 0.5, h: 5, shift: 3 })).toBe(cusumArl({ k: 0.5, h: 5, shift: 3, sided: 'one' }));
  });

  it('gets the h of an in-control ARL', () => {
    close(cusumLimit({ k: 0.5, inControlArl: 370.4 }), 4.774897438, 1e-6);
    close(cusumLimit({ k: 0.5, inControlArl: 370 }), 4.773834099, 1e-6);
    close(cusumLimit({ k: 0.5, inControlArl: 500, sided: 'one' }), 4.389129962, 1e-6);
    const h = cusumLimit({ k: 0.25, inControlArl: 500, headStartShare: 0.5 });
    close(cusumArl({ k: 0.25, h, shift: 0, headStart: h / 2 }), 500, 1e-9);
  });

  it('signals later with a wider h and sooner with a larger shift', () => {
    const terms = fc.record({
      k: fc.double({ min: 0, max: 1.5, noNaN: true }),
      h: fc.double({ min: 0.1, max: 12, noNaN: true }),
      shift: fc.double({ min: 0, max: 3, noNaN: true }),
    });
    fc.assert(
      fc.property(terms, ({ k, h, shift }) => {
        const arl = cusumArl({ k, h, shift });
        expect(arl).toBeGreaterThan(1);
        expect(cusumArl({ k, h: h * 1.01, shift })).toBeGreaterThan(arl);
        expect(cusumArl({ k, h, shift: shift + 0.01 })).toBeLessThan(arl);
        close(cusumArl({ k, h, shift: -shift }), arl, 1e-12);
      }),
      { numRuns: 40 },
    );
  });

  it('refuses nonsense, and a head start from which both sides could signal at once', () => {
    refuses(() => cusumArl({ k: -0.1, h: 4, shift: 0 }));
    refuses(() => cusumArl({ k: 0.5, h: 0, shift: 0 }));
    refuses(() => cusumArl({ k: 0.5, h: 5, shift: 0, sided: 'upper' as never }));
    refuses(() => cusumArl({ k: 0.5, h: 4, shift: Number.NaN }));
    refuses(() => cusumArl({ k: 0.5, h: 4, shift: 0, headStart: 2.6 }));
    refuses(() => cusumArl({ k: 0.5, h: 4, shift: 0, headStart: 4.1, sided: 'one' }));
    refuses(() => cusumArl({ k: 0.5, h: 5_000, shift: 0 }));
    refuses(() => cusumLimit({ k: 3.5, inControlArl: 370 }));
  });
});

describe('an EWMA', () => {
  // The same chain with 603 cells, extrapolated.
  it.each([
    [0.05, 2.615, 0.5, 28.7637279993],
    [0.05, 2.615, 1, 11.382803688],
    [0.1, 2.814, 0, 499.579549865],
    [0.1, 2.814, 2, 4.3622534137],
    [0.2, 2.962, 1, 10.5416657966],
    [0.25, 2.998, 0.5, 48.2938751401],
    [0.4, 3.054, 0, 499.9513386406],
    [0.4, 3.054, 2, 3.5215391988],
  ])('of lambda %d and L %d, off by %d, agrees with a Markov chain at its limit', (lambda, L, shift, arl) =>
    close(ewmaArl({ lambda, L, shift }), arl, 1e-9),
  );

  it('has the figures of Crowder (1987), of Lucas and Saccucci (1990) and of the SAS/QC manual', () => {
    const crowder = [0, 0.25, 0.5, 0.75, 1, 3].map((shift) => ewmaArl({ lambda: 0.5, L: 2, shift }));
    expect(crowder.map((arl) => Number(arl.toFixed(2)))).toEqual([26.45, 20.12, 11.89, 7.29, 4.91, 1.26]);
    // Crowder has 1.94 for a shift of 2, the chain 1.9452.
    close(ewmaArl({ lambda: 0.5, L: 2, shift: 2 }), 1.945220063, 1e-9);
    const lucas = [0.25, 0.5, 1, 2, 4].map((shift) => ewmaArl({ lambda: 0.03, L: 2.437, shift }));
    expect(lucas.map((arl) => Number(arl.toPrecision(3)))).toEqual([76.7, 29.3, 12.6, 5.99, 3.11]);
    close(ewmaArl({ lambda: 0.25, L: 3, shift: 1 }), 11.154267016, 1e-10);
  });

  it('is a Shewhart chart when lambda is 1', () => {
    for (const shift of [0, 1, -2]) {
      close(ewmaArl({ lambda: 1, L: 3, shift }), shewhartArl({ L: 3, shift }), 1e-12);
      close(ewmaArl({ lambda: 1, L: 3, shift, limits: 'exact' }), shewhartArl({ L: 3, shift }), 1e-12);
    }
  });

  it('with exact limits agrees with the chain followed forwards, cell by cell', () => {
    const exact = (lambda: number, L: number, shift: number) =>
      ewmaArl({ lambda, L, shift, limits: 'exact' });
    close(exact(0.2, 2.962, 0), 494.3856504348, 1e-8);
    close(exact(0.2, 2.962, 0.5), 40.3394007, 1e-8);
    close(exact(0.2, 2.962, 1), 9.5544918972, 1e-8);
    close(exact(0.05, 3, 0), 1347.16232153, 1e-6);
    close(exact(0.05, 3, 1), 9.24355233, 1e-8);
  });

  it('gets the L of an in-control ARL', () => {
    close(ewmaLimit({ lambda: 0.1, inControlArl: 370.4 }), 2.701462724, 2e-6);
    close(ewmaLimit({ lambda: 0.1, inControlArl: 500 }), 2.814312143, 2e-6);
    for (const lambda of [0.1, 0.5, 1]) {
      const L = ewmaLimit({ lambda, inControlArl: 500, limits: 'exact' });
      close(ewmaArl({ lambda, L, shift: 0, limits: 'exact' }), 500, 1e-8);
    }
  });

  // Crowder (1989), as spc's manual quotes him.
  it.each([
    [0.05, 2.32],
    [0.1, 2.55],
    [0.15, 2.65],
    [0.2, 2.72],
    [0.25, 2.76],
  ])('of lambda %d gets the L of Crowder for an ARL of 250', (lambda, L) =>
    // His are read from a figure.
    expect(Math.abs(ewmaLimit({ lambda, inControlArl: 250 }) - L)).toBeLessThan(0.011),
  );

  it('refuses nonsense', () => {
    refuses(() => ewmaArl({ lambda: 0.1, L: 3, shift: 0, limits: 'wide' as never }));
    for (const lambda of [0, 1.1, Number.NaN]) refuses(() => ewmaArl({ lambda, L: 3, shift: 0 }));
    refuses(() => ewmaArl({ lambda: 0.1, L: -1, shift: 0 }));
    refuses(() => ewmaArl({ lambda: 0.1, L: 3, shift: Number.POSITIVE_INFINITY }));
    refuses(() => ewmaArl({ lambda: 1e-6, L: 3, shift: 0 }));
    refuses(() => ewmaLimit({ lambda: 0.1, inControlArl: 1 }));
  });
});
