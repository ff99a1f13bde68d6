import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bar } from '../model/bar.js';
import { BarWindow } from './bar-window.js';

const bar = (i: number, high = i, low = -i): Bar => ({
  symbol: 'EURUSD',
  timeframe: 'M1',
  time: i * 60_000,
  closeTime: (i + 1) * 60_000,
  open: i,
  high,
  low,
  close: i + 0.5,
  askOpen: i,
  askHigh: high,
  askLow: low,
  askClose: i,
  volume: 10 * i,
  ticks: i,
});

const windowOf = (capacity: number, bars: number): BarWindow => {
  const window = new BarWindow(capacity);
  for (let i = 1; i <= bars; i++) window.push(bar(i));
  return window;
};

describe('BarWindow', () => {
  it('keeps the newest bars and forgets the oldest', () => {
    const window = windowOf(3, 5);
    expect(window.length).toBe(3);
    expect(window.capacity).toBe(3);
    expect(window.last).toEqual(bar(5));
    expect([...window.values('close', 3)]).toEqual([3.5, 4.5, 5.5]);
  });

  it('counts bars from the newest with negative and from the oldest with other indices', () => {
    const window = windowOf(4, 6);
    expect(window.at(-1)).toEqual(bar(6));
    expect(window.at(-2)).toEqual(bar(5));
    expect(window.at(0)).toEqual(bar(3));
    expect(window.at(3)).toEqual(bar(6));
  });

  it('leaves the newest bars out of a look-back with skip', () => {
    const window = windowOf(10, 8);
    expect(window.highest('high', 3)).toBe(8);
    expect(window.highest('high', 3, { skip: 1 })).toBe(7);
    expect(window.lowest('low', 2, { skip: 3 })).toBe(-5);
    expect(window.mean('volume', 4, { skip: 2 })).toBe((30 + 40 + 50 + 60) / 4);
    expect([...window.values('open', 2, { skip: 5 })]).toEqual([2, 3]);
  });

  it('gives values that do not change when more bars arrive', () => {
    const window = windowOf(3, 3);
    const values = window.values('open', 3);
    const before = window.last;
    window.push(bar(4));
    expect([...values]).toEqual([1, 2, 3]);
    expect(before).toEqual(bar(3));
  });

  it('says how far to raise warmUp when more bars are wanted than it holds', () => {
    const window = windowOf(50, 20);
    const wants = [
      () => window.highest('high', 20, { skip: 1 }),
      () => window.lowest('low', 21),
      () => window.mean('close', 21),
      () => window.values('close', 21),
      () => window.at(-21),
    ];
    for (const want of wants) {
      expect(want).toThrow(/21 bars are wanted and 20 are held. Raise warmUp to 21/);
      expect(want).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
    }
    expect(() => new BarWindow(5).last).toThrow(/1 bars are wanted and 0 are held/);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses %s as a number of bars', (count) => {
    expect(() => windowOf(5, 5).mean('close', count)).toThrow(/is not a number of bars/);
    expect(() => new BarWindow(count)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });

  it('agrees with plain arrays for every capacity, length and look-back', () => {
    const prices = fc.array(fc.double({ min: 0.5, max: 2, noNaN: true }), { minLength: 1, maxLength: 60 });
    fc.assert(
      fc.property(prices, fc.integer({ min: 1, max: 30 }), fc.nat(), fc.nat(), (closes, capacity, a, b) => {
        const window = new BarWindow(capacity);
        for (const [i, close] of closes.entries()) window.push({ ...bar(i), close });
        const held = closes.slice(-capacity);
        const skip = a % held.length;
        const count = 1 + (b % (held.length - skip));
        const wanted = held.slice(held.length - skip - count, held.length - skip);
        expect([...window.values('close', count, { skip })]).toEqual(wanted);
        expect(window.highest('close', count, { skip })).toBe(Math.max(...wanted));
        expect(window.lowest('close', count, { skip })).toBe(Math.min(...wanted));
        expect(window.mean('close', count, { skip })).toBe(wanted.reduce((x, y) => x + y, 0) / count);
        expect(window.at(-1 - skip).close).toBe(held.at(-1 - skip));
      }),
    );
  });
});
