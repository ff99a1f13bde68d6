import type { EntryOrder, Side, Signal } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { follow, said } from '../test-support/policy-run.js';
import { priceCollar } from './price-collar.js';

const MARKET = { time: 0, bid: 100, ask: 100.5 };
const XAU = { quotes: {} };

const asking = (side: Side, order: EntryOrder, over: Partial<Signal> = {}): Partial<Signal> => ({
  side,
  order,
  quote: MARKET,
  ...over,
});
const limit = (price?: number): EntryOrder => ({ type: 'limit', price });

describe('priceCollar', () => {
  const { judge } = follow(priceCollar({ fraction: 0.02 }));

  it('measures a buy from the ask and a sell from the bid', () => {
    // 100.5 * 0.98 = 98.49; 100 * 1.02 = 102
    expect(said(judge(asking('buy', limit(98.49))))).toBe('approve');
    expect(judge(asking('buy', limit(98.4)))).toMatchObject({ code: 'PRICE_COLLAR', limit: 0.02 });
    expect(said(judge(asking('sell', limit(102))))).toBe('approve');
    expect(judge(asking('sell', limit(102.1)))).toEqual({ code: 'PRICE_COLLAR', limit: 0.02, actual: 0.021 });
  });

  it('measures on both sides of the market', () => {
    expect(judge(asking('sell', { type: 'stop', price: 97 }))).toEqual({
      code: 'PRICE_COLLAR',
      limit: 0.02,
      actual: 0.03,
    });
    expect(said(judge(asking('sell', { type: 'stop', price: 98 })))).toBe('approve');
  });

  it('measures both prices of a stop-limit', () => {
    const order = { type: 'stop-limit', price: 99, limitPrice: 90 } as const;
    expect(judge(asking('sell', order))).toMatchObject({ code: 'PRICE_COLLAR', actual: 0.1 });
    expect(judge(asking('sell', { ...order, price: 90, limitPrice: 99 }))).toMatchObject({ actual: 0.1 });
    expect(said(judge(asking('sell', { ...order, limitPrice: 98.9 })))).toBe('approve');
  });

  it('lets market orders pass, whatever price they carry', () => {
    expect(said(judge({ quote: MARKET }, XAU))).toBe('approve');
    const noQuote = { quote: { time: 0, bid: 0, ask: 0 } };
    expect(said(judge(asking('buy', { type: 'market', price: 5 }, noQuote)))).toBe('approve');
  });

  it('counts pips of the instrument when told', () => {
    const inPips = follow(priceCollar({ pips: 30 }));
    // 1.1001 less 30 pips is 1.0971.
    expect(said(inPips.judge({ order: limit(1.0971) }))).toBe('approve');
    expect(inPips.judge({ order: limit(1.097) })).toEqual({
      code: 'PRICE_COLLAR_PIPS',
      limit: 30,
      actual: 31,
    });
    const yen = { symbol: 'USDJPY', quote: { time: 0, bid: 149.99, ask: 150 } };
    expect(said(inPips.judge({ ...yen, order: limit(149.7) }))).toBe('approve');
    expect(said(inPips.judge({ ...yen, order: limit(149.69) }))).toBe('refuse PRICE_COLLAR_PIPS');
  });

  it('allows two percent when not told otherwise', () => {
    const { judge: byDefault } = follow(priceCollar());
    expect(said(byDefault(asking('sell', limit(102))))).toBe('approve');
    expect(byDefault(asking('sell', limit(102.001)))).toMatchObject({ limit: 0.02, actual: 0.02001 });
  });

  it.each([0, -1, Number.NaN, Number.POSITIVE_INFINITY, undefined])('refuses a price of %s', (price) => {
    const actual = String(price ?? Number.NaN);
    expect(judge(asking('buy', limit(price)))).toEqual({ code: 'INVALID', limit: 'a price above 0', actual });
    const order = { type: 'stop-limit', price: 100.5, limitPrice: price ?? 0 } as const;
    expect(said(judge(asking('buy', order)))).toBe('refuse INVALID');
  });

  it.each([
    [0, 100],
    [100, Number.NaN],
    [101, 100],
    [100, Number.POSITIVE_INFINITY],
  ])('refuses with a quote of %d / %d', (bid, ask) => {
    expect(judge(asking('buy', limit(100), { quote: { time: 0, bid, ask } }))).toEqual({
      code: 'NO_QUOTE',
      limit: 'a bid and an ask above 0',
      actual: `${bid} / ${ask}`,
    });
  });

  it('refuses an instrument that it does not know', () => {
    expect(said(judge(asking('buy', limit(100), { symbol: 'NONE' })))).toBe('refuse UNKNOWN_SYMBOL');
  });

  it('takes no fraction above 1 and no distance of 0', () => {
    expect(() => priceCollar({ fraction: 1.01 })).toThrowError('Too big');
    expect(() => priceCollar({ fraction: 0 })).toThrowError('Too small');
    expect(() => priceCollar({ pips: 0 })).toThrowError('Too small');
  });
});
