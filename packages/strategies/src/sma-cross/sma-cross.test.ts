import { describe, expect, it } from 'vitest';
import { fxPair } from '../testing/instruments.js';
import { StrategyBench } from '../testing/strategy-context.js';
import { MovingAverage } from './moving-average.js';
import { smaCross } from './sma-cross.js';

const eurusd = fxPair('EURUSD');
const T0 = Date.UTC(2024, 0, 10);

describe('MovingAverage', () => {
  it('is the plain mean of the last values, and silent before there are enough', () => {
    const average = new MovingAverage(3);
    expect([1, 2, 6, 7, 2].map((value) => average.push(value))).toEqual([undefined, undefined, 3, 5, 5]);
  });

  it('stays exact over a million values', () => {
    const average = new MovingAverage(7);
    for (let i = 0; i < 1_000_000; i++) average.push(1.1 + (i % 1013) / 1000);
    const last = [1, 2, 3, 4, 5, 6, 7].map((value) => average.push(value));
    expect(last[6]).toBeCloseTo(4, 12);
  });

  it('refuses a length of nothing', () => {
    expect(() => new MovingAverage(0)).toThrow('0 is no number of values');
  });
});

describe('smaCross', () => {
  const bench = (): StrategyBench =>
    new StrategyBench(
      smaCross.bind('EURUSD', { timeframe: 'M1', fast: 2, slow: 4, stopPips: 10, confidence: 0.9 }),
      eurusd,
    );
  // Falling, then rising: with 2 and 4 closes the averages cross at the close of 1.06 (means 1.05 and 1.0475).
  const closes = [1.1, 1.09, 1.08, 1.07, 1.06, 1.05, 1.04, 1.04, 1.06, 1.08, 1.09];
  const play = (at: StrategyBench, prices: readonly number[], from = 0): void =>
    prices.forEach((bid, i) => {
      at.tick({ time: T0 + (from + i) * 60_000, bid, ask: bid + 0.0001 });
    });

  it('buys at the close that brings the fast average above the slow one', () => {
    const at = bench();
    play(at, closes.slice(0, 9));
    expect(at.drafts).toEqual([]);
    play(at, closes.slice(9), 9);
    expect(at.drafts).toHaveLength(1);
    expect(at.drafts[0]).toMatchObject({ intent: 'enter', side: 'buy', confidence: 0.9 });
    expect(at.drafts[0]?.stop).toBeCloseTo(1.059, 9);
    expect(at.drafts[0]?.reason).toBe('SMA 2 crossed above SMA 4');
  });

  it('reverses a position on the other side, and keeps one on its own', () => {
    const at = bench();
    at.held = { quantity: -1, averagePrice: 1.1 };
    play(at, closes);
    expect(at.drafts).toMatchObject([{ intent: 'reverse', side: 'buy' }]);
    const long = bench();
    long.held = { quantity: 1, averagePrice: 1.1 };
    play(long, closes);
    expect(long.drafts).toEqual([]);
  });

  it('wants the fast average to be the shorter one', () => {
    expect(() => smaCross.bind('EURUSD', { fast: 200, slow: 50 })).toThrow(/parameter fast/);
  });
});
