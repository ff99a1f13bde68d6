import fc from 'fast-check';
import { lastValueFrom, of, toArray } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { ExponentialMoments } from './exponential-moments.js';
import { moments, slidingWindow } from './operators.js';
import { PageHinkley } from './page-hinkley.js';
import { SerialMoments } from './serial-moments.js';

const value = fc.integer({ min: -1e6, max: 1e6 }).map((x) => x / 1000);

describe('moments that forget', () => {
  it('are the weighted mean and the weighted variance without bias', () => {
    fc.assert(
      fc.property(
        fc.array(value, { minLength: 2, maxLength: 40 }),
        fc.double({ min: 0.01, max: 0.9, noNaN: true }),
        (values, lambda) => {
          const forgetting = new ExponentialMoments({ lambda });
          for (const x of values) forgetting.push(x);
          const last = values.length - 1;
          const weights = values.map((_, i) => (1 - lambda) ** (last - i) * (i === 0 ? 1 : lambda));
          const sum = (f: (x: number, i: number) => number) =>
            values.reduce((total, x, i) => total + weights[i]! * f(x, i), 0);
          const mean = sum((x) => x);
          const squares = weights.reduce((total, w) => total + w * w, 0);
          expect(forgetting.mean).toBeCloseTo(mean, 8);
          expect(forgetting.effectiveSize).toBeCloseTo(1 / squares, 8);
          const wanted = sum((x) => (x - mean) ** 2) / (1 - squares);
          expect(Math.abs(forgetting.variance! - wanted)).toBeLessThanOrEqual(1e-9 * Math.max(1, wanted));
        },
      ),
    );
  });

  it('are open where there is too little, go on from their state, and refuse a lambda that is none', () => {
    const forgetting = new ExponentialMoments({ lambda: 0.2 });
    expect([forgetting.mean, forgetting.deviation, forgetting.effectiveSize]).toEqual([
      undefined,
      undefined,
      0,
    ]);
    for (const x of [3, 5, 4]) {
      const woken = ExponentialMoments.from(JSON.parse(JSON.stringify(forgetting.state())));
      for (const each of [forgetting, woken]) each.push(x);
      expect(woken.state()).toEqual(forgetting.state());
    }
    for (const lambda of [0, 1.1, Number.NaN])
      expect(() => new ExponentialMoments({ lambda })).toThrow(
        expect.objectContaining({ code: 'BAD_CONFIG' }),
      );
    expect(() => ExponentialMoments.from({ lambda: 0 })).toThrow(
      expect.objectContaining({ code: 'BAD_DATA' }),
    );
  });
});

describe('the Page-Hinkley test', () => {
  it('is the sum above the running mean less its own minimum, which begins at 0', () => {
    fc.assert(
      fc.property(fc.array(value, { maxLength: 50 }), (values) => {
        const test = new PageHinkley({ delta: 0.5, lambda: 10 });
        let [total, sum, least] = [0, 0, 0];
        for (const [i, x] of values.entries()) {
          total += x;
          sum += x - total / (i + 1) - 0.5;
          least = Math.min(least, sum);
          test.push(x);
          expect(Math.abs(test.up - (sum - least))).toBeLessThan(1e-6);
        }
      }),
    );
  });

  it('says which way the mean went, mirrored for mirrored values', () => {
    const [up, down] = [1, -1].map((sign) => {
      const test = new PageHinkley({ delta: 0.1, lambda: 5 });
      return Array.from({ length: 40 }, (_, i) => test.push(sign * (i < 20 ? i % 2 : 3 + (i % 2))));
    });
    expect(up!.slice(0, 20)).toEqual(Array(20).fill(undefined));
    expect(up!.indexOf('up')).toBeGreaterThanOrEqual(20);
    expect(down!.indexOf('down')).toBe(up!.indexOf('up'));
  });

  it('goes on from its state, begins anew when asked, and refuses nonsense', () => {
    const test = new PageHinkley({ delta: 0, lambda: 1 });
    for (const x of [1, 2, 9]) {
      const woken = PageHinkley.from(JSON.parse(JSON.stringify(test.state())));
      expect(woken.push(x)).toBe(test.push(x));
      expect(woken.state()).toEqual(test.state());
    }
    test.reset();
    expect([test.n, test.up, test.down]).toEqual([0, 0, 0]);
    expect(() => new PageHinkley({ delta: -1, lambda: 1 })).toThrow(
      expect.objectContaining({ code: 'BAD_CONFIG' }),
    );
    expect(() => test.push(Number.NaN)).toThrow(expect.objectContaining({ code: 'BAD_DATA' }));
  });
});

describe('a series', () => {
  it('has the autocorrelation that NIST certifies for NumAcc1 of its reference data sets', () => {
    const series = SerialMoments.empty();
    for (const x of [10000001, 10000003, 10000002]) series.push(x);
    expect(series.autocorrelation).toBe(-0.5);
    expect(series.movingRange).toBe(1.5);
  });

  it('goes on from its state, also after it was emptied', () => {
    const series = SerialMoments.empty();
    for (const x of [4, 9, 7]) series.push(x);
    for (const next of [9, 7, 0]) series.shift(next);
    expect([series.movingRange, series.autocorrelation]).toEqual([undefined, undefined]);
    for (const x of [1, 4, 2]) {
      const woken = SerialMoments.from(JSON.parse(JSON.stringify(series.state())));
      for (const each of [series, woken]) each.push(x);
      expect(woken.state()).toEqual(series.state());
    }
    expect(series.movingRange).toBe(2.5);
  });
});

describe('the operators', () => {
  it('emit a snapshot after every value, apart for every subscriber', async () => {
    const figures = of(1, 2, 6).pipe(moments(), toArray());
    for (const _ of [1, 2]) {
      const snapshots = await lastValueFrom(figures);
      expect(snapshots.map(({ n, mean, variance }) => [n, mean, variance])).toEqual([
        [1, 1, undefined],
        [2, 1.5, 0.5],
        [3, 3, 7],
      ]);
    }
  });

  it('slide a window with its quantiles', async () => {
    const snapshots = await lastValueFrom(
      of(5, 1, 3, 2).pipe(slidingWindow({ size: 3, quantiles: [0.5, 1] }), toArray()),
    );
    expect(snapshots.map(({ min, max, quantiles }) => [min, max, ...quantiles])).toEqual([
      [5, 5, 5, 5],
      [1, 5, 3, 5],
      [1, 5, 3, 5],
      [1, 3, 2, 3],
    ]);
  });

  it('pass on what is wrong with a value as an error of the stream', async () => {
    await expect(lastValueFrom(of(1, Number.NaN).pipe(moments()))).rejects.toMatchObject({
      code: 'BAD_DATA',
    });
  });
});
