import { MikroBotError, toDecimalString } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { instrumentOf } from './instruments.js';

describe('The catalogue', () => {
  // Value of one tick of one contract, from the exchanges' contract specifications.
  it.each([
    ['ES', 0.25, 12.5],
    ['MES', 0.25, 1.25],
    ['NQ', 0.25, 5],
    ['MNQ', 0.25, 0.5],
    ['YM', 1, 5],
    ['RTY', 0.1, 5],
    ['CL', 0.01, 10],
    ['GC', 0.1, 10],
    ['6E', 0.00005, 6.25],
  ])('%s has a tick of %d worth %d USD', (symbol, tickSize, value) => {
    const future = instrumentOf(symbol);
    expect(future.tickSize).toBe(tickSize);
    expect(future.tickSize * future.contractSize).toBeCloseTo(value, 9);
  });

  it('has lots of 100,000 for any pair of currencies, and yen pips of 0.01', () => {
    expect(instrumentOf('EURUSD')).toMatchObject({
      contractSize: 100_000,
      pipSize: 0.0001,
      tickSize: 0.00001,
    });
    expect(instrumentOf('NZDCAD')).toMatchObject({ base: 'NZD', currency: 'CAD', pipSize: 0.0001 });
    expect(instrumentOf('GBPJPY')).toMatchObject({ currency: 'JPY', pipSize: 0.01, tickSize: 0.001 });
    expect(instrumentOf('EURUSD').marginRate).toBeCloseTo(1 / 30, 12);
    expect(instrumentOf('AUDUSD').marginRate).toBe(0.05);
  });

  it('has 100 oz of gold and one coin a lot', () => {
    expect(instrumentOf('XAUUSD')).toMatchObject({ contractSize: 100, base: 'XAU', currency: 'USD' });
    expect(instrumentOf('BTCUSDT')).toMatchObject({ contractSize: 1, base: 'BTC', currency: 'USDT' });
  });

  it('writes prices with the decimals that the markets use', () => {
    expect(toDecimalString(1.1, instrumentOf('EURUSD').priceDecimals)).toBe('1.10000');
    expect(instrumentOf('USDJPY').priceDecimals).toBe(3);
    expect(instrumentOf('ES').priceDecimals).toBe(2);
    expect(instrumentOf('BTCUSDT').quantityDecimals).toBe(5);
  });

  it.each(['EURXXX', 'FOO', 'eurusd', 'toString'])(
    'says what to do for %s, which it does not know',
    (symbol) => {
      try {
        instrumentOf(symbol);
      } catch (error) {
        expect(error).toBeInstanceOf(MikroBotError);
        expect((error as MikroBotError).code).toBe('UNKNOWN_INSTRUMENT');
        expect((error as MikroBotError).message).toContain('defineInstrument');
        return;
      }
      throw new Error('nothing was thrown');
    },
  );
});
