import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { follow, said } from '../test-support/policy-run.js';
import { maxOrderValue } from './max-order-value.js';

describe('maxOrderValue', () => {
  const { judge } = follow(maxOrderValue({ value: 55_005 }));

  it('caps what policies size', () => {
    // A lot of EURUSD at 1.1001 is worth 110,010 USD; half of it 55,005.
    expect((judge() as { cap: number }).cap).toBeCloseTo(0.5, 12);
  });

  it('refuses a signal that itself asks for more, and lets it ask for exactly so much', () => {
    expect(judge({ quantity: 0.51 })).toEqual({ code: 'ORDER_VALUE', limit: 55_005, actual: 56_105.1 });
    expect(said(judge({ quantity: 0.5 }))).toBe('approve');
  });

  it('values at the price of the order', () => {
    expect(judge({ order: { type: 'limit', price: 1 } })).toEqual({ cap: 0.55005 });
  });

  it('converts to the currency of the account', () => {
    // 100,000 USD x 150 = 15,000,000 JPY, at 1/165 EUR each 90,909.09 EUR.
    const yen = { symbol: 'USDJPY', quote: { time: 0, bid: 149.9, ask: 150 }, rate: 1 / 165 };
    const { judge: inEuro } = follow(maxOrderValue({ value: 100_000 }));
    const answer = inEuro(yen);
    expect((answer as { cap: number }).cap).toBeCloseTo(1.1, 12);
    expect(said(inEuro({ ...yen, quantity: 1.1 }))).toBe('approve');
    expect(inEuro({ ...yen, quantity: 1.2 })).toEqual({
      code: 'ORDER_VALUE',
      limit: 100_000,
      actual: 109_090.909090909,
    });
  });

  it('is not taken in by binary fractions of large amounts', () => {
    // 0.3 x 110,010 x 1,000 is 33,003,000.000000004 in doubles.
    const { judge: large } = follow(maxOrderValue({ value: 33_003_000 }));
    expect(said(large({ quantity: 0.3, rate: 1_000 }))).toBe('approve');
    expect(large({ quantity: 0.31, rate: 1_000 })).toMatchObject({ actual: 34_103_100 });
  });

  it.each([undefined, Number.NaN, 0, -1, Number.POSITIVE_INFINITY])('refuses with a rate of %s', (rate) => {
    expect(said(judge({ rate }))).toBe('refuse NO_RATE');
  });

  it.each([Number.NaN, 0, -1, Number.POSITIVE_INFINITY])('refuses a price or quantity of %s', (bad) => {
    expect(judge({ quantity: bad })).toEqual({ code: 'INVALID', limit: 'lots above 0', actual: String(bad) });
    expect(judge({ quote: { time: 0, bid: 1, ask: bad } })).toMatchObject({
      code: 'NO_QUOTE',
      limit: 'a price above 0',
    });
  });

  it('refuses an instrument that it does not know', () => {
    expect(said(judge({ symbol: 'NONE' }))).toBe('refuse UNKNOWN_SYMBOL');
  });

  it('takes no value of 0', () => {
    expect(() => maxOrderValue({ value: 0 })).toThrowError('Too small');
  });

  it('never allows more than the value', () => {
    const number = fc.double({ min: 1e-3, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(number, number, number, (value, ask, rate) => {
        const answer = follow(maxOrderValue({ value })).judge({ quote: { time: 0, bid: ask, ask }, rate });
        const { cap } = answer as { cap: number };
        expect(cap * 100_000 * ask * rate).toBeLessThanOrEqual(value * (1 + 1e-12));
      }),
    );
  });
});
