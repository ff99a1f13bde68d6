import { describe, expect, it } from 'vitest';
import {
  bookRate,
  goodBalance,
  goodEquity,
  isFinding,
  knownInstrument,
  shown,
  signalRate,
  stopDistance,
  unpriced,
} from './checks.js';
import { bookWith, draftOf, eurusd, signalWith } from './test-support/market.js';

const buy = (price: number, stop: number | undefined) => draftOf(signalWith(), { price, stop });
const sell = (price: number, stop: number | undefined) =>
  draftOf(signalWith({ side: 'sell' }), { price, stop });

describe('stopDistance', () => {
  it("is from the price down to a buy's stop and up to a sell's", () => {
    expect(stopDistance(buy(110, 109.5))).toBe(0.5);
    expect(stopDistance(sell(110, 112))).toBe(2);
  });

  it('finds a missing stop', () => {
    expect(stopDistance(buy(110, undefined))).toEqual({
      code: 'NO_STOP',
      limit: 'a protective stop',
      actual: 'none',
    });
  });

  it.each([
    ['at the price', buy(110, 110), 'a stop below 110', 110],
    ['above a buy', buy(110, 110.5), 'a stop below 110', 110.5],
    ['below a sell', sell(110, 109.5), 'a stop above 110', 109.5],
    ['that is NaN', buy(110, Number.NaN), 'a stop below 110', 'NaN'],
    ['at minus infinity', buy(110, Number.NEGATIVE_INFINITY), 'a stop below 110', '-Infinity'],
    ['of a price that is NaN', buy(Number.NaN, 1), 'a stop below NaN', 1],
  ])('refuses a stop %s', (_, draft, limit, actual) => {
    expect(stopDistance(draft)).toEqual({ code: 'STOP_DISTANCE', limit, actual });
  });
});

describe('money', () => {
  it('is given back when it is a positive number', () => {
    expect(goodBalance({ balance: 0.01 })).toBe(0.01);
    expect(goodEquity({ equity: 5 })).toBe(5);
  });

  it.each([
    [0, 0],
    [-1, -1],
    [Number.NaN, 'NaN'],
    [Number.POSITIVE_INFINITY, 'Infinity'],
  ])('is refused when it is %s', (value, actual) => {
    expect(goodBalance({ balance: value })).toEqual({
      code: 'BAD_ACCOUNT',
      limit: 'a positive balance',
      actual,
    });
    expect(goodEquity({ equity: value })).toEqual({
      code: 'BAD_ACCOUNT',
      limit: 'a positive equity',
      actual,
    });
  });
});

describe('rates', () => {
  it('are given back when they are positive numbers', () => {
    expect(signalRate(signalWith({ rate: 0.0067 }))).toBe(0.0067);
    expect(bookRate(bookWith({ rates: { JPYUSD: 0.0067 } }), 'JPY', 'USD')).toBe(0.0067);
  });

  it.each([undefined, 0, -1, Number.NaN, Number.POSITIVE_INFINITY])(
    'are refused when they are %s',
    (rate) => {
      expect(signalRate(signalWith({ rate }))).toEqual({
        code: 'NO_RATE',
        limit: 'a rate to USD',
        actual: 'none for EURUSD',
      });
      const rates = rate === undefined ? {} : { JPYUSD: rate };
      expect(bookRate(bookWith({ rates }), 'JPY', 'USD')).toEqual({
        code: 'NO_RATE',
        limit: 'a rate to USD',
        actual: 'none from JPY',
      });
    },
  );
});

describe('what the book knows', () => {
  it('gives the instrument, or says that there is none', () => {
    expect(knownInstrument(bookWith(), 'EURUSD')).toBe(eurusd);
    expect(knownInstrument(bookWith(), 'XXX')).toEqual({
      code: 'UNKNOWN_SYMBOL',
      limit: 'an instrument of the venue',
      actual: 'XXX',
    });
  });

  it('names the positions without a price', () => {
    expect(unpriced(bookWith())).toBeUndefined();
    expect(unpriced(bookWith({ unpriced: ['A', 'B'] }))).toEqual({
      code: 'UNPRICED',
      limit: 'a price for every position',
      actual: 'A B',
    });
  });
});

describe('isFinding', () => {
  it.each([[5], [undefined], [null], ['code'], [{ cap: 1 }], [{ code: 1, limit: 0, actual: 0 }]])(
    'is not fooled by %j',
    (value) => expect(isFinding(value)).toBe(false),
  );

  it('knows one', () => expect(isFinding({ code: 'X', limit: 1, actual: 2 })).toBe(true));
});

it('shows what JSON cannot carry as text', () => {
  expect([1.5, Number.NaN, Number.NEGATIVE_INFINITY].map(shown)).toEqual([1.5, 'NaN', '-Infinity']);
});
