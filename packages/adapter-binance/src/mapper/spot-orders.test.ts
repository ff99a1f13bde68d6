import { describe, expect, it } from 'vitest';
import { readExecutionReport } from './execution-report.js';
import { readSpotOrder } from './spot-orders.js';
import { readSpotTrade, toFill } from './trades.js';
import { toOrderEvent } from './venue-order.js';

/** rest-api.md, "Query order (USER_DATA)". */
const queried = {
  symbol: 'LTCBTC',
  orderId: 1,
  orderListId: -1,
  clientOrderId: 'myOrder1',
  price: '0.1',
  origQty: '1.0',
  executedQty: '0.0',
  cummulativeQuoteQty: '0.0',
  status: 'NEW',
  timeInForce: 'GTC',
  type: 'LIMIT',
  side: 'BUY',
  stopPrice: '0.0',
  icebergQty: '0.0',
  time: 1499827319559,
  updateTime: 1499827319559,
  isWorking: true,
  workingTime: 1499827319559,
  origQuoteOrderQty: '0.000000',
  selfTradePreventionMode: 'NONE',
};

/** rest-api.md, "New order (TRADE)", Response - FULL, two of its five fills. */
const full = {
  symbol: 'BTCUSDT',
  orderId: 28,
  orderListId: -1,
  clientOrderId: '6gCrw2kRUAF9CvJDGP16IP',
  transactTime: 1507725176595,
  price: '0.00000000',
  origQty: '6.00000000',
  executedQty: '6.00000000',
  origQuoteOrderQty: '0.000000',
  cummulativeQuoteQty: '23995.00000000',
  status: 'FILLED',
  timeInForce: 'GTC',
  type: 'MARKET',
  side: 'SELL',
  workingTime: 1507725176595,
  selfTradePreventionMode: 'NONE',
  fills: [
    {
      price: '4000.00000000',
      qty: '1.00000000',
      commission: '4.00000000',
      commissionAsset: 'USDT',
      tradeId: 56,
    },
    {
      price: '3999.00000000',
      qty: '5.00000000',
      commission: '19.99500000',
      commissionAsset: 'USDT',
      tradeId: 57,
    },
  ],
};

/** user-data-stream.md, "Order Update". */
const event = {
  e: 'executionReport',
  E: 1499405658658,
  s: 'ETHBTC',
  c: 'mUvoqJxFIILMdfAW5iGSOW',
  S: 'BUY',
  o: 'LIMIT',
  f: 'GTC',
  q: '1.00000000',
  p: '0.10264410',
  P: '0.00000000',
  F: '0.00000000',
  g: -1,
  C: '',
  x: 'NEW',
  X: 'NEW',
  r: 'NONE',
  i: 4293153,
  l: '0.00000000',
  z: '0.00000000',
  L: '0.00000000',
  n: '0',
  N: null,
  T: 1499405658657,
  t: -1,
  v: 3,
  I: 8641984,
  w: true,
  m: false,
  M: false,
  O: 1499405658657,
  Z: '0.00000000',
  Y: '0.00000000',
  Q: '0.00000000',
  W: 1499405658657,
  V: 'NONE',
};

describe('a spot order by REST', () => {
  it('is reported under its client id', () => {
    expect(readSpotOrder(queried)).toMatchObject({
      report: {
        id: 'myOrder1',
        venueId: '1',
        symbol: 'LTCBTC',
        side: 'buy',
        type: 'limit',
        state: 'accepted',
        quantity: 1,
        filled: 0,
        averagePrice: 0,
        price: 0.1,
      },
      arrived: 1499827319559,
      listId: undefined,
    });
  });

  it('that was cancelled is named by the order, not by the cancel', () => {
    // rest-api.md, "Cancel order (TRADE)".
    const cancelled = {
      ...queried,
      origClientOrderId: 'myOrder1',
      clientOrderId: 'cancelMyOrder1',
      status: 'CANCELED',
      transactTime: 1684804350068,
    };
    expect(readSpotOrder(cancelled)).toMatchObject({
      report: { id: 'myOrder1', state: 'cancelled' },
      time: 1684804350068,
    });
  });

  it('that waits in a list has its trigger as price', () => {
    // rest-api.md, "New Order list - OCO (TRADE)", the first of orderReports.
    const leg = {
      symbol: 'LTCBTC',
      orderId: 10,
      orderListId: 1,
      clientOrderId: '44nZvqpemY7sVYgPYbvPih',
      transactTime: 1710485608839,
      price: '1.00000000',
      origQty: '5.00000000',
      executedQty: '0.00000000',
      origQuoteOrderQty: '0.000000',
      cummulativeQuoteQty: '0.00000000',
      status: 'NEW',
      timeInForce: 'GTC',
      type: 'STOP_LOSS_LIMIT',
      side: 'SELL',
      stopPrice: '1.50000000',
      workingTime: -1,
      selfTradePreventionMode: 'NONE',
    };
    expect(readSpotOrder(leg)).toMatchObject({
      report: { type: 'stop-limit', price: 1.5 },
      listId: '1',
      arrived: undefined,
    });
  });

  it('that filled has its average price', () => {
    expect(readSpotOrder(full).report).toMatchObject({ state: 'filled', filled: 6, price: undefined });
    expect(readSpotOrder(full).report.averagePrice).toBeCloseTo(23995 / 6, 10);
  });

  it('of long ago may have no sum any more', () => {
    const old = { ...queried, executedQty: '1.0', cummulativeQuoteQty: '-1.0', status: 'FILLED' };
    expect(readSpotOrder(old).report).toMatchObject({ filled: 1, averagePrice: 0 });
  });

  // enums.md, "Order status (status)".
  it.each([
    ['NEW', 'accepted'],
    ['PENDING_NEW', 'accepted'],
    ['PARTIALLY_FILLED', 'partially-filled'],
    ['FILLED', 'filled'],
    ['CANCELED', 'cancelled'],
    ['PENDING_CANCEL', 'accepted'],
    ['REJECTED', 'rejected'],
    ['EXPIRED', 'expired'],
    ['EXPIRED_IN_MATCH', 'expired'],
  ])('of status %s is %s', (status, state) => {
    expect(readSpotOrder({ ...queried, status }).report.state).toBe(state);
  });

  // enums.md, "Order types (orderTypes, type)". A take-profit counts as a limit, never as protection.
  it.each([
    ['LIMIT', 'limit', 0.1],
    ['MARKET', 'market', undefined],
    ['STOP_LOSS', 'stop', 0.2],
    ['STOP_LOSS_LIMIT', 'stop-limit', 0.2],
    ['TAKE_PROFIT', 'limit', 0.2],
    ['TAKE_PROFIT_LIMIT', 'limit', 0.2],
    ['LIMIT_MAKER', 'limit', 0.1],
  ])('of type %s is a %s at %s', (type, expected, price) => {
    const raw = { ...queried, type, stopPrice: '0.2', price: type === 'MARKET' ? '0.0' : '0.1' };
    expect(readSpotOrder(raw).report).toMatchObject({ type: expected, price });
  });

  it('that trails is a trailing stop', () => {
    const raw = { ...queried, type: 'STOP_LOSS', trailingDelta: 100 };
    expect(readSpotOrder(raw).report.type).toBe('trailing-stop');
  });

  it.each([
    ['an unknown status', { status: 'SLEEPING' }],
    ['an inherited word', { type: 'constructor' }],
    ['a quantity in exponents', { origQty: '1e-7' }],
    ['no id', { clientOrderId: undefined }],
    ['a rounded id', { orderId: 2 ** 53 }],
  ])('with %s is not guessed at', (_, change) => {
    expect(() => readSpotOrder({ ...queried, ...change })).toThrow(
      expect.objectContaining({ code: 'BAD_DATA' }),
    );
  });
});

describe('a spot trade', () => {
  // rest-api.md, "Account trade list (USER_DATA)".
  const trade = {
    symbol: 'BNBBTC',
    id: 28457,
    orderId: 100234,
    orderListId: -1,
    price: '4.00000100',
    qty: '12.00000000',
    quoteQty: '48.000012',
    commission: '10.10000000',
    commissionAsset: 'BNB',
    time: 1499865549590,
    isBuyer: true,
    isMaker: false,
    isBestMatch: true,
  };

  it('has the same id from a query and from an event', () => {
    expect(readSpotTrade(trade)).toMatchObject({
      tradeId: 'BNBBTC-28457',
      orderId: '100234',
      side: 'buy',
    });
    const told = {
      ...event,
      s: 'BNBBTC',
      x: 'TRADE',
      X: 'FILLED',
      t: 28457,
      i: 100234,
      l: '12',
      z: '12',
      L: '4.000001',
    };
    expect(readExecutionReport({ ...told, q: '12' }).trade?.tradeId).toBe('BNBBTC-28457');
  });

  it('keeps ids beyond 2^53', () => {
    const long = { ...trade, id: '9007199254740993', orderId: '9007199254740995' };
    expect(readSpotTrade(long)).toMatchObject({
      tradeId: 'BNBBTC-9007199254740993',
      orderId: '9007199254740995',
    });
  });
});

describe('an executionReport', () => {
  it('of a new order says that it is accepted', () => {
    const told = readExecutionReport(event);
    expect(told).toMatchObject({
      event: 'accepted',
      reason: '',
      trade: undefined,
      remaining: 1,
    });
    expect(toOrderEvent(told)).toEqual({
      type: 'accepted',
      id: 'mUvoqJxFIILMdfAW5iGSOW',
      symbol: 'ETHBTC',
      time: 1499405658657,
      venueId: '4293153',
    });
  });

  it('of a stop says first that it is accepted, and then that it is triggered', () => {
    const stop = { ...event, o: 'STOP_LOSS_LIMIT', P: '0.11', w: false, W: undefined };
    expect(readExecutionReport(stop).event).toBe('accepted');
    expect(readExecutionReport({ ...stop, w: true, W: 1499405658999 }).event).toBe('triggered');
  });

  it('of a trade is a fill with what is left, exactly', () => {
    const told = readExecutionReport({
      ...event,
      x: 'TRADE',
      X: 'PARTIALLY_FILLED',
      q: '0.30000000',
      l: '0.10000000',
      z: '0.20000000',
      L: '0.10264410',
      Z: '0.02052882',
      n: '0.00010000',
      N: 'ETH',
      t: 77,
      m: true,
    });
    expect(told).toMatchObject({
      event: 'fill',
      remaining: 0.1,
      order: { report: { state: 'partially-filled' } },
    });
    expect(toOrderEvent(told)).toBeUndefined();
    const fill = toFill(
      told.trade!,
      { ...told.order.report, arrived: told.order.arrived },
      { commission: 0.01, profit: 0, remaining: told.remaining },
    );
    expect(fill).toEqual({
      type: 'fill',
      id: 'mUvoqJxFIILMdfAW5iGSOW',
      symbol: 'ETHBTC',
      time: 1499405658657,
      venueId: '4293153',
      tradeId: 'ETHBTC-77',
      side: 'buy',
      quantity: 0.1,
      price: 0.1026441,
      remaining: 0.1,
      arrived: 1499405658657,
      commission: 0.01,
      profit: 0,
    });
  });

  it('of a cancel names the order by C and the cancel by c', () => {
    const told = readExecutionReport({ ...event, x: 'CANCELED', X: 'CANCELED', c: 'cancel1', C: 'myOrder1' });
    expect(toOrderEvent(told)).toMatchObject({ type: 'cancelled', id: 'myOrder1' });
  });

  it.each([
    ['EXPIRED', 'EXPIRED', { eR: 'OCO_TRIGGER' }, 'expired', 'OCO_TRIGGER'],
    [
      'EXPIRED',
      'EXPIRED',
      { eR: 'UNFILLED_IOC_QUANTITY_EXPIRED' },
      'expired',
      'UNFILLED_IOC_QUANTITY_EXPIRED',
    ],
    ['REJECTED', 'REJECTED', { r: 'INSUFFICIENT_BALANCES' }, 'rejected', 'INSUFFICIENT_BALANCES'],
    ['REPLACED', 'NEW', {}, 'replaced', ''],
    ['TRADE_PREVENTION', 'EXPIRED_IN_MATCH', {}, 'expired', ''],
    ['TRADE_PREVENTION', 'PARTIALLY_FILLED', {}, 'none', ''],
  ])('of %s, now %s %j, is %s', (x, X, change, expected, reason) => {
    expect(readExecutionReport({ ...event, x, X, ...change })).toMatchObject({ event: expected, reason });
  });

  it.each([{ x: 'NEWS' }, { i: null }, { z: 1e-7 }, { e: 'listStatus' }, { T: '1499405658657' }])(
    'with %j cannot be read',
    (change) => {
      expect(() => readExecutionReport({ ...event, ...change })).toThrow(
        expect.objectContaining({ code: 'BAD_DATA' }),
      );
    },
  );
});
