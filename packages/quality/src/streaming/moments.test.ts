import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Moments } from './moments.js';
import { deviation, mean, variance } from './summary.js';

/** Two passes about the mean, the definition. */
const batch = (values: readonly number[]) => {
  const n = values.length;
  const origin = values[0]!;
  const away = values.map((x) => x - origin);
  const shift = away.reduce((a, b) => a + b, 0) / n;
  const power = (k: number) => away.reduce((sum, d) => sum + (d - shift) ** k, 0) / n;
  const spread = power(2);
  return {
    mean: origin + shift,
    variance: (spread * n) / (n - 1),
    skewness: power(3) / spread ** 1.5,
    excessKurtosis: power(4) / spread ** 2 - 3,
  };
};

/** A stream of numbers from 0 to 1 that is the same every time (Park and Miller). */
const uniform = (seed: number) => {
  let state = seed;
  return () => {
    state = (state * 48271) % 2147483647;
    return state / 2147483647;
  };
};

const near = (actual: number | undefined, wanted: number, tolerance = 1e-9) =>
  expect(Math.abs(actual! - wanted)).toBeLessThanOrEqual(tolerance * Math.max(1e-3, Math.abs(wanted)));

const expectSame = (moments: Moments, values: readonly number[], tolerance?: number) => {
  const wanted = batch(values);
  expect(moments.n).toBe(values.length);
  near(moments.mean, wanted.mean, tolerance);
  near(moments.variance, wanted.variance, tolerance);
  near(moments.skewness, wanted.skewness, tolerance);
  near(moments.excessKurtosis, wanted.excessKurtosis, tolerance);
};

const value = fc.integer({ min: -1_000_000, max: 1_000_000 }).map((x) => x / 1000);
const spread = fc.array(value, { minLength: 2, maxLength: 60 }).filter((xs) => new Set(xs).size > 1);

describe('moments of a stream', () => {
  it('are those of the definition: 2, 4, 4, 4, 5, 5, 7, 9', () => {
    const moments = new Moments([2, 4, 4, 4, 5, 5, 7, 9]);
    expect(moments.mean).toBe(5);
    expect(moments.variance).toBeCloseTo(32 / 7, 14);
    // Third powers of -3, -1, -1, -1, 0, 0, 2, 4 sum to 42, fourth powers to 356.
    expect(moments.skewness).toBeCloseTo(42 / 8 / 8, 14);
    expect(moments.excessKurtosis).toBeCloseTo(356 / 8 / 16 - 3, 14);
    expect([moments.min, moments.max]).toEqual([2, 9]);
  });

  it.each([0, 1e9, -1e9])('keep their digits at an offset of %d', (offset) => {
    const next = uniform(11);
    const values = Array.from({ length: 5000 }, () => offset + Math.round(next() ** 3 * 1024) / 64);
    expectSame(new Moments(values), values);
  });

  it('are the same after half a million values came and went', () => {
    const next = uniform(7);
    const base = [12.5, 14.25, 11.75, 19.5];
    const moments = new Moments(base);
    const passing = Array.from({ length: 500_000 }, () => Math.exp(6 * next()));
    for (const x of passing) moments.push(x);
    for (const x of passing) moments.remove(x);
    expectSame(moments, base);
  });

  it('forget an outlier a hundred thousand deviations away, fourth power and all', () => {
    const next = uniform(3);
    const values = Array.from({ length: 1000 }, () => 10 + next());
    const moments = new Moments(values);
    moments.push(3e4);
    moments.remove(3e4);
    expectSame(moments, values);
  });

  it('are those of the rest when any values are removed in any order', () => {
    fc.assert(
      fc.property(spread, fc.array(value), fc.integer(), (kept, gone, seed) => {
        const moments = new Moments();
        const all = [...kept, ...gone];
        const turn = Math.abs(seed) % all.length;
        for (const x of [...all.slice(turn), ...all.slice(0, turn)]) moments.push(x);
        for (const x of gone.toReversed()) moments.remove(x);
        const wanted = batch(kept);
        near(moments.mean, wanted.mean);
        expect(Math.abs(moments.variance! / wanted.variance - 1)).toBeLessThan(1e-9);
        // What passed farther away than that is beyond the digits of fourth powers, as documented.
        const farthest = Math.max(...all.map((x) => Math.abs(x - wanted.mean)));
        if (farthest < 100_000 * Math.sqrt(wanted.variance)) expectSame(moments, kept);
      }),
    );
  });

  it('keep the variance after what was ten thousand million deviations away', () => {
    const moments = new Moments([0.25, 0.75, 0.5, 0.5]);
    moments.push(2e9);
    moments.remove(2e9);
    expect(Math.abs(moments.variance! / (1 / 24) - 1)).toBeLessThan(1e-9);
  });

  it('of two parts merge to those of the whole, wherever it is cut', () => {
    fc.assert(
      fc.property(spread, fc.nat(), (values, cut) => {
        const at = cut % (values.length + 1);
        const merged = new Moments(values.slice(0, at)).merge(new Moments(values.slice(at)));
        const whole = new Moments(values);
        expectSame(merged, values);
        expect([merged.min, merged.max]).toEqual([whole.min, whole.max]);
      }),
    );
  });

  it('merge even when the parts lie 1e9 apart', () => {
    const [low, high] = [
      [1, 2, 4],
      [1e9 + 1, 1e9 + 7],
    ];
    expectSame(new Moments(low).merge(new Moments(high)), [...low, ...high]);
  });

  it('go on from their state to the last bit', () => {
    fc.assert(
      fc.property(fc.array(value), fc.array(value), (before, after) => {
        const lived = new Moments(before);
        const woken = Moments.from(JSON.parse(JSON.stringify(lived.state())));
        for (const x of after) {
          lived.push(x);
          woken.push(x);
        }
        expect(woken.state()).toEqual(lived.state());
        expect(woken.max).toBe(lived.max);
      }),
    );
  });

  it('leave open what cannot be said, and are never NaN', () => {
    const open = {
      mean: undefined,
      variance: undefined,
      skewness: undefined,
      min: undefined,
      max: undefined,
    };
    expect(new Moments()).toMatchObject(open);
    expect(new Moments([5])).toMatchObject({ mean: 5, variance: undefined, skewness: undefined, min: 5 });
    expect(new Moments([5, 5, 5])).toMatchObject({
      deviation: 0,
      skewness: undefined,
      excessKurtosis: undefined,
    });
    const emptied = new Moments([5]);
    emptied.remove(5);
    expect(emptied).toMatchObject(open);
  });

  it('do not claim extremes that may have been removed', () => {
    const moments = new Moments([1, 2, 3]);
    moments.remove(3);
    expect([moments.min, moments.max]).toEqual([undefined, undefined]);
  });

  it.each([Number.NaN, Infinity, -Infinity, 1e71, '5' as unknown as number])('refuse %s', (x) => {
    const moments = new Moments([1]);
    expect(() => moments.push(x)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(() => moments.remove(x)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
    expect(moments.n).toBe(1);
  });

  it('refuse a removal from nothing, and a state that is none', () => {
    expect(() => new Moments().remove(1)).toThrow(/no values/);
    for (const state of [
      null,
      {},
      { ...new Moments([1]).state(), n: -1 },
      { ...new Moments([1]).state(), sums: [1] },
    ])
      expect(() => Moments.from(state)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });
});

describe('the summary of values', () => {
  it('is that of the stream, and open where there are too few', () => {
    expect([mean([1, 2, 6]), variance([1, 2, 6]), deviation([7])]).toEqual([3, 7, undefined]);
    expect(mean([])).toBeUndefined();
    expect(() => mean([1, Number.NaN])).toThrow(/value 2 of 2/);
  });
});
