import { describe, expect, it } from 'vitest';
import { SpotBench, T0 } from './testing/spot-bench.js';

describe('The answer to a new order (rest-api.md, "New order")', () => {
  it('is ACK, RESULT or FULL as asked', () => {
    const bench = new SpotBench().quote(99, 100);
    const ack = {
      symbol: 'BTCUSDT',
      orderId: 1n,
      orderListId: -1n,
      clientOrderId: 'a',
      transactTime: T0 + 1_000,
    };
    expect(bench.limit('BUY', 90, 1, { newOrderRespType: 'ACK', newClientOrderId: 'a' })).toEqual(ack);
    const result = {
      price: '90.00000000',
      origQty: '1.00000000',
      executedQty: '0.00000000',
      origQuoteOrderQty: '0.00000000',
      cummulativeQuoteQty: '0.00000000',
      status: 'NEW',
      timeInForce: 'GTC',
      type: 'LIMIT',
      side: 'BUY',
      workingTime: T0 + 1_000,
      selfTradePreventionMode: 'NONE',
    };
    expect(bench.limit('BUY', 90, 1, { newOrderRespType: 'RESULT', newClientOrderId: 'b' })).toEqual({
      ...ack,
      orderId: 2n,
      clientOrderId: 'b',
      ...result,
    });
    expect(bench.limit('BUY', 90, 1, { newOrderRespType: 'FULL', newClientOrderId: 'c' })).toEqual({
      ...ack,
      orderId: 3n,
      clientOrderId: 'c',
      ...result,
      fills: [],
    });
  });

  it('is FULL by default for MARKET and LIMIT, ACK for the others', () => {
    const bench = new SpotBench().quote(99, 100);
    expect(bench.limit('BUY', 90, 1)).toHaveProperty('fills');
    expect(bench.place({ side: 'BUY', type: 'MARKET', quantity: 1 })).toHaveProperty('fills');
    const others = [
      { side: 'SELL', type: 'STOP_LOSS', quantity: '0.5', stopPrice: 90 },
      { side: 'SELL', type: 'LIMIT_MAKER', quantity: '0.5', price: 120 },
    ];
    for (const order of others) expect(bench.place(order)).not.toHaveProperty('status');
  });

  it.each([
    [4000, '1', '4.00000000'],
    [3999, '5', '19.99500000'],
    [3998, '2', '7.99600000'],
    [3997, '1', '3.99700000'],
    [3995, '1', '3.99500000'],
  ])('has the fills of the FULL example: at %d, %s sold cost %s', (bid, quantity, commission) => {
    const bench = new SpotBench({ accounts: [{ name: 'me', balances: { BTC: '10' } }] }).quote(bid, bid + 1);
    const { fills } = bench.place({ side: 'SELL', type: 'MARKET', quantity });
    expect(fills).toEqual([
      {
        price: `${bid}.00000000`,
        qty: `${quantity}.00000000`,
        commission,
        commissionAsset: 'USDT',
        tradeId: 1n,
      },
    ]);
  });

  it('shows conditional fields only where their condition holds', () => {
    const bench = new SpotBench().quote(99, 100);
    const plain = bench.limit('BUY', 90, 1);
    for (const field of [
      'stopPrice',
      'icebergQty',
      'strategyId',
      'strategyType',
      'trailingDelta',
      'expiryReason',
    ]) {
      expect(plain).not.toHaveProperty(field);
    }
    const rich = bench.place({
      side: 'SELL',
      type: 'STOP_LOSS_LIMIT',
      timeInForce: 'GTC',
      quantity: 1,
      price: 80,
      stopPrice: 85,
      icebergQty: '0.5',
      strategyId: 37463720,
      strategyType: 1000000,
      newOrderRespType: 'RESULT',
    });
    expect(rich).toMatchObject({
      stopPrice: '85.00000000',
      icebergQty: '0.50000000',
      strategyId: 37463720n,
      strategyType: 1000000n,
      workingTime: -1,
    });
  });
});

describe('A market order', () => {
  it('by quoteOrderQty buys as much as the amount pays for on the lot step', () => {
    const bench = new SpotBench().quote(2.99, 3);
    const answer = bench.place({ side: 'BUY', type: 'MARKET', quoteOrderQty: 10 });
    // 10 / 3 = 3.33333333…, on steps of 0.00001; worth 9.99999.
    expect(answer).toMatchObject({
      status: 'FILLED',
      origQty: '3.33333000',
      executedQty: '3.33333000',
      origQuoteOrderQty: '10.00000000',
      cummulativeQuoteQty: '9.99999000',
    });
  });

  it('trades what the book has and expires with the rest (market_orders_faq.md)', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.exchange.depth('BTCUSDT', 4);
    bench.quote(99, 100);
    const answer = bench.place({ side: 'BUY', type: 'MARKET', quantity: 6 });
    expect(answer).toMatchObject({
      status: 'EXPIRED',
      origQty: '6.00000000',
      executedQty: '4.00000000',
      timeInForce: 'GTC',
      expiryReason: 'INSUFFICIENT_LIQUIDITY',
    });
  });

  it('is rejected where the balance does not cover all of it (market_orders_faq.md)', () => {
    const bench = new SpotBench().quote(99, 100);
    expect(bench.refusal(() => bench.place({ side: 'BUY', type: 'MARKET', quantity: 101 }))).toBe(
      '-2010 Account has insufficient balance for requested action.',
    );
    expect(bench.balance('USDT')).toEqual(['10000.00000000', '0.00000000']);
  });

  it('expires in an empty book', () => {
    const bench = new SpotBench();
    expect(bench.place({ side: 'SELL', type: 'MARKET', quantity: 1 })).toMatchObject({
      status: 'EXPIRED',
      executedQty: '0.00000000',
    });
  });
});

describe('A limit order', () => {
  it('locks what it may spend, and frees what a better price left over', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.limit('BUY', 95, 2);
    expect(bench.balance('USDT')).toEqual(['9810.00000000', '190.00000000']);
    bench.limit('BUY', 105, 1);
    // It takes at 100; 0.1 % of the bought unit is the fee.
    expect(bench.balance('USDT')).toEqual(['9710.00000000', '190.00000000']);
    expect(bench.balance('BTC')).toEqual(['1.99900000', '0.00000000']);
  });

  it('trades as a maker at its own price when the market comes to it', () => {
    const bench = new SpotBench({
      accounts: [{ name: 'me', balances: { USDT: '1000' }, maker: '0.0005', taker: '0.001' }],
    }).quote(99, 100);
    bench.limit('BUY', 90, 1, { newClientOrderId: 'm' });
    bench.quote(80, 81);
    expect(bench.report).toMatchObject({
      c: 'm',
      x: 'TRADE',
      X: 'FILLED',
      m: true,
      L: '90.00000000',
      n: '0.00050000',
      N: 'BTC',
    });
    expect(bench.balance('USDT')).toEqual(['910.00000000', '0.00000000']);
    expect(bench.balance('BTC')).toEqual(['0.99950000', '0.00000000']);
  });

  it('rests before the first quote and meets it', () => {
    const bench = new SpotBench();
    bench.limit('BUY', 90, 1, { newClientOrderId: 'm' });
    expect(bench.call('GET /api/v3/order', { symbol: 'BTCUSDT', origClientOrderId: 'm' })).toMatchObject({
      status: 'NEW',
    });
    bench.quote(88, 89);
    expect(bench.report).toMatchObject({ c: 'm', X: 'FILLED' });
  });

  it('fills in parts as the depth of the quotes lets it', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.exchange.depth('BTCUSDT', 1);
    bench.limit('BUY', 95, 3, { newClientOrderId: 'p' });
    bench.quote(94, 95);
    expect(bench.report).toMatchObject({ X: 'PARTIALLY_FILLED', l: '1.00000000', z: '1.00000000', w: true });
    expect(bench.balance('USDT')).toEqual(['9715.00000000', '190.00000000']);
    bench.quote(94, 95).quote(94, 95);
    expect(bench.report).toMatchObject({ X: 'FILLED', l: '1.00000000', z: '3.00000000', w: false });
  });

  // enums.md, "Time in force" and "Order status"; user-data-stream.md, "Order Expiry Reason".
  it.each([
    ['IOC', 4, '1.00000000', 'EXPIRED', 'UNFILLED_IOC_QUANTITY_EXPIRED'],
    ['FOK', 4, '0.00000000', 'EXPIRED', 'UNFILLED_FOK_ORDER_EXPIRED'],
    ['IOC', 1, '1.00000000', 'FILLED', undefined],
    ['FOK', 1, '1.00000000', 'FILLED', undefined],
  ])(
    '%s of %d, with one unit on the book, trades %s and is %s',
    (timeInForce, quantity, executedQty, status, reason) => {
      const bench = new SpotBench();
      bench.exchange.depth('BTCUSDT', 1);
      bench.quote(99, 100);
      const answer = bench.limit('BUY', 100, quantity, { timeInForce });
      expect(answer).toMatchObject({ status, executedQty });
      expect(answer.expiryReason).toBe(reason);
      expect(bench.balance('USDT')[1]).toBe('0.00000000');
    },
  );

  it('of type LIMIT_MAKER is rejected where it would take (errors.md)', () => {
    const bench = new SpotBench().quote(99, 100);
    const post = (side: string, price: number) =>
      bench.refusal(() => bench.place({ side, type: 'LIMIT_MAKER', quantity: 1, price }));
    expect(post('BUY', 100)).toBe('-2010 Order would immediately match and take.');
    expect(post('SELL', 99)).toBe('-2010 Order would immediately match and take.');
    expect(post('BUY', 99.99)).toMatch(/^taken/);
    expect(post('SELL', 99.01)).toMatch(/^taken/);
  });
});

describe('Names of orders', () => {
  it('are unique among open orders only', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.limit('BUY', 90, 1, { newClientOrderId: 'x' });
    expect(bench.refusal(() => bench.limit('BUY', 91, 1, { newClientOrderId: 'x' }))).toBe(
      '-2010 Duplicate order sent.',
    );
    bench.quote(89, 90);
    expect(bench.limit('BUY', 80, 1, { newClientOrderId: 'x' })).toMatchObject({
      status: 'NEW',
      orderId: 2n,
    });
  });

  it('belong to the symbol and the account', () => {
    const bench = new SpotBench({
      accounts: [
        { name: 'me', balances: { USDT: '900' } },
        { name: 'you', balances: { USDT: '900' } },
      ],
    });
    bench.limit('BUY', 90, 1, { newClientOrderId: 'x' });
    const other = {
      side: 'BUY',
      type: 'LIMIT',
      timeInForce: 'GTC',
      price: 90,
      quantity: 1,
      newClientOrderId: 'x',
    };
    expect(bench.call('POST /api/v3/order', { symbol: 'ETHUSDT', ...other })).toMatchObject({
      status: 'NEW',
    });
    expect(bench.call('POST /api/v3/order', { symbol: 'BTCUSDT', ...other }, 'you')).toMatchObject({
      status: 'NEW',
    });
  });
});

describe('What is not placed', () => {
  it('by order/test leaves no trace, and tells commission rates when asked', () => {
    const bench = new SpotBench().quote(99, 100);
    const test = { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: 1 };
    expect(bench.call('POST /api/v3/order/test', test)).toEqual({});
    expect(bench.call('POST /api/v3/order/test', { ...test, computeCommissionRates: 'true' })).toMatchObject({
      standardCommissionForOrder: { maker: '0.00100000', taker: '0.00100000' },
      discount: { discountAsset: 'BNB', discount: '0.25000000' },
    });
    expect(bench.told()).toEqual([]);
    expect(
      bench.refusal(() => bench.call('POST /api/v3/order/test', { ...test, quantity: '0.000001' })),
    ).toBe('-1013 Filter failure: LOT_SIZE');
  });

  it('in a market that is closed is refused (errors.md)', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.exchange.setStatus('BTCUSDT', 'HALT');
    expect(bench.refusal(() => bench.limit('BUY', 90, 1))).toBe('-1013 Market is closed.');
  });
});
