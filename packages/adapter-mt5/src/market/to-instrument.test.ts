import { describe, expect, it } from 'vitest';
import { symbolRecord } from '../protocol/symbol-record.js';
import { type Wire, wireSymbol } from '../testing/wire-records.js';
import { toInstrument } from './to-instrument.js';

const instrument = (given: Wire = {}, leverage = 30) =>
  toInstrument(symbolRecord.parse(wireSymbol(given)), leverage);

describe('a symbol as an instrument', () => {
  it('has the grid, the sizes and the swaps of the contract', () => {
    expect(instrument({ swapLong: -7.5, swapShort: 2 })).toMatchObject({
      symbol: 'EURUSD',
      assetClass: 'forex',
      base: 'EUR',
      currency: 'USD',
      contractSize: 100_000,
      tickSize: 0.00001,
      priceDecimals: 5,
      quantityStep: 0.01,
      minQuantity: 0.01,
      maxQuantity: 100,
      swap: { long: -7.5, short: 2, tripleDay: 3 },
    });
  });

  it.each([
    [5, 0.00001, 0.0001],
    [3, 0.001, 0.01],
    [4, 0.0001, 0.0001],
    [2, 0.01, 0.01],
  ])('with %s digits (point %s) has a pip of %s', (digits, point, pip) => {
    expect(instrument({ digits, point, tickSize: point }).pipSize).toBeCloseTo(pip, 12);
  });

  it.each([
    ['forex', 'XAUUSD', 'Metals\\XAUUSD', 'cfd-metals'],
    ['cfd', 'XAGUSD.m', 'CFD\\XAGUSD', 'cfd-metals'],
    ['cfd-index', 'US500', 'Whatever', 'cfd-indices'],
    ['cfd-leverage', 'GER40.cash', 'Indices\\GER40', 'cfd-indices'],
    ['cfd', 'BTCUSD', 'CFD', 'cfd-crypto'],
    ['cfd', 'DOTUSD', 'Crypto\\DOTUSD', 'cfd-crypto'],
    ['cfd', 'UKOIL', 'Energies\\UKOIL', 'cfd-energies'],
    ['cfd', 'AAPL', 'Shares\\US\\AAPL', 'cfd-shares'],
    ['exchange-stocks', 'SBER', 'MOEX\\SBER', 'stock'],
    ['exchange-futures', 'ESZ5', 'CME\\ES', 'future'],
    ['futures', 'ESZ5', 'CME\\ES', 'future'],
    ['forex', 'EURUSDm', 'Majors\\EURUSDm', 'forex'],
  ])('that is reckoned as %s and called %s in %s is of the class %s', (calc, symbol, path, assetClass) => {
    expect(instrument({ calc, symbol, path, description: '' }).assetClass).toBe(assetClass);
  });

  // The formulas of ENUM_SYMBOL_CALC_MODE in MQL5's documentation, for a lot of 100,000 EUR at 1.1.
  it.each([
    ['forex', 0, 30, 1 / 30],
    ['forex', 50_000, 100, 0.005],
    ['forex', 0, 0, 1],
    ['forex-no-leverage', 0, 30, 1],
    ['cfd-leverage', 0, 20, 0.05],
    ['cfd', 0, 30, 1],
    ['futures', 5_500, 30, 0.05],
  ])(
    'with %s, an initial margin of %s and a leverage of %s takes %s of its value',
    (calc, marginInitial, leverage, rate) => {
      expect(instrument({ calc, marginInitial }, leverage).marginRate).toBeCloseTo(rate, 10);
    },
  );

  it('has swaps in money or interest as price steps, and 0 where that cannot be said', () => {
    const swap = (swapMode: string, swapLong: number) => instrument({ swapMode, swapLong }).swap.long;
    expect(swap('currency-deposit', -6)).toBe(-6);
    // 3.6 % a year of 1.1 is 0.00011 a night, 11 points.
    expect(swap('interest-current', -3.6)).toBeCloseTo(-11, 9);
    expect(swap('disabled', -3)).toBe(0);
    expect(swap('reopen-bid', -3)).toBe(0);
  });
});
