import { type Fill, toMinor } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { aFill } from '../test-support/events.js';
import type { Trade } from './trade.js';
import { TradeLedger } from './trade-ledger.js';

const facts = {
  entry: () => ({
    strategy: 'breakout',
    stop: 1.09,
    target: 1.12,
    moneyPerPrice: 100_000,
    session: 'London',
    volatility: 'normal' as const,
    bars: 7,
    watched: true,
  }),
  bars: () => 10,
  market: () => ({ bid: 1.105, ask: 1.1052, moneyPerPrice: 100_000 }),
};

const minute = (n: number): number => Date.UTC(2024, 2, 5, 14, n);

const booked = (fills: readonly Fill[], currency = 'USD'): { ended: Trade[]; ledger: TradeLedger } => {
  const ledger = new TradeLedger(currency, facts);
  return { ended: fills.flatMap((fill) => ledger.add(fill) ?? []), ledger };
};

describe('TradeLedger', () => {
  it('values what is left of a trade by average cost: additions after a partial close count from there', () => {
    const { ledger } = booked([
      aFill({ time: minute(0), price: 1.1, quantity: 1 }),
      aFill({ time: minute(1), side: 'sell', purpose: 'reduce', price: 1.11, quantity: 0.5, profit: 500 }),
      aFill({ time: minute(2), price: 1.104, quantity: 0.5 }),
    ]);
    // Half a lot at 1.100 and half at 1.104, closed at the bid of 1.105: 250 + 50 USD.
    expect(ledger.unfinished(minute(3))).toMatchObject([{ profit: 500, floating: 300 }]);
  });

  it('values a short at the ask', () => {
    const { ledger } = booked([aFill({ time: minute(0), side: 'sell', price: 1.1062, quantity: 2 })]);
    expect(ledger.unfinished(minute(3))).toMatchObject([{ floating: 200 }]);
  });

  it('makes one trade of an entry and its stop', () => {
    const { ended } = booked([
      aFill({ time: minute(0), commission: 3.5 }),
      aFill({
        id: 's-1-es',
        time: minute(15),
        side: 'sell',
        price: 1.09,
        purpose: 'protect',
        profit: -1000,
        commission: 3.5,
      }),
    ]);
    expect(ended).toHaveLength(1);
    expect(ended[0]).toMatchObject({
      number: 1,
      side: 'buy',
      entryTime: minute(0),
      exitTime: minute(15),
      entryPrice: 1.1,
      exitPrice: 1.09,
      quantity: 1,
      profit: -1000,
      commission: 7,
      net: -1007,
      heldMs: 15 * 60_000,
      heldBars: 3,
      session: 'London',
      volatility: 'normal',
      exit: 'stop',
      fills: 2,
    });
    // 0.01 of 100,000 EUR is 1,000 USD at risk.
    expect(ended[0]?.risk).toBeCloseTo(1000, 6);
    expect(ended[0]?.r).toBeCloseTo(-1.007, 9);
  });

  it('keeps scaling in and partial closes in one trade, with volume-weighted prices', () => {
    const { ended, ledger } = booked([
      aFill({ quantity: 0.1, price: 1.1 }),
      aFill({ quantity: 0.2, price: 1.103 }),
      aFill({ id: 's-2-x', side: 'sell', quantity: 0.2, price: 1.11, purpose: 'reduce', profit: 160 }),
      aFill({ id: 's-1-et', side: 'sell', quantity: 0.1, price: 1.12, purpose: 'protect', profit: 180 }),
    ]);
    expect(ledger.open).toHaveLength(0);
    expect(ended).toHaveLength(1);
    expect(ended[0]?.entryPrice).toBeCloseTo(1.102, 12);
    expect(ended[0]?.exitPrice).toBeCloseTo((0.2 * 1.11 + 0.1 * 1.12) / 0.3, 12);
    expect(ended[0]).toMatchObject({ net: 340, exit: 'target', fills: 4 });
    // 0.1 lots at 0.010 and 0.2 lots at 0.013 from the stop.
    expect(ended[0]?.risk).toBeCloseTo(100 + 260, 6);
  });

  it('is flat after 0.1 and 0.2 were bought and 0.3 sold, whatever binary fractions say', () => {
    const { ended } = booked([
      aFill({ quantity: 0.1 }),
      aFill({ quantity: 0.2 }),
      aFill({ side: 'sell', quantity: 0.3, purpose: 'reduce' }),
    ]);
    expect(ended).toHaveLength(1);
  });

  it('splits a fill that turns the position over, sharing its commission by quantity', () => {
    const { ended, ledger } = booked([
      aFill({ quantity: 1 }),
      aFill({
        id: 's-2-e',
        signal: 's-2',
        side: 'sell',
        quantity: 3,
        price: 1.08,
        profit: -2000,
        commission: 10,
      }),
      aFill({ id: 's-3-x', side: 'buy', quantity: 2, price: 1.07, purpose: 'reduce', profit: 2000 }),
    ]);
    expect(ledger.open).toHaveLength(0);
    expect(
      ended.map(({ side, quantity, profit, commission, exit }) => ({
        side,
        quantity,
        profit,
        commission,
        exit,
      })),
    ).toEqual([
      { side: 'buy', quantity: 1, profit: -2000, commission: 3.33, exit: 'reversal' },
      { side: 'sell', quantity: 2, profit: 2000, commission: 6.67, exit: 'signal' },
    ]);
    expect(ended[1]?.signal).toBe('s-2');
  });

  it('keeps the ledgers of two strategies on one symbol apart', () => {
    const { ended, ledger } = booked([
      aFill({ owner: 'a' }),
      aFill({ owner: 'b', side: 'sell' }),
      aFill({ owner: 'a', side: 'sell', purpose: 'flatten' }),
    ]);
    expect(ended.map((t) => [t.owner, t.exit])).toEqual([['a', 'flatten']]);
    expect(ledger.open).toHaveLength(1);
  });

  it('tells what an open trade has realised so far, without an R multiple', () => {
    const { ledger } = booked([
      aFill({ quantity: 2, commission: 4 }),
      aFill({ side: 'sell', quantity: 1, price: 1.11, purpose: 'reduce', profit: 1000, commission: 2 }),
    ]);
    expect(ledger.unfinished(minute(60))).toMatchObject([
      { net: 994, exit: null, exitTime: null, exitPrice: 1.11, r: null, heldMs: 3_600_000 },
    ]);
  });

  it('loses no cent: the net of all trades is the profit of all fills less their commission', () => {
    const fill = fc.record({
      owner: fc.constantFrom('a', 'b'),
      symbol: fc.constantFrom('EURUSD', 'USDJPY'),
      side: fc.constantFrom('buy' as const, 'sell' as const),
      quantity: fc.integer({ min: 1, max: 300 }).map((n) => n / 100),
      price: fc.double({ min: 0.5, max: 200, noNaN: true }),
      commission: fc.double({ min: 0, max: 30, noNaN: true }),
      profit: fc.double({ min: -5000, max: 5000, noNaN: true }),
    });
    const sum = (amounts: readonly number[], currency: string): bigint =>
      amounts.reduce((total, amount) => total + toMinor(amount, currency), 0n);
    fc.assert(
      fc.property(
        fc.array(fill, { maxLength: 60 }),
        fc.constantFrom('USD', 'JPY', 'BTC'),
        (parts, currency) => {
          const fills = parts.map((part, i) => aFill({ ...part, time: minute(i) }));
          const { ended, ledger } = booked(fills, currency);
          const trades = [...ended, ...ledger.unfinished(minute(999))];
          const expected =
            sum(
              fills.map((f) => f.profit),
              currency,
            ) -
            sum(
              fills.map((f) => f.commission),
              currency,
            );
          expect(
            sum(
              trades.map((t) => t.net),
              currency,
            ),
          ).toBe(expected);
          const lots = fills.reduce((total, f) => total + f.quantity, 0);
          const counted = trades.reduce((total, t) => total + t.quantity, 0);
          expect(counted).toBeLessThanOrEqual(lots + 1e-9);
        },
      ),
    );
  });
});
