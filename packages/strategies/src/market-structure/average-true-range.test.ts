import { describe, expect, it } from 'vitest';
import { AverageTrueRange } from './average-true-range.js';

// High, low, close. Values computed with TA-Lib 0.8.2 (Python), talib.ATR(high, low, close, timeperiod).
const bars = [
  [48.7, 47.79, 48.16],
  [48.72, 48.14, 48.61],
  [48.9, 48.39, 48.75],
  [48.87, 48.37, 48.63],
  [48.82, 48.24, 48.74],
  [49.05, 48.64, 49.03],
  [49.2, 48.94, 49.07],
  [49.35, 48.86, 49.32],
  [49.92, 49.5, 49.91],
  [50.19, 49.87, 50.13],
  [50.12, 49.2, 49.53],
  [49.66, 48.9, 49.5],
] as const;

const valuesOf = (period: number) => {
  const atr = new AverageTrueRange(period);
  return bars.map(([high, low, close], i) =>
    atr.push({ time: i, closeTime: i + 1, open: close, high, low, close }),
  );
};

describe('AverageTrueRange', () => {
  it.each([
    [1, [0.58, 0.51, 0.5, 0.58, 0.41, 0.26, 0.49, 0.6, 0.32, 0.93, 0.76]],
    [5, [0.516, 0.4648, 0.46984, 0.495872, 0.4606976, 0.55455808, 0.595646464]],
  ])('gives the values of TA-Lib for a period of %d, and none before', (period, expected) => {
    const values = valuesOf(period);
    expect(values.slice(0, period)).toEqual(Array(period).fill(undefined));
    expected.forEach((value, i) => {
      expect(values[period + i]).toBeCloseTo(value, 9);
    });
    expect(values).toHaveLength(period + expected.length);
  });

  it('refuses a period of no bars', () => {
    expect(() => new AverageTrueRange(0)).toThrow('0 is no number of bars');
  });
});
