import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amountOf, short } from './amounts.js';
import { type FuturesBench, futuresBench, limit, market } from './testing/bench.js';

const quoted = (options?: Parameters<typeof futuresBench>[0]): FuturesBench => {
  const bench = futuresBench(options);
  bench.quote(50_000);
  return bench;
};

/** The contract and the account of the example of the page "Position Information V3". */
const example = (symbol: string, fee: string): FuturesBench =>
  futuresBench({
    symbols: [
      {
        symbol,
        base: symbol.replace('USDT', ''),
        tickSize: '0.00001',
        stepSize: symbol === 'ADAUSDT' ? '1' : '0.001',
        minPrice: '0.00001',
        minQty: '0.001',
        minNotional: '5',
        pricePrecision: 5,
        quantityPrecision: symbol === 'ADAUSDT' ? 0 : 3,
        brackets: [{ leverage: 50, cap: 1_000_000, maintenance: symbol === 'ADAUSDT' ? 0.0065 : 0.01 }],
      },
    ],
    fees: { maker: fee, taker: fee },
  });

describe('Positions of the futures exchange', () => {
  it('show the figures of the first example of the page "Position Information V3"', () => {
    const bench = example('ADAUSDT', '0.0002');
    bench.quote(0.385, 0.385, 'ADAUSDT');
    bench.get('POST /fapi/v1/order', { symbol: 'ADAUSDT', side: 'BUY', type: 'MARKET', quantity: '30' });
    bench.exchange.mark('ADAUSDT', 0.4104759, bench.now());
    expect(bench.list('GET /fapi/v3/positionRisk')[0]).toMatchObject({
      symbol: 'ADAUSDT',
      positionSide: 'BOTH',
      positionAmt: '30',
      entryPrice: '0.385',
      breakEvenPrice: '0.385077',
      markPrice: '0.41047590',
      unRealizedProfit: '0.76427700',
      notional: '12.314277',
      marginAsset: 'USDT',
      initialMargin: '0.61571385',
      maintMargin: '0.0800428',
      positionInitialMargin: '0.61571385',
      openOrderInitialMargin: '0',
    });
  });

  it('show the figures of the short one of that page, on a hedge account', () => {
    const bench = example('COMPUSDT', '0.0004');
    bench.get('POST /fapi/v1/positionSide/dual', { dualSidePosition: 'true' });
    bench.quote(70.92841, 70.92841, 'COMPUSDT');
    const sell = { symbol: 'COMPUSDT', side: 'SELL', positionSide: 'SHORT', type: 'MARKET', quantity: '1' };
    bench.get('POST /fapi/v1/order', sell);
    bench.exchange.mark('COMPUSDT', 49.72023376, bench.now());
    expect(bench.list('GET /fapi/v3/positionRisk')[0]).toMatchObject({
      positionSide: 'SHORT',
      positionAmt: '-1.000',
      entryPrice: '70.92841',
      breakEvenPrice: '70.90003864',
      unRealizedProfit: '21.20817624',
      notional: '-49.72023376',
      initialMargin: '2.48601168',
      maintMargin: '0.49720233',
    });
  });

  it('that are turned over realise what was closed, and open the rest at the new price', () => {
    const bench = quoted();
    bench.get('POST /fapi/v1/order', market('BUY'));
    bench.quote(51_000);
    bench.news();
    bench.get('POST /fapi/v1/order', market('SELL', { quantity: '0.3' }));
    const events = bench.news();
    // (51000 - 50000.1) x 0.1
    expect(events.at(-1)).toMatchObject({ o: { rp: '99.99', X: 'FILLED' } });
    expect(events.at(-2)).toMatchObject({ a: { P: [{ pa: '-0.2', ep: '51000', cr: '99.99' }] } });
  });

  it('that are closed in part keep their average price, and realise against it', () => {
    const bench = quoted();
    bench.get('POST /fapi/v1/order', market('BUY'));
    bench.quote(51_000);
    bench.get('POST /fapi/v1/order', market('BUY'));
    bench.quote(52_000);
    bench.get('POST /fapi/v1/order', market('SELL', { quantity: '0.05' }));
    // Bought 0.1 at 50000.1 and 0.1 at 51000.1: (52000 - 50500.1) x 0.05
    expect(bench.news().at(-1)).toMatchObject({ o: { rp: '74.995', X: 'FILLED' } });
    expect(bench.list('GET /fapi/v3/positionRisk')).toMatchObject([
      { entryPrice: '50500.1', positionAmt: '0.150' },
    ]);
  });

  it('of a hedge account are two, and an order closes only its own side', () => {
    const bench = quoted({ accounts: [{ name: 'amy', balances: { USDT: '10000' }, dual: true }] });
    const send = (side: 'BUY' | 'SELL', positionSide: string, quantity: string): unknown =>
      bench.get('POST /fapi/v1/order', market(side, { positionSide, quantity }));
    const sizes = (): unknown =>
      bench
        .list('GET /fapi/v2/positionRisk', { symbol: 'BTCUSDT' })
        .map((p) => [p.positionSide, p.positionAmt]);
    send('BUY', 'LONG', '0.2');
    send('SELL', 'SHORT', '0.1');
    expect(sizes()).toEqual([
      ['LONG', '0.200'],
      ['SHORT', '-0.100'],
    ]);
    send('SELL', 'LONG', '0.05');
    send('BUY', 'SHORT', '0.1');
    expect(sizes()).toEqual([
      ['LONG', '0.150'],
      ['SHORT', '0.000'],
    ]);
    expect(() => send('BUY', 'SHORT', '0.1')).toThrow('ReduceOnly Order is rejected.');
    // Page "New Order": reduceOnly cannot be sent in hedge mode.
    const sent = market('SELL', { positionSide: 'LONG', reduceOnly: 'true' });
    expect(bench.refusal('POST /fapi/v1/order', sent)[0]).toBe(-1106);
    expect(bench.refusal('POST /fapi/v1/order', market('BUY'))[0]).toBe(-4061);
  });

  it('of a person who trades by hand are told like others, under an id of their own', () => {
    const bench = quoted();
    bench.exchange.byHand('amy', 'BTCUSDT', -0.2);
    expect(bench.list('GET /fapi/v3/positionRisk')).toMatchObject([{ positionAmt: '-0.200' }]);
    bench.exchange.byHand('amy', 'BTCUSDT', 0.2);
    expect(bench.list('GET /fapi/v3/positionRisk')).toEqual([]);
    const names = bench
      .list('GET /fapi/v1/allOrders', { symbol: 'BTCUSDT' })
      .map((o) => String(o.clientOrderId));
    expect(names.every((name) => name.startsWith('web_'))).toBe(true);
  });

  it('and wallets add up exactly over any orders: start + profits - fees, and what was paid for what is held', () => {
    const order = fc.record({
      buy: fc.boolean(),
      lots: fc.integer({ min: 3, max: 400 }),
      move: fc.integer({ min: -900, max: 900 }),
      kind: fc.constantFrom('market', 'reduce', 'limit'),
    });
    fc.assert(
      fc.property(fc.array(order, { minLength: 1, maxLength: 25 }), (orders) => {
        const bench = futuresBench({ accounts: [{ name: 'amy', balances: { USDT: '1000000' } }] });
        let bid = 500_000;
        bench.quote(bid / 10);
        for (const { buy, lots, move, kind } of orders) {
          const side = buy ? 'BUY' : 'SELL';
          const more = { quantity: (lots / 1000).toFixed(3) };
          const price = ((bid + (buy ? -50 : 50)) / 10).toFixed(1);
          const sent =
            kind === 'limit'
              ? limit(side, price, more)
              : market(side, kind === 'reduce' ? { ...more, reduceOnly: 'true' } : more);
          bench.list('POST /fapi/v1/batchOrders', { batchOrders: JSON.stringify([sent]) });
          bid += move;
          bench.quote(bid / 10);
        }
        const trades = bench.list('GET /fapi/v1/userTrades', { symbol: 'BTCUSDT' });
        const sum = (of: (trade: (typeof trades)[number]) => bigint): bigint =>
          trades.reduce((all, trade) => all + of(trade), 0n);
        const signed = (trade: (typeof trades)[number]): bigint =>
          trade.buyer === true ? amountOf(String(trade.qty)) : -amountOf(String(trade.qty));
        const profits = sum((trade) => amountOf(String(trade.realizedPnl)));
        const fees = sum((trade) => amountOf(String(trade.commission)));
        const [wallet] = bench.list('GET /fapi/v3/balance');
        expect(wallet?.balance).toBe(withEight(amountOf('1000000') + profits - fees));
        // Cash that went in and out, and the value of what is held at its cost, are the profit: but for 10^-8 a trade, cut off.
        const cash = sum((trade) => signed(trade) * amountOf(String(trade.price)));
        const [row] = bench.list('GET /fapi/v2/positionRisk', { symbol: 'BTCUSDT' });
        const size = sum(signed);
        expect(amountOf(String(row?.positionAmt))).toBe(size);
        const mark = amountOf(String(row?.markPrice));
        const total = (size * mark - cash) / 100_000_000n;
        const told = profits + amountOf(String(row?.unRealizedProfit));
        const gap = total - told;
        expect(gap >= -BigInt(trades.length + 2) && gap <= BigInt(trades.length + 2)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });
});

const withEight = (units: bigint): string => {
  const [whole = '', fraction = ''] = short(units).split('.');
  return `${whole}.${fraction.padEnd(8, '0')}`;
};
