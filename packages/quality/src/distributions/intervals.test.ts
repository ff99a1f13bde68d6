import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { binomialCdf, binomialTail, poissonCdf, poissonTail } from './discrete.js';
import { poissonInterval, proportionInterval } from './intervals.js';

describe('The interval of a proportion', () => {
  it('is the published one', () => {
    // C. Clopper & E. Pearson (1934) and A. Agresti & B. Coull (1998): 0 of 10 and 1 of 10 at 95 %.
    expect(proportionInterval(0, 10, { confidence: 0.95 })).toEqual({
      lower: 0,
      upper: expect.closeTo(1 - 0.025 ** 0.1, 12),
    });
    const { lower, upper } = proportionInterval(1, 10);
    expect([lower, upper]).toEqual([expect.closeTo(0.0025, 4), expect.closeTo(0.445, 4)]);
    // E. B. Wilson: R. Newcombe (1998), table I, 81 of 263: 0.2553 to 0.3662.
    const wilson = proportionInterval(81, 263, { method: 'wilson' });
    expect([wilson.lower, wilson.upper]).toEqual([expect.closeTo(0.2553, 4), expect.closeTo(0.3662, 4)]);
  });

  it('ends where the seen count would be one of the rarest at either side', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 2, max: 500 }),
        fc.nat(),
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        (n, seed, confidence) => {
          const x = 1 + (seed % (n - 1));
          const { lower, upper } = proportionInterval(x, n, { confidence });
          expect(binomialTail(x - 1, n, lower)).toBeCloseTo((1 - confidence) / 2, 10);
          expect(binomialCdf(x, n, upper)).toBeCloseTo((1 - confidence) / 2, 10);
        },
      ),
    );
  });

  it('is everything without trials, and touches 0 and 1 exactly', () => {
    expect(proportionInterval(0, 0)).toEqual({ lower: 0, upper: 1 });
    expect(proportionInterval(0, 7, { method: 'wilson' }).lower).toBe(0);
    expect(proportionInterval(7, 7, { method: 'wilson' }).upper).toBe(1);
    expect(proportionInterval(7, 7).upper).toBe(1);
  });

  it('is refused for counts and confidences that make no sense', () => {
    expect(() => proportionInterval(3, 2)).toThrow(/3 successes in only 2 trials/);
    expect(() => proportionInterval(1.5, 2)).toThrow(/whole number/);
    expect(() => proportionInterval(-1, 2)).toThrow(/whole number/);
    expect(() => proportionInterval(1, 2, { confidence: 95 })).toThrow(/between 0 and 1/);
    expect(() => proportionInterval(1, 2, { method: 'wald' as 'wilson' })).toThrow(/no method 'wald'/);
  });
});

describe('The interval of a Poisson mean', () => {
  it('is the published one', () => {
    // F. Garwood (1936): 0 events: 0 to 3.689; 10 events: 4.795 to 18.390.
    expect(poissonInterval(0)).toEqual({ lower: 0, upper: expect.closeTo(3.689, 3) });
    expect(poissonInterval(10)).toEqual({ lower: expect.closeTo(4.795, 3), upper: expect.closeTo(18.39, 3) });
  });

  it('ends where the seen count would be one of the rarest at either side', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 100_000 }),
        fc.double({ min: 0.5, max: 0.999, noNaN: true }),
        (x, confidence) => {
          const { lower, upper } = poissonInterval(x, { confidence });
          expect(poissonTail(x - 1, lower)).toBeCloseTo((1 - confidence) / 2, 10);
          expect(poissonCdf(x, upper)).toBeCloseTo((1 - confidence) / 2, 10);
        },
      ),
    );
  });

  it('is refused for counts that are none', () => {
    expect(() => poissonInterval(-1)).toThrow(/whole number/);
    expect(() => poissonInterval(2, { confidence: 1 })).toThrow(/between 0 and 1/);
  });
});
