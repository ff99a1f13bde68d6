import { assetClasses, MikroBotError } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { assetClassDefaults, cfdClasses, defaultsOf } from './asset-class-defaults.js';
import { contractValue, contractValueIn } from './contract-value.js';
import { givenRates } from './given-rates.js';
import { instrumentFor } from './instrument-for.js';

const thrownBy = (act: () => unknown): MikroBotError => {
  try {
    act();
  } catch (error) {
    if (error instanceof MikroBotError) return error;
  }
  throw new Error('Nothing was thrown.');
};

describe('the defaults of asset classes', () => {
  it.each([
    ['forex', 0.0001, 1, 1],
    ['cfd-indices', 1, 1.5, 1.2],
    ['cfd-crypto', 0.1, 2, 1.5],
    ['cfd-metals', 0.01, 1.2, 1.1],
    ['cfd-energies', 0.01, 1.8, 1.4],
    ['cfd-shares', 0.01, 1.5, 1.3],
    ['cfd-bonds', 0.01, 1, 1],
    ['cfd-etfs', 0.01, 1.2, 1.1],
    ['cfd-agricultural', 0.01, 1.8, 1.4],
  ] as const)('%s: pip %d, multiplier %d, risk factor %d', (name, pipSize, atrMultiplier, riskFactor) => {
    expect(defaultsOf(name)).toEqual({ pipSize, atrMultiplier, riskFactor });
  });

  it('cover the nine classes, and by kinship all others', () => {
    expect(Object.keys(assetClassDefaults)).toEqual([...cfdClasses]);
    expect(cfdClasses).toHaveLength(9);
    for (const name of assetClasses) expect(defaultsOf(name).pipSize).toBeGreaterThan(0);
    expect(defaultsOf('crypto')).toBe(assetClassDefaults['cfd-crypto']);
    expect(defaultsOf('future')).toBe(assetClassDefaults['cfd-indices']);
    expect(defaultsOf('stock')).toBe(assetClassDefaults['cfd-shares']);
    expect(defaultsOf('option')).toBe(assetClassDefaults['cfd-shares']);
  });
});

describe('instrumentFor', () => {
  it('knows a currency pair by its name, and the pip of the yen', () => {
    expect(instrumentFor('GBPCHF')).toMatchObject({
      symbol: 'GBPCHF',
      assetClass: 'forex',
      base: 'GBP',
      currency: 'CHF',
      contractSize: 100_000,
      tickSize: 0.00001,
      pipSize: 0.0001,
      quantityStep: 0.01,
      minQuantity: 0.01,
    });
    expect(instrumentFor('CHFJPY')).toMatchObject({ currency: 'JPY', tickSize: 0.001, pipSize: 0.01 });
  });

  it.each([
    ['EURUSD.pro', 'forex', 100_000, 'USD'],
    ['GER40.cash', 'cfd-indices', 1, 'EUR'],
    ['UK100', 'cfd-indices', 1, 'GBP'],
    ['EU50.cash', 'cfd-indices', 1, 'EUR'],
    ['FRA40', 'cfd-indices', 1, 'EUR'],
    ['AUS200', 'cfd-indices', 1, 'AUD'],
    ['US500', 'cfd-indices', 1, 'USD'],
    ['US2000', 'cfd-indices', 1, 'USD'],
    ['XPDUSD', 'cfd-metals', 100, 'USD'],
    ['JP225', 'cfd-indices', 1, 'JPY'],
    ['xagusd', 'cfd-metals', 5000, 'USD'],
    ['XPTUSD', 'cfd-metals', 100, 'USD'],
    ['ETHUSD_i', 'cfd-crypto', 10, 'USD'],
    ['MNQ', 'future', 2, 'USD'],
  ])('knows %s', (symbol, assetClass, contractSize, currency) => {
    expect(instrumentFor(symbol)).toMatchObject({ symbol, assetClass, contractSize, currency });
  });

  it('trades futures in whole contracts and gold in hundredths of a lot', () => {
    expect(instrumentFor('NQ')).toMatchObject({ quantityStep: 1, minQuantity: 1, pipSize: 1 });
    expect(instrumentFor('XAUUSD')).toMatchObject({ quantityStep: 0.01, minQuantity: 0.01, pipSize: 0.01 });
  });

  it('lets the broker override every default', () => {
    const mine = instrumentFor('US30.cash', { contractSize: 10, quantityStep: 0.1, minQuantity: 0.1 });
    expect(mine).toMatchObject({ contractSize: 10, quantityStep: 0.1, minQuantity: 0.1, currency: 'USD' });
  });

  it('refuses a symbol of which nobody says anything', () => {
    for (const symbol of ['AAPL', 'EUREUR', 'EURXXX', 'XXXUSD', 'constructor', ''])
      expect(thrownBy(() => instrumentFor(symbol)).code).toBe('UNKNOWN_INSTRUMENT');
    const { message, where, hint } = thrownBy(() => instrumentFor('AAPL'));
    expect(message).toContain('nothing is known of the contract AAPL');
    expect(where).toBe('instrumentFor');
    expect(hint).toContain('specification');
  });

  it("takes the pip of an unknown contract from its class, and everything else from the broker's word", () => {
    const apple = instrumentFor('AAPL', {
      assetClass: 'cfd-shares',
      currency: 'USD',
      contractSize: 1,
      tickSize: 0.01,
      quantityStep: 1,
      minQuantity: 1,
      maxQuantity: 1000,
    });
    expect(apple.pipSize).toBe(0.01);
    const exotic = { quantityStep: 0.01, minQuantity: 0.01, maxQuantity: 10, contractSize: 100_000 } as const;
    const ron = { assetClass: 'forex', tickSize: 0.00001, ...exotic } as const;
    expect(instrumentFor('EURRON', { ...ron, currency: 'RON' }).pipSize).toBe(0.0001);
    expect(instrumentFor('RONJPY', { ...ron, currency: 'JPY' }).pipSize).toBe(0.01);
  });

  it('never guesses the contract size of an unknown contract', () => {
    const error = thrownBy(() =>
      instrumentFor('WHEAT', {
        assetClass: 'cfd-agricultural',
        currency: 'USD',
        tickSize: 0.01,
        quantityStep: 1,
        minQuantity: 1,
        maxQuantity: 100,
      }),
    );
    expect(error.code).toBe('BAD_CONFIG');
    expect(error.message).toContain('contractSize');
  });

  it('does not take a share for the future of the same name', () => {
    expect(thrownBy(() => instrumentFor('ES', { assetClass: 'stock', currency: 'USD' })).code).toBe(
      'BAD_CONFIG',
    );
  });
});

describe('the value of a contract', () => {
  it('is 1 for a tick and 10 for a pip of a standard lot in dollars', () => {
    const value = contractValue(instrumentFor('EURUSD'));
    expect(value.tick).toBeCloseTo(1, 12);
    expect(value.pip).toBeCloseTo(10, 12);
    expect(value.point).toBe(100_000);
  });

  it('is 1000 yen for a pip of USDJPY, which is 6.67 dollars at 150', () => {
    expect(contractValue(instrumentFor('USDJPY')).pip).toBe(1000);
    const value = contractValueIn('USD', instrumentFor('USDJPY'), givenRates({ USDJPY: 150 }));
    expect(value).toEqual({
      tick: expect.closeTo(100 / 150, 9),
      point: expect.closeTo(100_000 / 150, 6),
      pip: expect.closeTo(6.6667, 4),
    });
  });

  it('needs no rate in its own currency', () => {
    expect(contractValueIn('USD', instrumentFor('NQ'), () => undefined)).toEqual({
      tick: 5,
      point: 20,
      pip: 20,
    });
  });

  it.each([undefined, 0, -1, Number.NaN, Number.POSITIVE_INFINITY])('is refused at a rate of %s', (rate) => {
    expect(contractValueIn('USD', instrumentFor('GER40'), () => rate)).toEqual({
      code: 'NO_RATE',
      limit: 'a rate to USD',
      actual: 'none from EUR',
    });
  });
});

describe('given rates', () => {
  const rate = givenRates({ USDJPY: 150, EURUSD: 1.08, USDCHF: 0.88 });

  it('convert directly, inversely and over other currencies', () => {
    expect(rate('USD', 'JPY')).toBe(150);
    expect(rate('JPY', 'USD')).toBeCloseTo(1 / 150, 15);
    expect(rate('EUR', 'JPY')).toBeCloseTo(162, 10);
    expect(rate('CHF', 'EUR')).toBeCloseTo(1 / 0.88 / 1.08, 12);
    expect(rate('USD', 'USD')).toBe(1);
  });

  it('do not invent what was not given', () => {
    expect(rate('GBP', 'USD')).toBeUndefined();
    expect(rate('USD', 'GBP')).toBeUndefined();
  });

  it.each([0, -1.1, Number.NaN, Number.POSITIVE_INFINITY])('may not be %s', (value) => {
    const error = thrownBy(() => givenRates({ EURUSD: value }));
    expect(error.code).toBe('BAD_CONFIG');
    expect(error.message).toContain(`the rate of EURUSD is ${value}`);
    expect(error.where).toBe('rates.EURUSD');
  });

  it.each(['EUR', 'EUR/USD', 'eurusd', 'EURUSDX'])('may not be of %s', (pair) => {
    const error = thrownBy(() => givenRates({ [pair]: 1 }));
    expect(error.code).toBe('BAD_CONFIG');
    expect(error.message).toContain(`${pair} is no pair`);
    expect(error.where).toBe('rates');
    expect(error.hint).toContain('EURUSD');
  });
});
