import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fromText, toUnits, unitsOf } from './testing/amounts.js';
import { type LedgerTrade, TradeLedger } from './trade-ledger.js';

const STEP = toUnits('0.00001');
const BNB_PRICE = 600n;

const ledger = (): TradeLedger =>
  new TradeLedger({
    base: 'BTC',
    quote: 'USDT',
    step: STEP,
    worth: (asset, amount) => (asset === 'BNB' ? amount * BNB_PRICE : 0n),
  });

let id = 0;
const trade = (given: Partial<LedgerTrade>): LedgerTrade => {
  id += 1;
  return {
    tradeId: `BTCUSDT-${id}`,
    orderId: String(id),
    side: 'buy',
    priceText: '20000.00',
    quantityText: '0.00100000',
    commission: '0',
    commissionAsset: undefined,
    ...given,
  };
};

/** Cash that a trade moves, as the venue books it: worked out apart from the ledger. */
const cashOf = ({ side, priceText, quantityText, commission, commissionAsset }: LedgerTrade): bigint => {
  const value = (toUnits(priceText) * toUnits(quantityText)) / 10n ** 8n;
  return (side === 'buy' ? -value : value) - (commissionAsset === 'USDT' ? toUnits(commission) : 0n);
};

describe('The books of a symbol', () => {
  it('cost what was paid on average, and a sale earns the difference', () => {
    const books = ledger();
    books.book(trade({ priceText: '20000.00' }));
    books.book(trade({ priceText: '22000.00' }));
    const sale = books.book(trade({ side: 'sell', priceText: '23000.00', quantityText: '0.00150000' }));
    // 0.0015 x (23,000 - 21,000)
    expect(sale.profit).toBe(3);
    expect(books.basis.held).toBe(toUnits('0.0005'));
    expect(books.basis.cost).toBe(toUnits('10.5'));
  });

  it('book a trade once, whoever tells it, and always say the same of it', () => {
    const books = ledger();
    const one = trade({ commission: '0.00000100', commissionAsset: 'BTC' });
    expect(books.book(one)).toBe(books.book({ ...one }));
    expect(books.basis.held).toBe(toUnits('0.00099'));
  });

  it('tell a purchase less the fee that was taken from it, in whole lot steps, and the rest as commission', () => {
    // 0.1% of 0.001 is 0.000001: a tenth of a lot step.
    const booked = ledger().book(trade({ commission: '0.00000100', commissionAsset: 'BTC' }));
    expect(booked.quantity).toBe(0.00099);
    // 0.00001 that cannot be sold any more, at 20,000
    expect(booked.commission).toBe(0.2);
    expect(booked.executed).toBe(toUnits('0.001'));
  });

  it('lose at most one lot step of an order to fees, in however many parts it fills', () => {
    const books = ledger();
    const parts = Array.from({ length: 10 }, () =>
      books.book(
        trade({
          orderId: '7',
          quantityText: '0.00001000',
          commission: '0.00000001',
          commissionAsset: 'BTC',
        }),
      ),
    );
    expect(parts.reduce((sum, { quantity }) => sum + unitsOf(quantity), 0n)).toBe(toUnits('0.00009'));
    expect(parts.every(({ commission }) => commission >= 0)).toBe(true);
  });

  it('value fees in other assets at their price, and those without one at nothing', () => {
    const books = ledger();
    expect(books.book(trade({ commission: '0.00003333', commissionAsset: 'BNB' })).commission).toBe(0.019998);
    expect(books.book(trade({ commission: '5', commissionAsset: 'ABC' })).commission).toBe(0);
    expect(books.book(trade({ commission: '0.02', commissionAsset: 'USDT' })).commission).toBe(0.02);
  });

  it('earn the whole price of what was written off before', () => {
    const books = ledger();
    expect(books.book(trade({ side: 'sell' })).profit).toBe(20);
  });

  it('keep what was held before the first trade that is known, and book no older one', () => {
    const books = ledger();
    books.begin('BTCUSDT-9223372036854775807', toUnits('1'), toUnits('20000'));
    books.book(trade({ tradeId: 'BTCUSDT-9223372036854775806' }));
    expect(books.basis.held).toBe(toUnits('1'));
    books.book(trade({ tradeId: 'BTCUSDT-9223372036854775808' }));
    expect(books.basis.held).toBe(toUnits('1.001'));
    expect(books.last).toBe(9223372036854775808n);
  });

  it('make cash and holdings at cost add up to profit less commission, to the last digit', () => {
    const amount = (max: number) => fc.integer({ min: 1, max });
    const trades = fc.array(
      fc.record({
        buy: fc.boolean(),
        price: amount(10_000_000),
        steps: amount(5_000),
        fee: fc.nat(20),
        asset: fc.constantFrom('BTC', 'USDT'),
        order: fc.nat(20),
      }),
      { maxLength: 60 },
    );
    fc.assert(
      fc.property(trades, (all) => {
        const books = ledger();
        let cash = 0n;
        let earned = 0n;
        let net = 0n;
        let held = 0n;
        const orders = new Set<number>();
        for (const { buy, price, steps, fee, asset, order } of all) {
          const quantity = BigInt(steps) * STEP;
          // A sale never takes its fee from what is sold.
          const commissionAsset = buy ? asset : 'USDT';
          const of = commissionAsset === 'BTC' ? quantity : (quantity * BigInt(price)) / 100n;
          const one = trade({
            side: buy ? 'buy' : 'sell',
            orderId: `${buy}${order}`,
            priceText: (price / 100).toFixed(2),
            quantityText: fromText(quantity),
            commission: fromText((of * BigInt(fee)) / 10_000n),
            commissionAsset,
          });
          if (!buy && quantity > books.basis.held) continue;
          if (buy) orders.add(order);
          const { profit, commission, quantity: told } = books.book(one);
          cash += cashOf(one);
          earned += unitsOf(profit) - unitsOf(commission);
          held += buy ? unitsOf(told) : -unitsOf(told);
          net += buy ? quantity - (commissionAsset === 'BTC' ? toUnits(one.commission) : 0n) : -quantity;
        }
        expect(cash + books.basis.cost).toBe(earned);
        expect(books.basis.held).toBe(held);
        // What fees left over is less than one step an order.
        expect(net - held >= 0n && net - held < STEP * BigInt(Math.max(1, orders.size))).toBe(true);
      }),
    );
  });
});
