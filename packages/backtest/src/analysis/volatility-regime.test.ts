import { describe, expect, it } from 'vitest';
import { VolatilityRegime } from './volatility-regime.js';

const bar = (range: number) => ({ high: 100 + range / 2, low: 100 - range / 2, close: 100 });

const after = (ranges: readonly number[]): VolatilityRegime => {
  const regime = new VolatilityRegime();
  for (const range of ranges) regime.push(bar(range));
  return regime;
};

const constant = (count: number, range: number): number[] => new Array<number>(count).fill(range);

describe('VolatilityRegime', () => {
  it('does not know before there are a hundred values', () => {
    // The first of them comes with bar 15.
    expect(after(constant(113, 1)).tag()).toBe('unknown');
    expect(after(constant(114, 1)).tag()).toBe('normal');
  });

  it('calls a calm market low and a wild one high, against its own past', () => {
    expect(after([...constant(300, 1), ...constant(20, 5)]).tag()).toBe('high');
    expect(after([...constant(300, 5), ...constant(20, 1)]).tag()).toBe('low');
  });

  it('forgets what is older than 500 bars', () => {
    expect(after([...constant(400, 50), ...constant(600, 1)]).tag()).toBe('low');
    expect(after([...constant(400, 50), ...constant(600, 1), ...constant(400, 1)]).percentile()).toBeLessThan(
      0.6,
    );
  });
});
