import { describe, expect, it } from 'vitest';
import { writeJson } from '../shared/json.js';
import { SpotBench, T0 } from './testing/spot-bench.js';

const symbol = 'BTCUSDT';

const DAY = 86_400_000;

describe('Query order (rest-api.md)', () => {
  it('answers with every field of the example', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.limit('BUY', 90, 1, { newClientOrderId: 'myOrder1' });
    expect(bench.call('GET /api/v3/order', { symbol, orderId: 1 })).toEqual({
      symbol,
      orderId: 1n,
      orderListId: -1n,
      clientOrderId: 'myOrder1',
      price: '90.00000000',
      origQty: '1.00000000',
      executedQty: '0.00000000',
      cummulativeQuoteQty: '0.00000000',
      status: 'NEW',
      timeInForce: 'GTC',
      type: 'LIMIT',
      side: 'BUY',
      stopPrice: '0.00000000',
      icebergQty: '0.00000000',
      time: T0 + 1_000,
      updateTime: T0 + 1_000,
      isWorking: true,
      workingTime: T0 + 1_000,
      origQuoteOrderQty: '0.00000000',
      selfTradePreventionMode: 'NONE',
    });
  });

  it.each([
    [{}, "-1102 Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!"],
    [{ orderId: 99 }, '-2013 Order does not exist.'],
    [{ origClientOrderId: 'nobody' }, '-2013 Order does not exist.'],
    [{ orderId: 1, origClientOrderId: 'other' }, '-2039 Client order ID is not correct for this order ID.'],
  ])('by %j is refused: %s', (names, refusal) => {
    const bench = new SpotBench().quote(99, 100);
    bench.limit('BUY', 90, 1);
    expect(bench.refusal(() => bench.call('GET /api/v3/order', { symbol, ...names }))).toBe(refusal);
  });

  it('does not know orders of another symbol or account', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.limit('BUY', 90, 1);
    const missing = '-2013 Order does not exist.';
    expect(bench.refusal(() => bench.call('GET /api/v3/order', { symbol: 'ETHUSDT', orderId: 1 }))).toBe(
      missing,
    );
    expect(bench.refusal(() => bench.call('GET /api/v3/order', { symbol, orderId: 1 }, 'you'))).toBe(missing);
  });

  it('after a cancel finds the order by its old name and by the cancel’s (web-socket-api.md, order.cancel)', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.limit('BUY', 90, 1, { newClientOrderId: 'mine' });
    bench.call('DELETE /api/v3/order', { symbol, orderId: 1, newClientOrderId: 'bye' });
    for (const origClientOrderId of ['mine', 'bye']) {
      expect(bench.call('GET /api/v3/order', { symbol, origClientOrderId })).toMatchObject({
        clientOrderId: 'bye',
        status: 'CANCELED',
      });
    }
  });

  it('of an order that ended untraded over 90 days ago is refused as archived: -2026 (errors.md)', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.limit('BUY', 90, 1, { newClientOrderId: 'old' });
    bench.limit('BUY', 100, 1, { newClientOrderId: 'traded' });
    bench.call('DELETE /api/v3/order', { symbol, origClientOrderId: 'old', newClientOrderId: 'old' });
    const ask = (origClientOrderId: string) =>
      bench.refusal(() => bench.call('GET /api/v3/order', { symbol, origClientOrderId }));
    bench.now += 90 * DAY;
    expect(ask('old')).toMatch(/^taken/);
    bench.now += 1;
    expect(ask('old')).toBe(
      '-2026 Order was canceled or expired with no executed qty over 90 days ago and has been archived.',
    );
    expect(ask('traded')).toMatch(/^taken/);
  });

  it('keeps ids beyond 2^53 whole', () => {
    const bench = new SpotBench({
      accounts: [{ name: 'me', balances: { USDT: '100' } }],
      firstOrderId: 9007199254740993n,
    }).quote(99, 100);
    expect(writeJson(bench.limit('BUY', 90, 1))).toContain('"orderId":9007199254740993,');
    expect(bench.call('GET /api/v3/order', { symbol, orderId: '9007199254740993' })).toMatchObject({
      status: 'NEW',
    });
    expect(
      bench.refusal(() => bench.call('GET /api/v3/order', { symbol, orderId: '9007199254740992' })),
    ).toBe('-2013 Order does not exist.');
  });
});

describe('Cancel order (rest-api.md)', () => {
  it('answers with every field of the example', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.limit('BUY', 90, 1, { newClientOrderId: 'myOrder1' });
    const names = { origClientOrderId: 'myOrder1', newClientOrderId: 'cancelMyOrder1' };
    expect(bench.call('DELETE /api/v3/order', { symbol, ...names })).toEqual({
      symbol,
      origClientOrderId: 'myOrder1',
      orderId: 1n,
      orderListId: -1n,
      clientOrderId: 'cancelMyOrder1',
      transactTime: T0 + 1_000,
      price: '90.00000000',
      origQty: '1.00000000',
      executedQty: '0.00000000',
      origQuoteOrderQty: '0.00000000',
      cummulativeQuoteQty: '0.00000000',
      status: 'CANCELED',
      timeInForce: 'GTC',
      type: 'LIMIT',
      side: 'BUY',
      selfTradePreventionMode: 'NONE',
    });
  });

  it.each([
    [{ origClientOrderId: 'nobody' }, '-2011 Unknown order sent.'],
    [{ orderId: 1 }, '-2011 Unknown order sent.'],
    [
      { orderId: 2, cancelRestrictions: 'ONLY_PARTIALLY_FILLED' },
      '-2011 Order was not canceled due to cancel restrictions.',
    ],
    [{ orderId: 2, cancelRestrictions: 'NONE' }, '-1145 Invalid cancelRestrictions'],
  ])('with %j, where 1 is filled and 2 is new, is refused: %s', (params, refusal) => {
    const bench = new SpotBench().quote(99, 100);
    bench.limit('BUY', 100, 1);
    bench.limit('BUY', 90, 1);
    expect(bench.refusal(() => bench.call('DELETE /api/v3/order', { symbol, ...params }))).toBe(refusal);
  });

  it('of all orders of a symbol answers each order and each list once; with none open it is -2011', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.limit('BUY', 90, 1, { newClientOrderId: 'one' });
    bench.call('POST /api/v3/orderList/oco', {
      symbol,
      side: 'SELL',
      quantity: 1,
      aboveType: 'LIMIT_MAKER',
      abovePrice: 110,
      belowType: 'STOP_LOSS',
      belowStopPrice: 90,
    });
    const answer = bench.call('DELETE /api/v3/openOrders', { symbol });
    expect(answer).toMatchObject([
      { origClientOrderId: 'one', status: 'CANCELED' },
      {
        contingencyType: 'OCO',
        listStatusType: 'ALL_DONE',
        orderReports: [{ status: 'CANCELED' }, { status: 'CANCELED' }],
      },
    ]);
    expect(answer).toHaveLength(2);
    expect(bench.refusal(() => bench.call('DELETE /api/v3/openOrders', { symbol }))).toBe(
      '-2011 Unknown order sent.',
    );
  });
});

describe('Histories', () => {
  const bench = (): SpotBench => {
    const venue = new SpotBench();
    for (let i = 0; i < 5; i++) {
      venue.quote(99, 100);
      venue.limit('BUY', 100, 1, { newClientOrderId: `o${i}` });
    }
    return venue;
  };
  const ids = (rows: unknown): unknown =>
    (rows as { orderId: bigint }[]).map(({ orderId }) => Number(orderId));

  // rest-api.md, "General API Information": which rows a window gives, always oldest first.
  it.each([
    [{}, [1, 2, 3, 4, 5]],
    [{ limit: 2 }, [4, 5]],
    [{ orderId: 2, limit: 2 }, [2, 3]],
    [{ startTime: T0 + 2_000, limit: 2 }, [2, 3]],
    [{ endTime: T0 + 4_000, limit: 2 }, [3, 4]],
    [{ startTime: T0 + 2_000, endTime: T0 + 3_000 }, [2, 3]],
  ])('allOrders with %j are %j', (params, expected) => {
    expect(ids(bench().call('GET /api/v3/allOrders', { symbol, ...params }))).toEqual(expected);
  });

  it('allOrders take at most 24 hours: -1127', () => {
    const venue = bench();
    const window = (length: number) =>
      venue.refusal(() =>
        venue.call('GET /api/v3/allOrders', { symbol, startTime: T0, endTime: T0 + length }),
      );
    expect(window(DAY)).toMatch(/^taken/);
    expect(window(DAY + 1)).toBe('-1127 More than 24 hours between startTime and endTime.');
  });

  it('myTrades has every field of the example', () => {
    const rows = bench().call('GET /api/v3/myTrades', { symbol, orderId: 3 });
    expect(rows).toEqual([
      {
        symbol,
        id: 3n,
        orderId: 3n,
        orderListId: -1n,
        price: '100.00000000',
        qty: '1.00000000',
        quoteQty: '100.00000000',
        commission: '0.00100000',
        commissionAsset: 'BTC',
        time: T0 + 3_000,
        isBuyer: true,
        isMaker: false,
        isBestMatch: true,
      },
    ]);
  });

  it.each([
    [{ fromId: 4 }, [4, 5]],
    [{ limit: 1 }, [5]],
    [{ startTime: T0 + 4_000 }, [4, 5]],
    [{ orderId: 2, fromId: 1 }, [2]],
  ])('myTrades with %j are %j', (params, expected) => {
    expect(ids(bench().call('GET /api/v3/myTrades', { symbol, ...params }))).toEqual(expected);
  });

  it('myTrades take no other combinations: -1128', () => {
    const venue = bench();
    for (const params of [
      { orderId: 1, startTime: T0 },
      { fromId: 1, endTime: T0 },
    ]) {
      expect(venue.refusal(() => venue.call('GET /api/v3/myTrades', { symbol, ...params }))).toMatch(
        /^-1128 /,
      );
    }
  });

  it('openOrders are those of one symbol, or of all', () => {
    const venue = bench();
    venue.limit('BUY', 50, 1);
    venue.call('POST /api/v3/order', {
      symbol: 'ETHUSDT',
      side: 'BUY',
      type: 'LIMIT',
      timeInForce: 'GTC',
      price: 10,
      quantity: 1,
    });
    expect(ids(venue.call('GET /api/v3/openOrders', { symbol }))).toEqual([6]);
    expect(ids(venue.call('GET /api/v3/openOrders'))).toEqual([6, 7]);
  });
});

describe('The account (rest-api.md, "Account information")', () => {
  it('has the fields of the example', () => {
    const bench = new SpotBench({
      accounts: [{ name: 'me', balances: { BTC: '4723846.89208129' }, maker: '0.0015', taker: '0.0015' }],
    });
    expect(bench.call('GET /api/v3/account', { omitZeroBalances: 'true' })).toEqual({
      makerCommission: 15,
      takerCommission: 15,
      buyerCommission: 0,
      sellerCommission: 0,
      commissionRates: {
        maker: '0.00150000',
        taker: '0.00150000',
        buyer: '0.00000000',
        seller: '0.00000000',
      },
      canTrade: true,
      canWithdraw: true,
      canDeposit: true,
      brokered: false,
      requireSelfTradePrevention: false,
      preventSor: false,
      updateTime: 0,
      accountType: 'SPOT',
      balances: [{ asset: 'BTC', free: '4723846.89208129', locked: '0.00000000' }],
      permissions: ['SPOT'],
      uid: 1,
    });
  });

  it('lists assets without a balance unless omitZeroBalances says not to', () => {
    const bench = new SpotBench();
    expect(bench.balance('ETH')).toEqual(['0.00000000', '0.00000000']);
  });
});

describe('exchangeInfo (rest-api.md, "Exchange information")', () => {
  it('tells rules, limits and filters of one symbol, of several or of all', () => {
    const bench = new SpotBench();
    const symbols = (params: Record<string, string>): unknown =>
      (bench.call('GET /api/v3/exchangeInfo', params).symbols as { symbol: string }[]).map(
        (one) => one.symbol,
      );
    expect(symbols({ symbol })).toEqual([symbol]);
    expect(symbols({ symbols: '["BTCUSDT","ETHBTC"]' })).toEqual([symbol, 'ETHBTC']);
    expect(symbols({})).toContain('SOLUSDT');
    expect(symbols({ permissions: 'MARGIN' })).toEqual([]);
    const all = bench.call('GET /api/v3/exchangeInfo', { symbol });
    expect(all).toMatchObject({ timezone: 'UTC', serverTime: T0 });
    expect(all).toMatchObject({
      symbols: [{ baseAsset: 'BTC', quoteAsset: 'USDT', status: 'TRADING', ocoAllowed: true }],
    });
  });

  it('tells the limits of the door: those of the documentation, or others', () => {
    const told = (bench: SpotBench): unknown => bench.call('GET /api/v3/exchangeInfo', { symbol }).rateLimits;
    // enums.md, "Rate limiters"; rest-api.md, "Query Unfilled Order Count".
    expect(told(new SpotBench())).toEqual([
      { rateLimitType: 'REQUEST_WEIGHT', interval: 'MINUTE', intervalNum: 1, limit: 6000 },
      { rateLimitType: 'ORDERS', interval: 'SECOND', intervalNum: 10, limit: 50 },
      { rateLimitType: 'ORDERS', interval: 'DAY', intervalNum: 1, limit: 160000 },
      { rateLimitType: 'RAW_REQUESTS', interval: 'MINUTE', intervalNum: 5, limit: 61000 },
    ]);
    const few = { weight: 10, orders: [{ interval: 'SECOND', intervalNum: 1, limit: 2 }] } as const;
    expect(told(new SpotBench({ limits: few }))).toMatchObject([{ limit: 10 }, { limit: 2 }, {}]);
  });

  it.each([
    [{ symbol: 'FOOBAR' }, '-1121 Invalid symbol.'],
    [{ symbols: '["FOOBAR"]' }, '-1121 Invalid symbol.'],
    [{ symbol, permissions: 'SPOT' }, '-1128 Combination of optional parameters invalid.'],
    [{ symbol, symbolStatus: 'TRADING' }, '-1128 Combination of optional parameters invalid.'],
    [{ symbolStatus: 'OPEN' }, '-1122 Invalid symbolStatus.'],
  ])('with %j is refused: %s', (params, refusal) => {
    const bench = new SpotBench();
    expect(bench.refusal(() => bench.call('GET /api/v3/exchangeInfo', params))).toBe(refusal);
  });
});
