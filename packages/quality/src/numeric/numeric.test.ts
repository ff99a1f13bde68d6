import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findRoot } from './find-root.js';
import { gaussLegendre, integrate } from './gauss-legendre.js';
import { deviance, logGamma, stirlingError } from './log-gamma.js';
import { minimize } from './minimize.js';

describe('The search for a zero', () => {
  it('finds those that are known', () => {
    expect(findRoot((x) => x * x - 2, 0, 2)).toBeCloseTo(Math.SQRT2, 15);
    expect(findRoot(Math.sin, 2, 4)).toBeCloseTo(Math.PI, 15);
    expect(findRoot((x) => Math.exp(x) - 1e-30, -100, 100)).toBeCloseTo(-69.07755278982137, 12);
    // M. J. D. Powell's hard case: flat, then steep.
    expect(findRoot((x) => x ** 9, -1, 2)).toBeCloseTo(0, 2);
  });

  it('finds any zero of a line, from either end, and takes an end that is one', () => {
    fc.assert(
      fc.property(fc.double({ min: -1e6, max: 1e6, noNaN: true }), (zero) => {
        const line = (x: number) => 3 * (zero - x);
        expect(Math.abs(findRoot(line, -2e6, 2e6) - zero)).toBeLessThanOrEqual(1e-9);
        expect(Math.abs(findRoot(line, 2e6, -2e6) - zero)).toBeLessThanOrEqual(1e-9);
      }),
    );
    expect([findRoot((x) => x - 1, 1, 5), findRoot((x) => x - 5, 1, 5)]).toEqual([1, 5]);
  });

  it('stops within the tolerance', () => {
    let looks = 0;
    const cube = (x: number) => {
      looks++;
      return x ** 3 - 5;
    };
    expect(Math.abs(findRoot(cube, 0, 5, { tolerance: 0.01 }) - Math.cbrt(5))).toBeLessThan(0.01);
    const coarse = looks;
    findRoot(cube, 0, 5);
    expect(looks - coarse).toBeGreaterThan(coarse);
  });

  it('refuses ends between which no zero is known to lie', () => {
    expect(() => findRoot((x) => x * x + 1, -1, 1)).toThrow(/no zero is known/);
    expect(() => findRoot(() => Number.NaN, -1, 1)).toThrow(/no zero is known/);
    expect(() => findRoot((x) => x, -Infinity, 1)).toThrow(/finite/);
  });
});

describe('The search for the bottom of a valley', () => {
  it('finds it inside and at an end', () => {
    expect(minimize((x) => (x - 2) ** 2 + 1, -10, 30)).toBeCloseTo(2, 7);
    expect(minimize(Math.cos, 0, 6)).toBeCloseTo(Math.PI, 6);
    expect(minimize((x) => Math.abs(x - 0.3), 0, 1)).toBeCloseTo(0.3, 7);
    expect(minimize((x) => x, 1, 2)).toBeCloseTo(1, 6);
    expect(minimize((x) => -x, 2, 1)).toBeCloseTo(2, 6);
    expect(() => minimize((x) => x, 0, Infinity)).toThrow(/finite/);
  });

  it('finds the vertex of any parabola', () => {
    fc.assert(
      fc.property(
        fc.double({ min: -9, max: 9, noNaN: true }),
        fc.double({ min: 0.1, max: 99, noNaN: true }),
        (vertex, width) => {
          expect(Math.abs(minimize((x) => width * (x - vertex) ** 2, -10, 10) - vertex)).toBeLessThan(1e-6);
        },
      ),
    );
  });
});

describe('Quadrature', () => {
  it('has the published nodes and weights', () => {
    // Abramowitz & Stegun, table 25.4, n = 5 and 20.
    const five = gaussLegendre(5);
    expect([...five.nodes]).toEqual(
      [-0.906179845938664, -0.538469310105683, 0, 0.538469310105683, 0.906179845938664].map((node) =>
        expect.closeTo(node, 14),
      ),
    );
    expect(five.weights[4]).toBeCloseTo(0.236926885056189, 14);
    expect(five.weights[2]).toBeCloseTo(128 / 225, 15);
    expect(gaussLegendre(20).nodes[19]).toBeCloseTo(0.993128599185095, 14);
    expect(gaussLegendre(20).weights[19]).toBeCloseTo(0.017614007139152, 14);
  });

  it('is exact for polynomials up to degree 2n - 1', () => {
    for (const n of [1, 2, 3, 7, 30]) {
      const degree = 2 * n - 2;
      expect(integrate((x) => x ** degree, -1, 1, { nodes: n }) / (2 / (degree + 1))).toBeCloseTo(1, 13);
      expect(integrate((x) => x ** (degree + 1), 0, 1, { nodes: n }) * (degree + 2)).toBeCloseTo(1, 13);
    }
  });

  it('knows integrals that have closed forms, in either direction and in parts', () => {
    expect(integrate(Math.exp, 0, 1)).toBeCloseTo(Math.E - 1, 14);
    expect(integrate(Math.exp, 1, 0)).toBeCloseTo(1 - Math.E, 14);
    expect(integrate((x) => 1 / (1 + x * x), 0, 100, { panels: 20 })).toBeCloseTo(Math.atan(100), 13);
    expect(() => integrate(Math.exp, 0, Infinity)).toThrow(/finite/);
    expect(() => gaussLegendre(0)).toThrow(/at least 1/);
  });
});

describe('The logarithm of gamma', () => {
  it('is that of factorials', () => {
    expect([1, 2].map(logGamma)).toEqual([0, 0].map((zero) => expect.closeTo(zero, 16)));
    expect(logGamma(11)).toBeCloseTo(Math.log(3_628_800), 14);
    expect(logGamma(0.5)).toBeCloseTo(Math.log(Math.PI) / 2, 15);
    expect(logGamma(Infinity)).toBe(Infinity);
  });

  it('grows by ln x from x to x + 1, wherever its formula changes', () => {
    fc.assert(
      fc.property(fc.double({ min: 1e-8, max: 40, noNaN: true }), (x) => {
        expect(Math.abs(logGamma(x + 1) - logGamma(x) - Math.log(x))).toBeLessThan(
          2e-14 * (1 + logGamma(x + 2)),
        );
      }),
    );
  });

  it('is refused outside its range', () => {
    for (const x of [0, -1, Number.NaN]) expect(() => logGamma(x)).toThrow(/logarithm of gamma/);
  });

  it('leaves of Stirling what the first terms of his series say', () => {
    expect(stirlingError(100)).toBeCloseTo(1 / 1200 - 1 / 360e6, 12);
    expect(stirlingError(1)).toBeCloseTo(1 - Math.log(2 * Math.PI) / 2, 15);
  });
});

describe('The deviance m ln(m / x) + x - m', () => {
  it('keeps its digits where x is near m', () => {
    // With e = x/m - 1 it is m (e² / 2 - e³ / 3 + …).
    const e = 2 ** -20;
    expect(deviance(1024, 1024 * (1 + e)) / (1024 * (e ** 2 / 2 - e ** 3 / 3 + e ** 4 / 4))).toBeCloseTo(
      1,
      13,
    );
    expect(deviance(5, 5)).toBe(0);
    expect(deviance(2, 2 * Math.E) / (2 * (Math.E - 2))).toBeCloseTo(1, 14);
    expect(deviance(2, 1.2)).toBeCloseTo(2 * Math.log(2 / 1.2) - 0.8, 14);
  });

  it('takes the logarithm of an x that is too small', () => {
    expect(deviance(0.5, 0, -1000)).toBeCloseTo(0.5 * (Math.log(0.5) + 1000) - 0.5, 12);
  });
});
