import type { OrderRequest } from '@mikrobot/core';
import type { Order } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { orderRequest } from './testing/order-bench.js';
import { amendedOrder, orderCount, unsupported, wireOrders } from './to-wire.js';

const terms = { account: 'DU1', outsideRegularHours: false, secType: 'FUT' };
const single = (given: Partial<OrderRequest>): Order => wireOrders(orderRequest(given), terms, [1])[0]!.order;

// TWS API documentation, "Basic Orders" and "Order": which field holds which price for each type.
describe('an order as TWS documents its fields', () => {
  it.each<[string, Partial<OrderRequest>, Partial<Order>]>([
    ['market', { type: 'market', price: undefined }, { orderType: 'MKT' as never }],
    ['limit', {}, { orderType: 'LMT' as never, lmtPrice: 4500 }],
    ['stop', { type: 'stop' }, { orderType: 'STP' as never, auxPrice: 4500 }],
    [
      'stop-limit',
      { type: 'stop-limit', limitPrice: 4501 },
      { orderType: 'STP LMT' as never, auxPrice: 4500, lmtPrice: 4501 },
    ],
    [
      'trailing stop',
      { type: 'trailing-stop', trail: 10 },
      { orderType: 'TRAIL' as never, auxPrice: 10, trailStopPrice: 4500 },
    ],
    [
      'trailing stop without a first price',
      { type: 'trailing-stop', trail: 10, price: undefined },
      { orderType: 'TRAIL' as never, auxPrice: 10 },
    ],
    [
      'market at the close',
      { type: 'market', price: undefined, timeInForce: 'CLS' },
      { orderType: 'MOC' as never, tif: 'DAY' },
    ],
    ['limit at the close', { timeInForce: 'CLS' }, { orderType: 'LOC' as never, tif: 'DAY', lmtPrice: 4500 }],
    ['immediate or cancel', { timeInForce: 'IOC' }, { tif: 'IOC' }],
    ['fill or kill', { timeInForce: 'FOK' }, { tif: 'FOK' }],
    [
      'good till a time, in the form with a dash that is UTC',
      { timeInForce: 'GTD', goodTill: Date.UTC(2023, 9, 17, 20, 5, 9) },
      { tif: 'GTD', goodTillDate: '20231017-20:05:09' },
    ],
  ])('%s', (_, given, expected) => {
    expect(single(given)).toMatchObject({
      action: 'BUY',
      totalQuantity: 2,
      account: 'DU1',
      orderRef: 'j1-0abc-1-e',
      transmit: true,
      eTradeOnly: false,
      firmQuoteOnly: false,
      ...expected,
    });
  });

  it('has no fields that belong to other types', () => {
    expect(single({ type: 'market', price: undefined })).not.toHaveProperty('lmtPrice');
    expect(single({})).not.toHaveProperty('auxPrice');
    expect(single({})).not.toHaveProperty('goodTillDate');
    expect(single({})).not.toHaveProperty('ocaGroup');
  });

  it('trades outside of regular hours only where the contract is said to, and never at the close', () => {
    const outside = { ...terms, outsideRegularHours: true };
    expect(single({}).outsideRth).toBe(false);
    expect(wireOrders(orderRequest(), outside, [1])[0]!.order.outsideRth).toBe(true);
    expect(wireOrders(orderRequest({ timeInForce: 'CLS' }), outside, [1])[0]!.order.outsideRth).toBe(false);
  });
});

// QuantConnect/Lean.Brokerages.InteractiveBrokers, pull request 260: what live tests showed of coins.
describe('coins', () => {
  it('are sold at the market now or never, and not bought at the market by number', () => {
    const coins = { ...terms, secType: 'CRYPTO' };
    const market = orderRequest({ type: 'market', price: undefined });
    expect(wireOrders({ ...market, side: 'sell' }, coins, [1])[0]!.order.tif).toBe('IOC');
    expect(wireOrders(orderRequest(), coins, [1])[0]!.order.tif).toBe('GTC');
    expect(unsupported(market, 'CRYPTO')).toBeTypeOf('string');
    expect(unsupported({ ...market, side: 'sell' }, 'CRYPTO')).toBeUndefined();
    expect(unsupported(market, 'STK')).toBeUndefined();
  });
});

describe('what TWS has no order for', () => {
  it.each<[string, Partial<OrderRequest>]>([
    ['only reduces', { reduceOnly: true }],
    ['is a stop at the close', { type: 'stop', timeInForce: 'CLS' }],
    ['is a limit order without a price', { price: undefined }],
    ['is a stop-limit order without a limit', { type: 'stop-limit' }],
    ['trails by nothing', { type: 'trailing-stop', trail: 0 }],
    ['is good till no time', { timeInForce: 'GTD' }],
    ['is for no lots', { quantity: 0 }],
  ])('an order that %s', (_, given) => {
    expect(unsupported(orderRequest(given))).toBeTypeOf('string');
    expect(unsupported(orderRequest())).toBeUndefined();
  });
});

// TWS API documentation, "Bracket Orders": parent and first child are not transmitted, the last child is.
describe('a bracket', () => {
  const request = orderRequest({ bracket: { stop: 4490, target: 4520, trail: undefined } });
  const orders = wireOrders(request, terms, [11, 12, 13]);

  it('is entry, target and stop, of which only the last transmits', () => {
    expect(orders.map(({ leg, orderId, order }) => [leg, orderId, order.parentId, order.transmit])).toEqual([
      ['entry', 11, undefined, false],
      ['target', 12, 11, false],
      ['stop', 13, 11, true],
    ]);
  });

  it('has legs of the other side, as large as the entry, good till cancelled and named after it', () => {
    expect(orders.slice(1).map(({ order }) => order)).toMatchObject([
      {
        action: 'SELL',
        totalQuantity: 2,
        orderType: 'LMT',
        lmtPrice: 4520,
        tif: 'GTC',
        orderRef: 'j1-0abc-1-et',
      },
      {
        action: 'SELL',
        totalQuantity: 2,
        orderType: 'STP',
        auxPrice: 4490,
        tif: 'GTC',
        orderRef: 'j1-0abc-1-es',
      },
    ]);
  });

  it('has legs in one group of type 2, that reduces them with protection against filling both', () => {
    const groups = orders.map(({ order }) => [order.ocaGroup, order.ocaType]);
    expect(groups).toEqual([
      [undefined, undefined],
      ['j1-0abc-1-e', 2],
      ['j1-0abc-1-e', 2],
    ]);
  });

  it('can trail, and can have one leg only', () => {
    const trailing = orderRequest({ bracket: { stop: undefined, target: undefined, trail: 10 } });
    expect(orderCount(trailing)).toBe(2);
    expect(wireOrders(trailing, terms, [1, 2])[1]!.order).toMatchObject({
      orderType: 'TRAIL',
      auxPrice: 10,
      parentId: 1,
      transmit: true,
    });
  });
});

describe('an amendment', () => {
  const shown = {
    ...single({}),
    orderId: 5,
    permId: 905,
    ocaGroup: '905',
    ocaType: 3,
    parentId: 4,
    displaySize: 1,
    clearingIntent: 'IB',
  } as Order;

  it('repeats the order with another price and quantity, and what the user has set', () => {
    expect(amendedOrder(shown, orderRequest({ id: 'other', quantity: 1, price: 4501 }))).toMatchObject({
      totalQuantity: 1,
      lmtPrice: 4501,
      orderRef: 'j1-0abc-1-e',
      displaySize: 1,
      transmit: true,
    });
  });

  // Code 10326 "OCA group revision is not allowed" for a group that is named again, 135 for a parent that has ended (ib_insync, issue 647).
  it('names neither the group nor the parent', () => {
    const amended = amendedOrder(shown, orderRequest());
    for (const field of ['ocaGroup', 'ocaType', 'parentId']) expect(amended).not.toHaveProperty(field);
  });
});
