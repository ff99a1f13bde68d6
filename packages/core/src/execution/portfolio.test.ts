import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { AccountMode, AccountState } from '../model/account.js';
import type { Instrument } from '../model/instrument.js';
import type { Fill } from '../model/order.js';
import { gbpjpy, MOMENT, requestWith, usdjpy } from '../testing/samples.js';
import { eurusd } from '../testing/scripted-venue.js';
import { Portfolio } from './portfolio.js';

const accountIn = (currency: string, mode: AccountMode = 'netting'): AccountState => ({
  id: 'T1',
  currency,
  mode,
  live: false,
  balance: 100_000,
  equity: 100_000,
  margin: 0,
  leverage: 30,
});

const portfolioOf = (
  account: AccountState,
  instruments: readonly Instrument[] = [eurusd, usdjpy, gbpjpy],
): Portfolio => {
  const portfolio = new Portfolio(() => MOMENT, account);
  portfolio.setInstruments(instruments);
  return portfolio;
};

const quote = (portfolio: Portfolio, symbol: string, bid: number, ask: number): void => {
  Object.assign(portfolio.liveQuote(symbol) as object, { time: MOMENT, bid, ask });
};

let trades = 0;
const fillOf = (
  symbol: string,
  owner: string,
  signed: number,
  price: number,
  over: Partial<Fill> = {},
): Fill => ({
  type: 'fill',
  id: `o${trades}`,
  symbol,
  owner,
  purpose: 'enter',
  signal: 's',
  time: MOMENT,
  tradeId: `t${trades++}`,
  side: signed > 0 ? 'buy' : 'sell',
  quantity: Math.abs(signed),
  price,
  remaining: 0,
  commission: 0,
  profit: 0,
  ...over,
});

/** A trade in whole steps: hundredths of a lot, and thousandths of price around the middle. */
const trade = fc.record({
  symbol: fc.constantFrom('EURUSD', 'GBPJPY'),
  owner: fc.constantFrom('a', 'b', 'c'),
  steps: fc.integer({ min: -300, max: 300 }).filter((n) => n !== 0),
  off: fc.integer({ min: -500, max: 500 }),
  commission: fc.integer({ min: 0, max: 500 }),
});
const middle: Readonly<Record<string, readonly [price: number, point: number]>> = {
  EURUSD: [1.1, 0.00001],
  GBPJPY: [187.5, 0.01],
};
/** USD for one unit of profit of one lot: GBPJPY's yen go through USDJPY at 150. */
const worth: Readonly<Record<string, number>> = { EURUSD: 100_000, GBPJPY: 100_000 / 150 };

describe('Portfolio', () => {
  it('keeps the net as the sum of its owners and of all trades', () => {
    fc.assert(
      fc.property(fc.array(trade, { maxLength: 60 }), (all) => {
        const portfolio = portfolioOf(accountIn('USD'));
        for (const { symbol, owner, steps, off } of all) {
          const [price, point] = middle[symbol] as readonly [number, number];
          portfolio.fill(fillOf(symbol, owner, Number(`${steps}e-2`), price + off * point));
        }
        const total = (symbol: string, owner?: string): number =>
          Number(
            `${all.filter((t) => t.symbol === symbol && (owner === undefined || t.owner === owner)).reduce((sum, t) => sum + t.steps, 0)}e-2`,
          );
        for (const symbol of ['EURUSD', 'GBPJPY', 'USDJPY']) {
          expect(portfolio.position(symbol).quantity === total(symbol)).toBe(true);
          for (const owner of ['a', 'b', 'c']) {
            expect(portfolio.position(symbol, owner).quantity === total(symbol, owner)).toBe(true);
          }
          const held = portfolio.owners(symbol);
          expect(
            held.every(
              ({ owner, position }) =>
                position.quantity !== 0 && position === portfolio.position(symbol, owner),
            ),
          ).toBe(true);
          expect(portfolio.exposed().includes(symbol)).toBe(held.length > 0);
        }
      }),
    );
  });

  it.each(['netting', 'hedging'] as const)(
    'values a %s account as if every trade were closed at the quotes',
    (mode) => {
      fc.assert(
        fc.property(fc.array(trade, { maxLength: 40 }), (all) => {
          const portfolio = portfolioOf(accountIn('USD', mode));
          quote(portfolio, 'EURUSD', 1.1, 1.1);
          quote(portfolio, 'USDJPY', 149.99, 150.01);
          quote(portfolio, 'GBPJPY', 187.5, 187.5);
          // What the venue books as profit: average cost, of the net or of each ledger. Tracked here in plain words.
          const books = new Map<string, { lots: number; cost: number }>();
          let expected = 100_000;
          for (const { symbol, owner, steps, off, commission } of all) {
            const [mid, point] = middle[symbol] as readonly [number, number];
            const signed = steps / 100;
            const price = mid + off * point;
            const key = mode === 'netting' ? symbol : `${symbol}|${owner}`;
            const book = books.get(key) ?? { lots: 0, cost: 0 };
            const closes = book.lots * signed < 0 ? Math.min(Math.abs(book.lots), Math.abs(signed)) : 0;
            const average = book.lots === 0 ? 0 : book.cost / book.lots;
            const profit = closes * Math.sign(book.lots) * (price - average) * (worth[symbol] as number);
            const closed = closes * Math.sign(book.lots);
            book.lots = Math.round((book.lots + signed) * 100) / 100;
            book.cost = book.cost - closed * average + (signed + closed) * price;
            books.set(key, book);
            portfolio.fill(fillOf(symbol, owner, signed, price, { profit, commission: commission / 100 }));
            // Whatever was realised on the way, the sum is each trade held to the present quote.
            expected += signed * (mid - price) * (worth[symbol] as number) - commission / 100;
          }
          expect(portfolio.account().equity).toBeCloseTo(expected, 4);
        }),
      );
    },
  );

  it('values a long at the bid and a short at the ask, by hand', () => {
    const portfolio = portfolioOf(accountIn('USD'));
    quote(portfolio, 'EURUSD', 1.1, 1.1002);
    portfolio.fill(fillOf('EURUSD', 'a', 2, 1.09, { commission: 7 }));
    // 2 lots * 100,000 * 0.01 = 2,000 dollars, less 7 of commission.
    expect(portfolio.account()).toMatchObject({ balance: 99_993, currency: 'USD' });
    expect(portfolio.account().equity).toBeCloseTo(101_993, 6);
    portfolio.fill(fillOf('EURUSD', 'a', -5, 1.1, { profit: 2_000 }));
    // 3 lots short at 1.1, bought back at 1.1002: -60 dollars.
    expect(portfolio.account().balance).toBeCloseTo(101_993, 6);
    expect(portfolio.account().equity).toBeCloseTo(101_933, 6);
  });

  it('values yen in dollars and in euros, over as many pairs as it takes', () => {
    // 1 lot of GBPJPY, 2 yen up: 200,000 yen.
    const gain = (currency: string): number => {
      const portfolio = portfolioOf(accountIn(currency));
      quote(portfolio, 'GBPJPY', 187.5, 187.51);
      quote(portfolio, 'USDJPY', 149.995, 150.005);
      quote(portfolio, 'EURUSD', 1.24995, 1.25005);
      portfolio.fill(fillOf('GBPJPY', 'a', 1, 185.5));
      return portfolio.account().equity - 100_000;
    };
    expect(gain('JPY')).toBeCloseTo(200_000, 6);
    expect(gain('USD')).toBeCloseTo(200_000 / 150, 6);
    expect(gain('EUR')).toBeCloseTo(200_000 / 150 / 1.25, 6);
  });

  it('nets opposite ledgers in one value, or keeps them apart, as the account does', () => {
    const equity = (mode: AccountMode): number => {
      const portfolio = portfolioOf(accountIn('USD', mode));
      quote(portfolio, 'EURUSD', 1.1, 1.101);
      portfolio.fill(fillOf('EURUSD', 'a', 1, 1.1));
      portfolio.fill(fillOf('EURUSD', 'b', -1, 1.1));
      return portfolio.account().equity;
    };
    expect(equity('netting')).toBe(100_000);
    // Hedged, the short would have to be bought back at the ask: 10 points of a lot.
    expect(equity('hedging')).toBeCloseTo(99_900, 6);
  });

  it('takes what the venue says of the balance, and adds what floats', () => {
    const portfolio = portfolioOf(accountIn('USD'));
    quote(portfolio, 'EURUSD', 1.1, 1.1);
    portfolio.fill(fillOf('EURUSD', 'a', 1, 1.09));
    portfolio.setAccount({ ...accountIn('USD'), balance: 50_000, equity: 1, margin: 3_333 });
    expect(portfolio.account()).toMatchObject({ balance: 50_000, margin: 3_333 });
    expect(portfolio.account().equity).toBeCloseTo(51_000, 6);
  });

  it('has no quote before the first tick, and no rate without one', () => {
    const portfolio = portfolioOf(accountIn('USD'));
    expect(portfolio.quote('EURUSD')).toBeUndefined();
    expect(portfolio.rate('EUR', 'USD')).toBeUndefined();
    quote(portfolio, 'EURUSD', 1.1, 1.1002);
    expect(portfolio.quote('EURUSD')).toEqual({ time: MOMENT, bid: 1.1, ask: 1.1002 });
    expect(portfolio.rate('USD', 'EUR')).toBeCloseTo(1 / 1.1001, 10);
  });

  it('knows nothing of a symbol that the venue does not have', () => {
    const portfolio = portfolioOf(accountIn('USD'));
    expect(portfolio.instrument('X')).toBeUndefined();
    expect(portfolio.quote('X')).toBeUndefined();
    expect(portfolio.liveQuote('X')).toBeUndefined();
    expect(portfolio.position('X')).toEqual({ symbol: 'X', quantity: 0, averagePrice: 0, since: 0 });
    expect(portfolio.owners('X')).toEqual([]);
  });

  it('turns a reservation into a position as its order fills, in parts', () => {
    const portfolio = portfolioOf(accountIn('USD'));
    portfolio.reserve(requestWith({ id: 'e1', owner: 'a', quantity: 1 }));
    expect([
      portfolio.pending('EURUSD'),
      portfolio.pending('EURUSD', 'a'),
      portfolio.pending('EURUSD', 'b'),
    ]).toEqual([1, 1, 0]);
    expect(portfolio.exposed()).toEqual(['EURUSD']);
    portfolio.fill(fillOf('EURUSD', 'a', 0.4, 1.1, { id: 'e1' }));
    expect([portfolio.pending('EURUSD'), portfolio.position('EURUSD', 'a').quantity]).toEqual([0.6, 0.4]);
    portfolio.release('e1');
    expect([portfolio.pending('EURUSD'), portfolio.position('EURUSD', 'a').quantity]).toEqual([0, 0.4]);
  });

  it('counts what entries will add and what reductions will take apart', () => {
    const portfolio = portfolioOf(accountIn('USD'));
    portfolio.fill(fillOf('EURUSD', 'a', 2, 1.1));
    portfolio.reserve(requestWith({ id: 'x1', owner: 'a', purpose: 'reduce', side: 'sell', quantity: 0.5 }));
    portfolio.reserve(requestWith({ id: 'e1', owner: 'a', side: 'sell', quantity: 3 }));
    expect([portfolio.pending('EURUSD', 'a'), portfolio.reducing('EURUSD', 'a')]).toEqual([-3, 0.5]);
  });
});
