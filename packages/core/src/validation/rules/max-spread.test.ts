import { describe, expect, it } from 'vitest';
import { btcusdt, MOMENT, plainBook, signalWith } from '../../testing/samples.js';
import { maxSpread } from './max-spread.js';

const check = (bid: number, ask: number, pips: number, symbol = 'EURUSD') =>
  maxSpread({ pips }).check(
    signalWith({ symbol, quote: { time: MOMENT, bid, ask } }),
    plainBook({ instrument: (s) => (s === 'BTCUSDT' ? btcusdt : plainBook().instrument(s)) }),
  );

describe('maxSpread', () => {
  it('passes a spread of exactly the limit, although binary fractions make it a hair wider', () => {
    expect(1.4003 - 1.4).toBeGreaterThan(0.0003);
    expect(check(1.4, 1.4003, 3)).toBeUndefined();
    expect(check(1.1, 1.1001, 3)).toBeUndefined();
    expect(check(1.1, 1.1, 0)).toBeUndefined();
  });

  it('refuses a spread that is one point wider, and tells both in pips', () => {
    expect(check(1.1, 1.10031, 3)).toEqual({ code: 'SPREAD_TOO_WIDE', limit: 3, actual: 3.1 });
  });

  it('sees hundredths of a pip where the instrument has them', () => {
    expect(check(60_000, 60_001.04, 1, 'BTCUSDT')).toEqual({
      code: 'SPREAD_TOO_WIDE',
      limit: 1,
      actual: 1.04,
    });
    expect(check(60_000, 60_001, 1, 'BTCUSDT')).toBeUndefined();
  });

  it('refuses what it cannot measure', () => {
    expect(check(1.1, 1.1001, 3, 'UNKNOWN')).toMatchObject({ code: 'SPREAD_TOO_WIDE', limit: 3 });
  });
});
