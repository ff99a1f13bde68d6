import { describe, expect, it } from 'vitest';
import { compareSamples } from './compare-samples.js';

const share = (defects: number, n: number) => ({ kind: 'proportion' as const, defects, n });
const measured = (mean: number, deviation: number, n = 50) => ({
  kind: 'measured' as const,
  mean,
  deviation,
  n,
});
const specification = { lower: 0, upper: 12 };

describe('compareSamples', () => {
  it('tests two proportions with pooled variance', () => {
    // 12 % against 8 % of 500: z is 0.04 / sqrt(0.1 * 0.9 * 2 / 500).
    const { test, baseline, result, z, p, improved } = compareSamples({
      baseline: share(60, 500),
      result: share(40, 500),
    });
    expect([test, baseline.dpmo, result.dpmo, improved]).toEqual(['two proportions', 120_000, 80_000, true]);
    expect(z).toBeCloseTo(2.10818510677892, 12);
    expect(p).toBeCloseTo(0.01750749050983126, 12);
  });

  it('takes the exact test of Fisher for rare defects', () => {
    // The lady who tasted tea: 17 of 70 ways are as good.
    const tea = compareSamples({ baseline: share(3, 4), result: share(1, 4) });
    expect([tea.test, tea.z, tea.improved]).toEqual(['Fisher', undefined, false]);
    expect(tea.p).toBeCloseTo(17 / 70, 12);
    const rare = compareSamples({ baseline: share(6, 1000), result: share(0, 1000) });
    expect(rare.p).toBeCloseTo(0.015507929980894, 10);
    expect(rare.improved).toBe(true);
  });

  it('finds no improvement where nothing changed or it grew worse', () => {
    expect(compareSamples({ baseline: share(0, 100), result: share(0, 100) })).toMatchObject({
      p: 1,
      improved: false,
    });
    const worse = compareSamples({ baseline: share(40, 500), result: share(60, 500) });
    expect(worse.p).toBeGreaterThan(0.95);
    expect(worse.change).toBeCloseTo(0.04, 14);
  });

  it('compares capabilities by their standard errors', () => {
    const { baseline, result, z, p, improved } = compareSamples({
      baseline: measured(6, 2),
      result: measured(6, 1.5),
      specification,
    });
    expect([baseline.ppk, result.ppk]).toEqual([1, 4 / 3]);
    expect(baseline.ppkBound).toBeCloseTo(0.8166426847568976, 10);
    expect(z).toBeCloseTo(1.840830890633759, 12);
    expect(p).toBeCloseTo(0.0328231722336511, 12);
    expect(improved).toBe(true);
  });

  it('asks for more where more confidence is wanted', () => {
    const samples = { baseline: measured(6, 2), result: measured(6, 1.5), specification };
    expect(compareSamples({ ...samples, confidence: 0.99 }).improved).toBe(false);
  });

  it('takes the nearer limit, or the only one', () => {
    const given = { baseline: measured(9, 1), result: measured(6, 1) };
    const both = compareSamples({ ...given, specification });
    expect([both.baseline.ppk, both.result.ppk]).toEqual([1, 2]);
    const upper = compareSamples({ ...given, specification: { upper: 15 } });
    expect([upper.baseline.ppk, upper.result.ppk]).toEqual([2, 3]);
  });

  it('has no capability of values that are all equal', () => {
    const { improved, p, notes } = compareSamples({
      baseline: measured(6, 2),
      result: measured(6, 0),
      specification,
    });
    expect([improved, p, notes[0]?.code]).toEqual([false, undefined, 'NO_SPREAD']);
  });

  it('refuses samples that cannot be compared', () => {
    const badData = expect.objectContaining({ code: 'BAD_DATA' });
    const badConfig = expect.objectContaining({ code: 'BAD_CONFIG' });
    expect(() => compareSamples({ baseline: share(1, 9), result: measured(1, 1) })).toThrowError(badData);
    expect(() => compareSamples({ baseline: share(10, 9), result: share(1, 9) })).toThrowError(badData);
    expect(() => compareSamples({ baseline: measured(1, 1), result: measured(1, 1) })).toThrowError(
      badConfig,
    );
  });
});
