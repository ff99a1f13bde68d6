import { describe, expect, it } from 'vitest';
import type { PriceBar } from './price-bar.js';
import { SwingDetector } from './swing-detector.js';

const bar = (i: number, high: number, low: number): PriceBar => ({
  time: i * 10,
  closeTime: i * 10 + 10,
  open: low,
  high,
  low,
  close: high,
});

const swingsOf = (ranges: readonly (readonly [high: number, low: number])[], left: number, right: number) => {
  const detector = new SwingDetector({ left, right });
  return ranges.flatMap(([high, low], i) => detector.push(bar(i, high, low)));
};

describe('SwingDetector', () => {
  it('stamps a swing on its bar and confirms it at the close of the last bar to its right', () => {
    const ranges = [
      [5, 3],
      [6, 4],
      [9, 5],
      [7, 4],
      [8, 4.5],
    ] as const;
    expect(swingsOf(ranges, 2, 2)).toEqual([{ kind: 'high', price: 9, time: 20, confirmedAt: 50 }]);
    expect(swingsOf(ranges, 1, 1)).toEqual([
      { kind: 'high', price: 9, time: 20, confirmedAt: 40 },
      { kind: 'low', price: 4, time: 30, confirmedAt: 50 },
    ]);
  });

  it('tells a high and a low of one bar that sticks out both ways', () => {
    const swings = swingsOf(
      [
        [5, 4],
        [9, 1],
        [6, 3],
      ],
      1,
      1,
    );
    expect(swings.map(({ kind, price }) => [kind, price])).toEqual([
      ['high', 9],
      ['low', 1],
    ]);
  });

  it('takes neither of two equal highs within reach, and both when they are farther apart', () => {
    const highs = [5, 5, 9, 6, 9, 5, 5].map((high) => [high, 1] as const);
    expect(swingsOf(highs, 2, 2)).toHaveLength(0);
    expect(swingsOf(highs, 1, 1).map(({ time }) => time)).toEqual([20, 40]);
  });

  it('asks nothing of the past when left is 0', () => {
    const falling = [9, 8, 7, 6].map((high) => [high, high - 1] as const);
    expect(swingsOf(falling, 0, 2).map(({ kind, price }) => [kind, price])).toEqual([
      ['high', 9],
      ['high', 8],
    ]);
    expect(swingsOf(falling, 1, 2)).toEqual([]);
  });

  it('finds what a search over all bars finds', () => {
    const price = (i: number) => Math.round(50 * Math.sin(i * 1.7) + 30 * Math.sin(i * 0.31)) / 10;
    const ranges = Array.from({ length: 400 }, (_, i) => [price(i) + 1, price(i * 3) - 1] as const);
    const expected = ranges.flatMap(([high, low], i) => {
      const others = [...ranges.slice(i - 3, i), ...ranges.slice(i + 1, i + 3)];
      if (i < 3 || i + 2 >= ranges.length) return [];
      return [
        ...(others.every(([h]) => h < high) ? [`high ${i * 10}`] : []),
        ...(others.every(([, l]) => l > low) ? [`low ${i * 10}`] : []),
      ];
    });
    expect(swingsOf(ranges, 3, 2).map(({ kind, time }) => `${kind} ${time}`)).toEqual(expected);
    expect(expected.length).toBeGreaterThan(50);
  });

  it.each([
    [-1, 2],
    [1, 0],
    [1.5, 2],
  ])('refuses left %d and right %d', (left, right) => {
    expect(() => new SwingDetector({ left, right })).toThrow(/BAD_CONFIG|make no swing/);
  });
});
