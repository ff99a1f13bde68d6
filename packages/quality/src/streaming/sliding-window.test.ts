import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Moments } from './moments.js';
import { OrderedValues } from './ordered-values.js';
import { SlidingWindow } from './sliding-window.js';

const value = fc.oneof(
  fc.integer({ min: -5, max: 5 }),
  fc.integer({ min: -1e6, max: 1e6 }).map((x) => x / 997),
);

/** Hyndman and Fan's type 7, by its definition. */
const quantile = (sorted: readonly number[], p: number): number => {
  const place = (sorted.length - 1) * p;
  const lower = sorted[Math.floor(place)]!;
  return lower + (place - Math.floor(place)) * ((sorted[Math.floor(place) + 1] ?? lower) - lower);
};

const near = (actual: number | undefined, wanted: number | undefined, tolerance = 1e-9) => {
  if (wanted === undefined) expect(actual).toBeUndefined();
  else expect(Math.abs(actual! - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1e-3, Math.abs(wanted)));
};

/** All figures anew from the values that are in the window. */
const expectBatch = (window: SlidingWindow, values: readonly number[]) => {
  const fresh = new Moments(values);
  expect(window.values()).toEqual(values);
  expect([window.n, window.min, window.max]).toEqual([values.length, fresh.min, fresh.max]);
  near(window.mean, fresh.mean);
  near(window.variance, fresh.variance);
  near(window.skewness, fresh.skewness);
  near(window.excessKurtosis, fresh.excessKurtosis);
  const ranges = values.slice(1).map((x, i) => Math.abs(x - values[i]!));
  near(
    window.movingRange,
    ranges.length === 0 ? undefined : ranges.reduce((a, b) => a + b, 0) / ranges.length,
  );
  const away = values.map((x) => x - values[0]! - (fresh.mean! - values[0]!));
  const products = away.slice(1).reduce((sum, d, i) => sum + d * away[i]!, 0);
  near(window.autocorrelation, fresh.sumOfSquares === 0 ? undefined : products / fresh.sumOfSquares, 1e-8);
};

describe('a sliding window', () => {
  it('has at any time the figures of its last values', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 12 }), fc.array(value, { maxLength: 60 }), (size, values) => {
        const window = new SlidingWindow({ size });
        for (const [i, x] of values.entries()) {
          window.push(x);
          expectBatch(window, values.slice(Math.max(0, i + 1 - size), i + 1));
        }
      }),
    );
  });

  it('has the exact quantiles and counts of its last values', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 40 }),
        fc.array(value, { minLength: 1, maxLength: 120 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        (size, values, p) => {
          const window = new SlidingWindow({ size });
          for (const [i, x] of values.entries()) {
            window.push(x);
            if (i < 3) continue;
            const sorted = values.slice(Math.max(0, i + 1 - size), i + 1).sort((a, b) => a - b);
            near(window.quantile(p), quantile(sorted, p), 1e-14);
            expect(window.countAbove(x)).toBe(sorted.filter((y) => y > x).length);
            expect(window.countBelow(x)).toBe(sorted.filter((y) => y < x).length);
          }
        },
      ),
    );
  });

  it.each([0, 1e9])('is within 1e-9 of a batch after a million values at an offset of %d', (offset) => {
    const window = new SlidingWindow({ size: 1000 });
    let state = 1;
    const tail: number[] = [];
    for (let i = 0; i < 1_000_000; i++) {
      state = (state * 48271) % 2147483647;
      // Heavy tails, a level that jumps, and now and then a value a million times as large.
      const wild = i % 10_007 === 0 ? 1e7 : 0;
      const x =
        offset + Math.round(16 * Math.exp((4 * state) / 2147483647)) / 16 + (i % 3 === 0 ? 5 : 0) + wild;
      window.push(x);
      if (i >= 999_000) tail.push(x);
    }
    expectBatch(window, tail);
  });

  it('has nothing left of an outlier of 1e30 once it has gone, long before the window turns', () => {
    const window = new SlidingWindow({ size: 100 });
    const values = Array.from({ length: 250 }, (_, i) => (i === 30 ? 1e30 : (i * 7919) % 101));
    for (const [i, x] of values.entries()) {
      window.push(x);
      if (i > 130) expectBatch(window, values.slice(i - 99, i + 1));
    }
  });

  it('stays exact when its level moves away by a hundred million spreads', () => {
    const window = new SlidingWindow({ size: 64 });
    const values = Array.from({ length: 300 }, (_, i) => (i < 90 ? 0 : 2 ** 27) + ((i * 37) % 17) / 16);
    for (const [i, x] of values.entries()) {
      window.push(x);
      if (i > 160) expectBatch(window, values.slice(i - 63, i + 1));
    }
  });

  it('goes on from its state to the last bit', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 9 }), fc.array(value), fc.array(value), (size, before, after) => {
        const lived = new SlidingWindow({ size });
        for (const x of before) lived.push(x);
        const woken = SlidingWindow.from(JSON.parse(JSON.stringify(lived.state())));
        for (const x of after) {
          lived.push(x);
          woken.push(x);
        }
        expect(woken.state()).toEqual(lived.state());
        expect([woken.min, woken.max]).toEqual([lived.min, lived.max]);
      }),
    );
  });

  it('refuses what is no value, no size, no probability and no state', () => {
    const window = new SlidingWindow({ size: 2 });
    window.push(1);
    expect(() => window.push(Number.NaN)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(window.values()).toEqual([1]);
    expect(() => window.quantile(1.1)).toThrow(/probability/);
    expect(() => new SlidingWindow({ size: 0 })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    for (const state of [{}, { ...window.state(), values: [1, 2] }, { ...window.state(), size: 0.5 }])
      expect(() => SlidingWindow.from(state)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });

  it('is open without values', () => {
    const window = new SlidingWindow({ size: 3 });
    expect(window.quantile(0.5)).toBeUndefined();
    expect(window).toMatchObject({
      n: 0,
      mean: undefined,
      min: undefined,
      max: undefined,
      movingRange: undefined,
    });
  });
});

describe('values in order', () => {
  it('stay in order through splits and joins of their blocks', () => {
    const ordered = new OrderedValues(1);
    const held: number[] = [];
    let state = 5;
    for (let i = 0; i < 6000; i++) {
      state = (state * 48271) % 2147483647;
      // Grows to some 1,500 values, then shrinks to none.
      if ((state % 4 !== 0) === i < 3000 || held.length === 0) {
        const x = state % 1009;
        ordered.insert(x);
        held.push(x);
      } else {
        const [x] = held.splice(state % held.length, 1);
        expect(ordered.remove(x!)).toBe(true);
      }
      if (i % 97 === 0) {
        const sorted = held.toSorted((a, b) => a - b);
        expect(sorted.map((_, rank) => ordered.at(rank))).toEqual(sorted);
        expect(ordered.countAbove(500)).toBe(sorted.filter((x) => x > 500).length);
      }
    }
    expect(ordered.remove(-1)).toBe(false);
    expect(ordered.at(ordered.n)).toBeUndefined();
  });
});
