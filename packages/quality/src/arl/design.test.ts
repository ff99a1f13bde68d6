import { MikroBotError, normal } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunningChart } from '../charts/chart.js';
import { combinedInControlArl } from './combined.js';
import { cusumArl, cusumLimit } from './cusum.js';
import { type DesignTerms, designChart } from './design.js';
import { ewmaArl, ewmaLimit } from './ewma.js';
import { shewhartArl } from './shewhart.js';
import { simulateArl } from './simulate.js';

const refuses = (f: () => unknown): void => {
  expect(f).toThrowError(MikroBotError);
  expect(f).toThrowError(expect.objectContaining({ code: 'BAD_CONFIG' }));
};

describe('designChart', () => {
  it('designs the usual CUSUM for a shift of one sigma', () => {
    const design = designChart({ scheme: 'cusum', inControlArl: 370.4, shift: 1 });
    if (design.scheme !== 'cusum') throw new Error(design.scheme);
    expect(design.k).toBe(0.5);
    expect(design.h).toBeCloseTo(4.7749, 4);
    expect(design.shiftArl).toBeCloseTo(cusumArl({ k: 0.5, h: design.h, shift: 1 }), 12);
  });

  it('gives an EWMA the lambda that no other beats', () => {
    for (const shift of [0.5, 1, 2]) {
      const design = designChart({ scheme: 'ewma', inControlArl: 500, shift, limits: 'asymptotic' });
      if (design.scheme !== 'ewma') throw new Error(design.scheme);
      for (const factor of [0.5, 0.8, 0.95, 1.05, 1.2, 2]) {
        const lambda = Math.min(1, design.lambda * factor);
        const L = ewmaLimit({ lambda, inControlArl: 500 });
        expect(ewmaArl({ lambda, L, shift })).toBeGreaterThan(design.shiftArl);
      }
    }
  });

  it('puts exact limits a little wider, and finds shifts sooner with them', () => {
    const terms: DesignTerms = { scheme: 'ewma', inControlArl: 370.4, shift: 1 };
    const asymptotic = designChart({ ...terms, limits: 'asymptotic' });
    const exact = designChart(terms);
    if (exact.scheme !== 'ewma' || asymptotic.scheme !== 'ewma') throw new Error('not an EWMA');
    expect(exact.lambda).toBe(asymptotic.lambda);
    expect(exact.L).toBeGreaterThan(asymptotic.L);
    expect(exact.shiftArl).toBeLessThan(asymptotic.shiftArl);
    expect(exact.inControlArl).toBeGreaterThanOrEqual(370.4);
  });

  it('counts a shift in sigmas of single values, so that subgroups of four double it', () => {
    for (const scheme of ['shewhart', 'cusum', 'ewma'] as const)
      expect(designChart({ scheme, inControlArl: 370, shift: 0.5, subgroupSize: 4 })).toEqual(
        designChart({ scheme, inControlArl: 370, shift: 1 }),
      );
    const { shiftArl } = designChart({ scheme: 'shewhart', inControlArl: 370, shift: 1, subgroupSize: 5 });
    expect(shiftArl).toBeCloseTo(4.495, 2);
  });

  it('keeps the in-control ARL that was asked for, whatever else was', () => {
    const terms = fc.record({
      scheme: fc.constantFrom('shewhart', 'cusum', 'ewma'),
      inControlArl: fc.double({ min: 5, max: 20_000, noNaN: true }),
      shift: fc.double({ min: 0.4, max: 8, noNaN: true }),
    }) as fc.Arbitrary<DesignTerms>;
    fc.assert(
      fc.property(terms, (asked) => {
        const { inControlArl, shiftArl } = designChart(asked);
        expect(inControlArl).toBeGreaterThanOrEqual(asked.inControlArl);
        expect(inControlArl).toBeLessThan(asked.inControlArl * (1 + 1e-7));
        expect(shiftArl).toBeGreaterThanOrEqual(1);
        expect(shiftArl).toBeLessThan(inControlArl);
      }),
      { numRuns: 25 },
    );
  });

  it('has a CUSUM for shifts beyond the limits of a Shewhart chart too', () => {
    for (const sided of ['one', 'two'] as const) {
      const { inControlArl, shiftArl } = designChart({ scheme: 'cusum', inControlArl: 20, shift: 8, sided });
      expect(inControlArl).toBeCloseTo(20, 6);
      expect(shiftArl).toBeCloseTo(1, 3);
    }
  });

  it('finds shifts of a sigma sooner by CUSUM and EWMA than by Shewhart, and on one side sooner than on two', () => {
    const arl = (scheme: DesignTerms['scheme'], sided: 'one' | 'two' = 'two') =>
      designChart({ scheme, inControlArl: 370, shift: 1, sided }).shiftArl;
    expect(arl('shewhart')).toBeGreaterThan(4 * arl('cusum'));
    expect(arl('shewhart')).toBeGreaterThan(4 * arl('ewma'));
    expect(arl('cusum', 'one')).toBeLessThan(arl('cusum'));
    expect(arl('shewhart', 'one')).toBeLessThan(arl('shewhart'));
  });

  it('refuses nonsense, and an EWMA with one side', () => {
    refuses(() => designChart({ scheme: 'cusum', inControlArl: 1, shift: 1 }));
    refuses(() => designChart({ scheme: 'cusum', inControlArl: Number.NaN, shift: 1 }));
    refuses(() => designChart({ scheme: 'ewma', inControlArl: 370, shift: 0 }));
    refuses(() => designChart({ scheme: 'ewma', inControlArl: 370, shift: 1, subgroupSize: 0 }));
    refuses(() => designChart({ scheme: 'ewma', inControlArl: 370, shift: 1, sided: 'one' }));
    refuses(() => designChart({ scheme: 'xbar' as never, inControlArl: 370, shift: 1 }));
  });
});

describe('combinedInControlArl', () => {
  it('adds up rates of false alarms', () => {
    expect(combinedInControlArl([500])).toBe(500);
    expect(combinedInControlArl([300, 600])).toBeCloseTo(200, 10);
    expect(combinedInControlArl([370, Number.POSITIVE_INFINITY])).toBe(370);
    expect(combinedInControlArl([1.5, 1.5, 1.5])).toBe(1);
  });

  it('refuses no charts and ARLs that cannot be', () => {
    refuses(() => combinedInControlArl([]));
    for (const arl of [Number.NaN, 0, 0.9, -5]) refuses(() => combinedInControlArl([370, arl]));
  });
});

describe('simulateArl', () => {
  const chart = (signals: (x: number) => boolean) => (): RunningChart<number> => {
    let index = 0;
    return {
      push: (value) => ({
        index: ++index,
        value,
        limits: { center: 0, lower: undefined, upper: undefined, sigma: 1 },
        violations: signals(value) ? ['beyondLimits'] : [],
      }),
      state: () => index,
    };
  };

  it('agrees with the equations within four standard errors, and repeats itself from a seed', () => {
    const two = chart((x) => Math.abs(x) > 2);
    const simulated = simulateArl(two, (random) => normal(random) + 0.5, { runs: 10_000, seed: 4 });
    const exact = shewhartArl({ L: 2, shift: 0.5 });
    expect(Math.abs(simulated.arl - exact)).toBeLessThan(4 * simulated.standardError);
    expect(simulated.standardError / exact).toBeCloseTo(0.01, 2);
    expect(simulateArl(two, (random) => normal(random) + 0.5, { runs: 10_000, seed: 4 })).toEqual(simulated);
  });

  it('says so when a chart never signals', () => {
    refuses(() =>
      simulateArl(
        chart(() => false),
        () => 0,
        { runs: 2 },
      ),
    );
    refuses(() =>
      simulateArl(
        chart(() => true),
        () => 0,
        { runs: 1 },
      ),
    );
  });

  // With both sides started, the equations hold only because neither can signal while the other is up.
  it.each([0, 1.5])('agrees with the CUSUM of two sides that starts at %d', (headStart) => {
    const h = cusumLimit({ k: 0.5, inControlArl: 50 });
    const start = () => {
      let up = headStart;
      let down = headStart;
      return chart((x) => {
        up = Math.max(0, up + x - 0.5);
        down = Math.max(0, down - x - 0.5);
        return up > h || down > h;
      })();
    };
    const { arl, standardError } = simulateArl(start, (random) => normal(random) + 0.3, {
      runs: 10_000,
      seed: 8,
    });
    expect(Math.abs(arl - cusumArl({ k: 0.5, h, shift: 0.3, headStart }))).toBeLessThan(4 * standardError);
  });
});
