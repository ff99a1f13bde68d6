import { describe, expect, it } from 'vitest';
import { normalQuantile, normalTailQuantile } from '../distributions/normal.js';
import { toleranceFactor } from './tolerance-factor.js';

describe('A tolerance factor', () => {
  it('for one side is the published one', () => {
    // D. B. Owen, Handbook of Statistical Tables (1962): confidence 0.95, coverage 0.95, n = 10, 50, 100; and
    // C. Zaiontz, Real Statistics, after NCSS: 0.99, 0.9, n = 40.
    const factor = (n: number) => toleranceFactor(n, { coverage: 0.95, confidence: 0.95, sides: 'one' });
    expect([10, 50, 100].map((n) => Number(factor(n).toFixed(3)))).toEqual([2.911, 2.065, 1.927]);
    expect(toleranceFactor(40, { coverage: 0.9, confidence: 0.99, sides: 'one' })).toBeCloseTo(1.9017, 4);
  });

  it('for two sides is the exact one, where approximations are up to three percent off', () => {
    // Integrated with mpmath at 25 digits: confidence 0.95 to 1e-15 for each.
    const factor = (n: number, coverage: number) =>
      toleranceFactor(n, { coverage, confidence: 0.95, sides: 'two' });
    expect(factor(10, 0.95) / 3.393429478712608).toBeCloseTo(1, 12);
    expect(factor(30, 0.95) / 2.5548928132776925).toBeCloseTo(1, 12);
    expect(factor(100, 0.9973) / 3.4186845931678134).toBeCloseTo(1, 12);
  });

  it('comes near the quantile of the normal distribution as values become many', () => {
    const options = { coverage: 0.99, confidence: 0.95 } as const;
    expect(toleranceFactor(1_000_000, { ...options, sides: 'one' })).toBeCloseTo(normalQuantile(0.99), 2);
    expect(toleranceFactor(1_000_000, { ...options, sides: 'two' })).toBeCloseTo(
      normalTailQuantile(0.005),
      2,
    );
  });

  it('shrinks with every value, and grows with what is asked', () => {
    for (const sides of ['one', 'two'] as const) {
      const factor = (n: number, coverage: number, confidence: number) =>
        toleranceFactor(n, { coverage, confidence, sides });
      for (let n = 2; n < 60; n++) expect(factor(n + 1, 0.95, 0.95)).toBeLessThan(factor(n, 0.95, 0.95));
      expect(factor(20, 0.99, 0.95)).toBeGreaterThan(factor(20, 0.95, 0.95));
      expect(factor(20, 0.95, 0.99)).toBeGreaterThan(factor(20, 0.95, 0.95));
    }
  });

  it('is refused for one value, shares outside 0 … 1 and unknown sides', () => {
    const options = { coverage: 0.95, confidence: 0.95, sides: 'two' } as const;
    expect(() => toleranceFactor(1, options)).toThrow(/at least 2/);
    expect(() => toleranceFactor(5, { ...options, coverage: 1 })).toThrow(/coverage/);
    expect(() => toleranceFactor(5, { ...options, confidence: Number.NaN })).toThrow(/confidence/);
    expect(() => toleranceFactor(5, { ...options, sides: 'three' as 'two' })).toThrow(/'three' sides/);
  });
});
