import { describe, expect, it } from 'vitest';
import { MikroBotError } from '../errors/mikrobot-error.js';
import { instrumentWith } from '../testing/samples.js';
import { eurusd } from '../testing/scripted-venue.js';
import { defineInstrument, type InstrumentInput } from './instrument.js';

const complaint = (over: Record<string, unknown>): string => {
  try {
    instrumentWith(over as Partial<InstrumentInput>);
  } catch (error) {
    expect(error).toBeInstanceOf(MikroBotError);
    expect((error as MikroBotError).code).toBe('BAD_CONFIG');
    return (error as MikroBotError).message;
  }
  return 'accepted';
};

describe('defineInstrument', () => {
  it('counts the decimals of prices on the finest grid, and of quantities', () => {
    expect([eurusd.priceDecimals, eurusd.quantityDecimals]).toEqual([5, 2]);
    const banded = instrumentWith({ tickSize: 0.5, priceBands: [{ from: 2_000, tickSize: 0.25 }] });
    expect(banded.priceDecimals).toBe(2);
    expect(instrumentWith({ tickSize: 5, quantityStep: 1, minQuantity: 1 }).priceDecimals).toBe(0);
    expect(instrumentWith({ quantityStep: 1e-8 }).quantityDecimals).toBe(8);
  });

  it('fills in what most instruments do not have: bands, margin, swaps', () => {
    expect(eurusd).toMatchObject({
      priceBands: [],
      marginRate: 0,
      swap: { long: 0, short: 0, tripleDay: 3 },
    });
  });

  it.each([
    ['symbol', ''],
    ['assetClass', 'fx'],
    ['currency', 'US'],
    ['contractSize', 0],
    ['tickSize', -0.1],
    ['tickSize', Number.NaN],
    ['pipSize', '0.0001'],
    ['quantityStep', Number.POSITIVE_INFINITY],
    ['minQuantity', 0],
    ['maxQuantity', undefined],
    ['marginRate', 1.5],
  ])('names the field when %s is %j', (field, value) => {
    const symbol = field === 'symbol' ? '' : 'EURUSD';
    expect(complaint({ [field]: value })).toContain(`instrument ${symbol}, field ${field}: `);
  });

  it('names fields inside fields', () => {
    expect(complaint({ swap: { long: 0, short: 0, tripleDay: 7 } })).toContain('field swap.tripleDay: ');
    expect(complaint({ priceBands: [{ from: 1, tickSize: 0 }] })).toContain('field priceBands.0.tickSize: ');
  });

  it('names an unknown field', () => {
    expect(complaint({ tickValue: 1 })).toBe('instrument EURUSD: Unrecognized key: "tickValue".');
  });

  it('refuses a smallest quantity above the largest', () => {
    expect(complaint({ minQuantity: 2, maxQuantity: 1 })).toContain('field maxQuantity: ');
  });

  it('refuses price bands that do not ascend, for the last one that fits would win', () => {
    const bands = [
      { from: 10, tickSize: 0.05 },
      { from: 1, tickSize: 0.005 },
    ];
    expect(complaint({ priceBands: bands })).toContain('field priceBands: ');
  });

  it('says so when it gets nothing at all', () => {
    for (const nothing of [null, undefined, 'EURUSD']) {
      expect(() => defineInstrument(nothing as never)).toThrowError(MikroBotError);
    }
  });

  it('is frozen to the bottom, and free of what its author does with the input later', () => {
    const swap = { long: -1, short: 0.5, tripleDay: 3 };
    const band = { from: 2, tickSize: 0.0001 };
    const instrument = instrumentWith({ swap, priceBands: [band] });
    swap.long = 99;
    band.tickSize = 99;
    expect(instrument.swap.long).toBe(-1);
    expect(instrument.priceBands[0]?.tickSize).toBe(0.0001);
    for (const part of [instrument, instrument.swap, instrument.priceBands, instrument.priceBands[0]]) {
      expect(Object.isFrozen(part)).toBe(true);
    }
  });
});

describe('the base of an instrument', () => {
  it.each([
    ['EURUSD', 'USD', 'forex', 'EUR'],
    ['USDJPY', 'JPY', 'forex', 'USD'],
    ['EUR/USD', 'USD', 'forex', 'EUR'],
    ['BTC-USD', 'USD', 'cfd-crypto', 'BTC'],
    ['1000PEPEUSDT', 'USDT', 'crypto', '1000PEPE'],
    ['XAUUSD', 'USD', 'cfd-metals', 'XAU'],
    // Not bought in anything: a share is not a currency.
    ['AUSD', 'USD', 'stock', undefined],
    ['US500USD', 'USD', 'cfd-indices', undefined],
    // A broker's suffix hides the pair: the author has to say the base.
    ['EURUSD.m', 'USD', 'forex', undefined],
  ] as const)('of %s, quoted in %s as %s, is %s', (symbol, currency, assetClass, base) => {
    expect(instrumentWith({ symbol, currency, assetClass }).base).toBe(base);
  });

  it('is what the author says, when he says it', () => {
    expect(instrumentWith({ symbol: 'EURUSD.m', base: 'EUR' }).base).toBe('EUR');
  });
});
