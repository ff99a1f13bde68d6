import { describe, expect, it } from 'vitest';
import { QuoteGuard } from './quote-guard.js';
import { hasData, rowsOf } from './testing/real-data.js';

describe('QuoteGuard', () => {
  it('lets sound ticks pass, also at one time and without a spread', () => {
    const guard = new QuoteGuard();
    expect(guard.check(1_000, 1.1, 1.1002)).toBeUndefined();
    expect(guard.check(1_000, 1.1001, 1.1001)).toBeUndefined();
    expect(guard.check(1_000.25, 1.1, 1.1002)).toBeUndefined();
    expect(guard.counts).toEqual({ BAD_PRICE: 0, CROSSED_QUOTE: 0, TIME_BACKWARDS: 0 });
  });

  it.each([
    ['a bid of nought', 0, 1],
    ['a negative bid', -1, 1],
    ['a bid that is not a number', Number.NaN, 1],
    ['an ask that is not a number', 1, Number.NaN],
    ['an endless ask', 1, Infinity],
    ['an endless bid', Infinity, Infinity],
    ['a negative ask', 1, -1],
  ])('rejects %s as a bad price', (_what, bid, ask) => {
    const guard = new QuoteGuard();
    expect(guard.check(1_000, bid, ask)).toBe('BAD_PRICE');
    expect(guard.counts.BAD_PRICE).toBe(1);
  });

  it('rejects an ask below the bid', () => {
    expect(new QuoteGuard().check(1_000, 1.1002, 1.1)).toBe('CROSSED_QUOTE');
  });

  it('rejects times that fall or are none, and goes on from the last sound one', () => {
    const guard = new QuoteGuard();
    guard.check(1_000, 1, 2);
    expect(guard.check(999.9, 1, 2)).toBe('TIME_BACKWARDS');
    expect(guard.check(Number.NaN, 1, 2)).toBe('TIME_BACKWARDS');
    expect(guard.check(Infinity, 1, 2)).toBe('TIME_BACKWARDS');
    expect(guard.check(9_000, 2, 1)).toBe('CROSSED_QUOTE');
    expect(guard.check(1_001, 1, 2)).toBeUndefined();
    expect(guard.counts).toEqual({ BAD_PRICE: 0, CROSSED_QUOTE: 1, TIME_BACKWARDS: 3 });
  });

  const fxcm = 'eurusd_ticks_fxcm_2014-05-06_2014-05-08';
  it.skipIf(!hasData(fxcm))('finds the 38,131 crossed ticks of a real feed and nothing else', () => {
    const guard = new QuoteGuard();
    for (const [time, bid, ask] of rowsOf(fxcm) as [number, number, number][]) guard.check(time, bid, ask);
    // Counted with awk: $3 < $2.
    expect(guard.counts).toEqual({ BAD_PRICE: 0, CROSSED_QUOTE: 38_131, TIME_BACKWARDS: 0 });
  });
});
