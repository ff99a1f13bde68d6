import { type OrderEvent, VirtualClock } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { readExecutionReport } from '../mapper/execution-report.js';
import { readSpotTrade } from '../mapper/trades.js';
import { OrderNews } from './order-news.js';
import { TradeLedger } from './trade-ledger.js';
import { toUnits } from './units.js';

/** An executionReport as user-data-stream.md prints it, of an order to buy 1 at 100. */
const report = (given: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => ({
  e: 'executionReport',
  E: 1_499_405_658_658,
  s: 'ETHUSDT',
  c: 'bot-1',
  S: 'BUY',
  o: 'LIMIT',
  f: 'GTC',
  q: '1.00000000',
  p: '100.00000000',
  P: '0.00000000',
  F: '0.00000000',
  g: -1,
  C: '',
  x: 'NEW',
  X: 'NEW',
  r: 'NONE',
  i: '9007199254740993',
  l: '0.00000000',
  z: '0.00000000',
  L: '0.00000000',
  n: '0',
  N: null,
  T: 1_499_405_658_657,
  t: -1,
  I: 8_641_984,
  w: true,
  m: false,
  M: false,
  O: 1_499_405_658_657,
  Z: '0.00000000',
  Y: '0.00000000',
  Q: '0.00000000',
  W: 1_499_405_658_657,
  V: 'NONE',
  ...given,
});

const part = (id: number, quantity: string, sum: string) =>
  report({
    x: 'TRADE',
    X: sum === '1.00000000' ? 'FILLED' : 'PARTIALLY_FILLED',
    t: id,
    l: quantity,
    L: '100.00000000',
    z: sum,
    Z: '0.00000000',
  });
const accepted = report({});
const first = part(1, '0.40000000', '0.40000000');
const second = part(2, '0.60000000', '1.00000000');
const cancelled = report({ x: 'CANCELED', X: 'CANCELED', c: 'web_1', C: 'bot-1', z: '0.40000000' });

const news = (tradesAtVenue: readonly unknown[] = []) => {
  const clock = new VirtualClock(0);
  const told: OrderEvent[] = [];
  const lost: string[] = [];
  const ledger = new TradeLedger({ base: 'ETH', quote: 'USDT', step: toUnits('0.001'), worth: () => 0n });
  const orders = new OrderNews({
    clock,
    name: 'test',
    ledger: (symbol) => (symbol === 'ETHUSDT' ? ledger : undefined),
    emit: (event) => told.push(event),
    trades: async () => tradesAtVenue.map(readSpotTrade),
    lost: (detail) => lost.push(detail),
  });
  const take = (...reports: readonly unknown[]): void => {
    for (const each of reports) orders.take(readExecutionReport(each));
  };
  const types = (): readonly string[] =>
    told.map((event) =>
      event.type === 'fill' ? `fill ${event.quantity} left ${event.remaining}` : event.type,
    );
  return { clock, told, lost, take, types, orders };
};

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe('News of orders', () => {
  it('tell what became of an order under its own id, with ids beyond 2^53 whole', () => {
    const { take, told } = news();
    take(accepted, first, cancelled);
    expect(told).toMatchObject([
      { type: 'accepted', id: 'bot-1', venueId: '9007199254740993', time: 1_499_405_658_657 },
      {
        type: 'fill',
        id: 'bot-1',
        tradeId: 'ETHUSDT-1',
        quantity: 0.4,
        price: 100,
        remaining: 0.6,
        side: 'buy',
      },
      { type: 'cancelled', id: 'bot-1' },
    ]);
  });

  it('are the same when every report comes twice', () => {
    const { take, types } = news();
    take(accepted, accepted, first, first, second, second, accepted);
    expect(types()).toEqual(['accepted', 'fill 0.4 left 0.6', 'fill 0.6 left 0']);
  });

  it('tell an end after the trades that it counts, although it came before them', () => {
    const { take, types, clock } = news();
    take(accepted, cancelled);
    expect(types()).toEqual(['accepted']);
    take(first);
    expect(types()).toEqual(['accepted', 'fill 0.4 left 0.6', 'cancelled']);
    clock.advance(60_000);
    expect(types()).toHaveLength(3);
  });

  it('leave out the acceptance of an order that has traded', () => {
    const { take, types } = news();
    take(first, accepted);
    expect(types()).toEqual(['fill 0.4 left 0.6']);
  });

  it('ask for trades that do not come, and tell them before the end', async () => {
    const trade = {
      symbol: 'ETHUSDT',
      id: 1,
      orderId: '9007199254740993',
      price: '100.00000000',
      qty: '0.40000000',
      quoteQty: '40.00000000',
      commission: '0',
      commissionAsset: 'USDT',
      time: 1_499_405_658_600,
      isBuyer: true,
      isMaker: true,
    };
    const { take, types, clock, lost } = news([trade]);
    take(accepted, cancelled);
    clock.advance(1_000);
    await settled();
    expect(types()).toEqual(['accepted', 'fill 0.4 left 0.6', 'cancelled']);
    expect(lost).toEqual([]);
  });

  it('tell an end whose trades cannot be had as data that was lost', async () => {
    const { take, types, clock, lost } = news();
    take(accepted, cancelled);
    clock.advance(1_000);
    await settled();
    expect(types()).toEqual(['accepted', 'cancelled']);
    expect(lost).toHaveLength(1);
  });

  it('tell a stop as accepted, then as triggered, however often', () => {
    const stop = { o: 'STOP_LOSS', p: '0.00000000', P: '110.00000000' };
    const { take, types } = news();
    take(report({ ...stop, w: false, W: undefined }), report(stop), report(stop));
    expect(types()).toEqual(['accepted', 'triggered']);
  });

  it('tell the leg that the other leg of a pair ended as cancelled', () => {
    const { take, told } = news();
    take(accepted, report({ g: 5, x: 'EXPIRED', X: 'EXPIRED', eR: 'OCO_TRIGGER' }));
    expect(told.at(-1)).toMatchObject({ type: 'cancelled', id: 'bot-1', reason: 'OCO_TRIGGER' });
  });

  it('tell what the venue ended by itself as expired, self-trade prevention included', () => {
    const { take, types } = news();
    take(accepted, report({ x: 'TRADE_PREVENTION', X: 'EXPIRED_IN_MATCH' }));
    expect(types()).toEqual(['accepted', 'expired']);
    const other = news();
    other.take(report({ x: 'REJECTED', X: 'REJECTED', r: 'INSUFFICIENT_BALANCES' }));
    expect(other.told).toMatchObject([{ type: 'rejected', code: 'INSUFFICIENT_BALANCES' }]);
  });

  it('know whether an order was heard of', () => {
    const { take, orders } = news();
    const key = 'ETHUSDT-9007199254740993';
    expect(orders.heard(key)).toBe('nothing');
    take(accepted);
    expect(orders.heard(key)).toBe('working');
    take(report({ x: 'CANCELED', X: 'CANCELED', c: 'web_1', C: 'bot-1' }));
    expect(orders.heard(key)).toBe('ended');
  });
});
