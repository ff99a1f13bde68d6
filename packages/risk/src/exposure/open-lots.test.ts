import { describe, expect, it } from 'vitest';
import { bookWith, type Present } from '../test-support/market.js';
import { openLots } from './open-lots.js';

const entry = (quantity: number) => ({ symbol: 'EURUSD', owner: 'e', quantity, stop: undefined });
const present: Present = {
  positions: [
    { symbol: 'EURUSD', quantity: 3, owner: 'a' },
    { symbol: 'EURUSD', quantity: -1, owner: 'b' },
    { symbol: 'USDJPY', quantity: 50, owner: 'a' },
  ],
  entries: [entry(1), entry(-4), { ...entry(70), symbol: 'USDJPY' }],
};
const hedged: Present = { ...present, account: { mode: 'hedging' } };
const a = { symbol: 'EURUSD', owner: 'a' };

describe('lots of a symbol', () => {
  it('add up where the venue hedges', () => {
    expect(openLots(bookWith(hedged), 'EURUSD', 'buy', undefined)).toEqual({ gross: 9, free: 0 });
    expect(openLots(bookWith(hedged), 'EURUSD', 'sell', undefined)).toEqual({ gross: 9, free: 0 });
    expect(openLots(bookWith(hedged), 'EURUSD', 'buy', a)).toEqual({ gross: 6, free: 0 });
  });

  it('are the worse end of the net where the venue nets', () => {
    // Net 2: up to 3 when the buy alone fills, down to -2 when the sell alone does.
    expect(openLots(bookWith(present), 'EURUSD', 'buy', undefined)).toEqual({ gross: 3, free: 0 });
    expect(openLots(bookWith(present), 'EURUSD', 'sell', undefined)).toEqual({ gross: 3, free: 1 });
    // Without the 3 lots of a: up to 0, down to -5.
    expect(openLots(bookWith(present), 'EURUSD', 'buy', a)).toEqual({ gross: 5, free: 5 });
    expect(openLots(bookWith(present), 'EURUSD', 'buy', { ...a, symbol: 'USDJPY' })).toEqual({
      gross: 3,
      free: 0,
    });
  });

  it('can leave entries out', () => {
    expect(openLots(bookWith(hedged), 'EURUSD', 'buy', undefined, [])).toEqual({ gross: 4, free: 0 });
    expect(openLots(bookWith(present), 'EURUSD', 'sell', undefined, [])).toEqual({ gross: 2, free: 4 });
  });

  it('are none of a symbol that nobody has', () => {
    expect(openLots(bookWith(), 'EURUSD', 'buy', undefined)).toEqual({ gross: 0, free: 0 });
  });
});
