import { describe, expect, it } from 'vitest';
import { spotSymbol } from './symbols.js';
import { SpotBench, T0 } from './testing/spot-bench.js';

describe('executionReport (user-data-stream.md, "Order Update")', () => {
  it('has the fields of the documented payload for a new limit order', () => {
    const bench = new SpotBench({ accounts: [{ name: 'me', balances: { BTC: '1' } }] });
    bench.call('POST /api/v3/order', {
      symbol: 'ETHBTC',
      side: 'BUY',
      type: 'LIMIT',
      timeInForce: 'GTC',
      quantity: 1,
      price: '0.10264',
      newClientOrderId: 'mUvoqJxFIILMdfAW5iGSOW',
    });
    expect(bench.events[0]).toEqual({
      e: 'executionReport',
      E: T0,
      s: 'ETHBTC',
      c: 'mUvoqJxFIILMdfAW5iGSOW',
      S: 'BUY',
      o: 'LIMIT',
      f: 'GTC',
      q: '1.00000000',
      p: '0.10264000',
      P: '0.00000000',
      F: '0.00000000',
      g: -1n,
      C: '',
      x: 'NEW',
      X: 'NEW',
      r: 'NONE',
      i: 1n,
      l: '0.00000000',
      z: '0.00000000',
      L: '0.00000000',
      n: '0',
      N: null,
      T: T0,
      t: -1,
      I: 1n,
      w: true,
      m: false,
      M: false,
      O: T0,
      Z: '0.00000000',
      Y: '0.00000000',
      Q: '0.00000000',
      W: T0,
      V: 'NONE',
    });
  });

  it('tells a market order that finds 4 of 6 as NEW, TRADE, EXPIRED, then the balances (market_orders_faq.md)', () => {
    const symbol = spotSymbol({
      baseAsset: 'LTC',
      quoteAsset: 'BNB',
      tickSize: '0.01',
      stepSize: '0.01',
      minNotional: '1',
    });
    const accounts = [{ name: 'me', balances: { LTC: '3000', BNB: '1000' }, bnbFees: true }];
    const bench = new SpotBench({ symbols: [symbol], accounts });
    bench.exchange.depth('LTCBNB', 4);
    bench.quote(1, 1, 'LTCBNB');
    bench.call('POST /api/v3/order', { symbol: 'LTCBNB', side: 'BUY', type: 'MARKET', quantity: 6 });
    const [placed, trade, expired, balances] = bench.events;
    expect(placed).toMatchObject({
      x: 'NEW',
      X: 'NEW',
      w: true,
      M: false,
      t: -1,
      f: 'GTC',
      q: '6.00000000',
      p: '0.00000000',
    });
    expect(trade).toMatchObject({
      x: 'TRADE',
      X: 'PARTIALLY_FILLED',
      l: '4.00000000',
      L: '1.00000000',
      z: '4.00000000',
      Y: '4.00000000',
      Z: '4.00000000',
      N: 'BNB',
      w: false,
      m: false,
      M: true,
    });
    expect(expired).toMatchObject({
      x: 'EXPIRED',
      X: 'EXPIRED',
      l: '0.00000000',
      z: '4.00000000',
      L: '0.00000000',
      n: '0',
      N: null,
      t: -1,
      w: false,
      M: false,
      Z: '4.00000000',
      Y: '0.00000000',
    });
    expect(balances).toMatchObject({ e: 'outboundAccountPosition', u: placed?.T });
    expect(balances).toMatchObject({ B: [{ a: 'BNB' }, { a: 'LTC' }] });
    expect(bench.events).toHaveLength(4);
  });

  it('of a cancel has the cancel as c and the order as C', () => {
    const bench = new SpotBench();
    bench.limit('BUY', 90, 1, { newClientOrderId: 'mine' });
    bench.call('DELETE /api/v3/order', {
      symbol: 'BTCUSDT',
      origClientOrderId: 'mine',
      newClientOrderId: 'bye',
    });
    expect(bench.report).toMatchObject({ x: 'CANCELED', X: 'CANCELED', c: 'bye', C: 'mine', w: false });
    expect(bench.events.at(-1)).toMatchObject({
      e: 'outboundAccountPosition',
      B: [{ a: 'USDT', f: '10000.00000000', l: '0.00000000' }],
    });
  });

  it('has a new execution id and a new trade id each time', () => {
    const bench = new SpotBench({
      accounts: [{ name: 'me', balances: { USDT: '1000' } }],
      firstTradeId: 2n ** 53n + 1n,
    }).quote(99, 100);
    bench.place({ side: 'BUY', type: 'MARKET', quantity: 1 });
    bench.place({ side: 'BUY', type: 'MARKET', quantity: 1 });
    const reports = bench.events.filter(({ e }) => e === 'executionReport');
    expect(reports.map(({ I }) => I)).toEqual([1n, 2n, 3n, 4n]);
    expect(reports.filter(({ x }) => x === 'TRADE').map(({ t }) => t)).toEqual([
      9007199254740993n,
      9007199254740994n,
    ]);
  });

  it('names a strategy and a trailing stop only where there is one', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.limit('BUY', 90, 1);
    for (const field of ['j', 'J', 'd', 'D', 'eR']) expect(bench.report).not.toHaveProperty(field);
    bench.place({
      side: 'SELL',
      type: 'STOP_LOSS',
      quantity: '0.1',
      trailingDelta: 100,
      strategyId: 7,
      strategyType: 1000001,
    });
    expect(bench.report).toMatchObject({ j: 7n, J: 1000001n, d: 100, D: bench.now });
  });
});

describe('Balances', () => {
  it('that are paid in or out are told by balanceUpdate and outboundAccountPosition', () => {
    const bench = new SpotBench();
    bench.exchange.pass(T0);
    bench.exchange.transfer('me', 'BTC', '100');
    expect(bench.events).toEqual([
      { e: 'balanceUpdate', E: T0, a: 'BTC', d: '100.00000000', T: T0 },
      { e: 'outboundAccountPosition', E: T0, u: T0, B: [{ a: 'BTC', f: '101.00000000', l: '0.00000000' }] },
    ]);
  });

  it('belong to their account, and so do its events', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.exchange.transfer('you', 'USDT', '500');
    bench.call('POST /api/v3/order', { symbol: 'BTCUSDT', side: 'BUY', type: 'MARKET', quantity: 1 }, 'you');
    expect(bench.events).toEqual([]);
    expect(bench.balance('USDT')).toEqual(['10000.00000000', '0.00000000']);
  });
});

describe('A trade by hand', () => {
  it('is a market order under a name that the bot did not give', () => {
    const bench = new SpotBench().quote(99, 100);
    bench.exchange.byHand('me', 'BTCUSDT', -0.25);
    expect(bench.report).toMatchObject({
      x: 'TRADE',
      X: 'FILLED',
      S: 'SELL',
      l: '0.25000000',
      c: expect.stringMatching(/^web_/),
    });
    expect(bench.balance('BTC')).toEqual(['0.75000000', '0.00000000']);
  });
});

describe('A fill', () => {
  it('is printed for the trade streams with its side', () => {
    const bench = new SpotBench().quote(99, 100);
    const prints: unknown[] = [];
    bench.exchange.on('print', (...print) => prints.push(print));
    bench.place({ side: 'BUY', type: 'MARKET', quantity: 1 });
    bench.limit('BUY', 95, 2);
    bench.quote(94, 95);
    expect(prints).toEqual([
      ['BTCUSDT', T0 + 1_000, 100, 1, false],
      ['BTCUSDT', T0 + 2_000, 95, 2, true],
    ]);
  });
});
