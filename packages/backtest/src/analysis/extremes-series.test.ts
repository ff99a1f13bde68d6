import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ExtremesSeries } from './extremes-series.js';

const fed = (capacity: number, values: readonly number[]): ExtremesSeries => {
  const series = new ExtremesSeries(capacity);
  for (const [i, value] of values.entries()) series.push(i, value);
  return series;
};

describe('ExtremesSeries', () => {
  it('keeps every point while there is room', () => {
    expect(fed(100, [3, 1, 2]).points()).toEqual([
      { time: 0, value: 3 },
      { time: 1, value: 1 },
      { time: 2, value: 2 },
    ]);
  });

  it('is empty when nothing was pushed', () => {
    expect(new ExtremesSeries(100).points()).toEqual([]);
  });

  it('never keeps more than its capacity, nor loses the first, last, lowest or highest value', () => {
    const values = fc.array(fc.double({ noNaN: true, min: -1e6, max: 1e6 }), {
      minLength: 1,
      maxLength: 600,
    });
    fc.assert(
      fc.property(values, fc.integer({ min: 8, max: 40 }), (all, capacity) => {
        const kept = fed(capacity, all).points();
        expect(kept.length).toBeLessThanOrEqual(capacity);
        expect(kept[0]?.value).toBe(all[0]);
        expect(kept.at(-1)?.value).toBe(all.at(-1));
        expect(Math.min(...kept.map((p) => p.value))).toBe(Math.min(...all));
        expect(Math.max(...kept.map((p) => p.value))).toBe(Math.max(...all));
        for (const { time, value } of kept) expect(all[time]).toBe(value);
        for (let i = 1; i < kept.length; i++)
          expect(kept[i]?.time).toBeGreaterThan(kept[i - 1]?.time as number);
      }),
    );
  });

  it('keeps at least a fifth of its capacity in use however long the run', () => {
    expect(
      fed(
        1000,
        Array.from({ length: 50_000 }, (_, i) => Math.sin(i)),
      ).points().length,
    ).toBeGreaterThan(200);
  });
});
