import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DrawdownTracker } from './drawdown-tracker.js';

const tracked = (equities: readonly number[]) => {
  const tracker = new DrawdownTracker();
  for (const [i, equity] of equities.entries()) tracker.sample(i * 1000, equity);
  return tracker.worst();
};

describe('DrawdownTracker', () => {
  it('measures the fall from the starting equity when there never was a higher one', () => {
    expect(tracked([10_000, 9_000, 9_500])).toEqual({
      money: 1_000,
      fraction: 0.1,
      from: 0,
      trough: 1000,
      to: null,
      durationMs: 2000,
      longestMs: 2000,
    });
  });

  it('knows the deepest fraction, the most money and the longest time apart', () => {
    // 20 % of 100 is 20; 10 % of 1000 is 100; the last fall is shallow but long.
    const worst = tracked([100, 80, 100, 1000, 900, 1000, 999, 999, 999, 999, 1001]);
    expect(worst).toMatchObject({
      fraction: 0.2,
      money: 100,
      from: 0,
      trough: 1000,
      to: 2000,
      durationMs: 2000,
    });
    expect(worst.longestMs).toBe(5000);
  });

  it('has no drawdown when equity only grows', () => {
    expect(tracked([1, 2, 2, 3])).toMatchObject({
      money: 0,
      fraction: 0,
      from: null,
      durationMs: 0,
      longestMs: 0,
    });
  });

  it('counts the loss of more than everything as a whole', () => {
    expect(tracked([100, -50]).fraction).toBe(1);
  });

  it('stays within 0 and 1, agrees with a look at every pair, and does not depend on the unit of money', () => {
    const curve = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 40 });
    fc.assert(
      fc.property(curve, (equities) => {
        let expected = 0;
        for (let i = 0; i < equities.length; i++) {
          for (let j = i; j < equities.length; j++) {
            expected = Math.max(expected, 1 - (equities[j] as number) / (equities[i] as number));
          }
        }
        const { fraction } = tracked(equities);
        expect(fraction).toBeCloseTo(expected, 12);
        expect(fraction).toBeGreaterThanOrEqual(0);
        expect(fraction).toBeLessThanOrEqual(1);
        expect(tracked(equities.map((e) => e * 1024)).fraction).toBe(fraction);
      }),
    );
  });
});
