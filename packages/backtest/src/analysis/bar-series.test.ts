import { describe, expect, it } from 'vitest';
import { aBar } from '../test-support/events.js';
import { BarSeries } from './bar-series.js';

const M5 = 300_000;

describe('BarSeries', () => {
  it('keeps bars as they are while there is room', () => {
    const series = new BarSeries('EURUSD', M5, 10);
    series.push(aBar(0, [1, 4, 0.5, 2]));
    series.push(aBar(M5, [2, 3, 1, 1.5]));
    expect(series.series()).toEqual({
      symbol: 'EURUSD',
      barMs: M5,
      bars: [
        [0, 1, 4, 0.5, 2],
        [M5, 2, 3, 1, 1.5],
      ],
    });
  });

  it('makes one bar of two neighbours on the grid when it is full', () => {
    const series = new BarSeries('EURUSD', M5, 2);
    series.push(aBar(0, [1, 4, 0.5, 2]));
    series.push(aBar(M5, [2, 3, 1, 1.5]));
    series.push(aBar(2 * M5, [1.5, 9, 1.2, 8]));
    expect(series.series()).toEqual({
      symbol: 'EURUSD',
      barMs: 2 * M5,
      bars: [
        [0, 1, 4, 0.5, 1.5],
        [2 * M5, 1.5, 9, 1.2, 8],
      ],
    });
  });

  it('does not merge across a gap, as over a weekend', () => {
    const series = new BarSeries('EURUSD', M5, 2);
    for (const time of [0, 100 * M5, 101 * M5]) series.push(aBar(time, [1, 1, 1, 1]));
    expect(series.series().bars.map(([time]) => time)).toEqual([0, 100 * M5]);
  });

  it('stays within bounds and keeps the extremes of a long run', () => {
    const series = new BarSeries('EURUSD', M5, 50);
    for (let i = 0; i < 5000; i++) {
      const close = Math.sin(i / 300);
      series.push(aBar(i * M5, [close, close + 0.01, close - 0.01, close]));
    }
    const { bars } = series.series();
    expect(bars.length).toBeLessThanOrEqual(50);
    expect(Math.max(...bars.map((bar) => bar[2]))).toBeCloseTo(1.01, 4);
    expect(Math.min(...bars.map((bar) => bar[3]))).toBeCloseTo(-1.01, 4);
    expect(bars[0]?.[1]).toBe(0);
    expect(bars.at(-1)?.[4]).toBe(Math.sin(4999 / 300));
  });
});
