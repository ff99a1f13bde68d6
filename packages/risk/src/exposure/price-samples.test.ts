import type { Book } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { bookWith, MOMENT, type Present } from '../test-support/market.js';
import { commonReturns, MOST_SYMBOLS, type PriceSamples, sampled, withSymbols } from './price-samples.js';

const MINUTE = 60_000;
const none: PriceSamples = { interval: 15 * MINUTE, due: 0, symbols: [], rows: [] };
const two = withSymbols(none, ['EURUSD', 'USDJPY']);
const quotes = { EURUSD: [1.1, 1.2], USDJPY: [149, 151] } as const;

describe('price samples', () => {
  it('are middle prices, due at whole intervals', () => {
    const taken = sampled(two, bookWith({ quotes, now: Date.UTC(2024, 0, 2, 10, 7) }), 5);
    expect(taken.rows).toEqual([[expect.closeTo(1.15, 12), 150]]);
    expect(taken.due).toBe(Date.UTC(2024, 0, 2, 10, 15));
    const exact = sampled(two, bookWith({ quotes, now: Date.UTC(2024, 0, 2, 10, 15) }), 5);
    expect(exact.due).toBe(Date.UTC(2024, 0, 2, 10, 30));
  });

  it('keep so many rows and drop the oldest', () => {
    let samples = two;
    for (let i = 1; i <= 4; i++)
      samples = sampled(samples, bookWith({ quotes: { ...quotes, USDJPY: [i, i] } }), 3);
    expect(samples.rows.map((row) => row[1])).toEqual([2, 3, 4]);
  });

  it('leave out what has no price or no new one', () => {
    const rowOf = (present: Present, age = 0) => {
      const book = bookWith(present);
      const aged: Book = {
        ...book,
        quote: (symbol) => {
          const quote = book.quote(symbol);
          return quote === undefined ? undefined : { ...quote, time: MOMENT - age };
        },
      };
      return sampled(two, aged, 5).rows[0];
    };
    expect(rowOf({ quotes: { EURUSD: [1, 1] } })).toEqual([1, null]);
    expect(rowOf({ quotes: { EURUSD: [1, 1], USDJPY: [Number.NaN, 1] } })).toEqual([1, null]);
    expect(rowOf({ quotes: { EURUSD: [1, 1], USDJPY: [0, 0] } })).toEqual([1, null]);
    expect(rowOf({ quotes: { EURUSD: [1, 1], USDJPY: [1, Number.POSITIVE_INFINITY] } })).toEqual([1, null]);
    expect(rowOf({ quotes }, 15 * MINUTE - 1)).not.toContain(null);
    expect(rowOf({ quotes }, 15 * MINUTE)).toEqual([null, null]);
  });

  it('know each symbol once, and no more than so many', () => {
    expect(withSymbols(two, ['USDJPY'])).toBe(two);
    expect(withSymbols(two, ['USDJPY', 'GBPUSD']).symbols).toEqual(['EURUSD', 'USDJPY', 'GBPUSD']);
    const many = Array.from({ length: 100 }, (_, i) => `S${i}`);
    const full = withSymbols(two, many);
    expect(full.symbols).toHaveLength(MOST_SYMBOLS);
    expect(withSymbols(full, ['S99'])).toBe(full);
  });

  it('give logarithmic returns of the intervals that both have', () => {
    const e = Math.E;
    const samples: PriceSamples = {
      ...two,
      rows: [[1], [e, 1], [e ** 2, e], [null, 1], [1, e ** 3], [e, e]],
    };
    const { a, b } = commonReturns(samples, 'EURUSD', 'USDJPY');
    expect(a).toEqual([expect.closeTo(1, 12), expect.closeTo(1, 12)]);
    expect(b).toEqual([expect.closeTo(1, 12), expect.closeTo(-2, 12)]);
    expect(commonReturns(samples, 'USDJPY', 'EURUSD').a).toHaveLength(2);
    expect(commonReturns(samples, 'EURUSD', 'GBPUSD')).toEqual({ a: [], b: [] });
  });
});
