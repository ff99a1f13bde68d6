import { describe, expect, it } from 'vitest';
import { type Fields, type FuturesBench, futuresBench, limit, market, nameOf } from './testing/bench.js';

const quoted = (options?: Parameters<typeof futuresBench>[0]): FuturesBench => {
  const bench = futuresBench({ fees: { maker: '0', taker: '0' }, ...options });
  bench.quote(50_000, 50_000);
  return bench;
};
const HOUR = 3_600_000;

describe('Funding on the futures exchange', () => {
  it('is paid every eight hours by longs where the rate is positive, and told with balances only', () => {
    const bench = quoted();
    bench.get('POST /fapi/v1/order', market('BUY'));
    bench.news();
    // From noon to 16:00 UTC.
    bench.pass(4 * HOUR - 2);
    expect(bench.news()).toEqual([]);
    bench.pass(2);
    // Page "Event: Balance and Position Update": of a crossed position B only, without P. 5000 x 0.01 % = 0.5
    expect(bench.news()).toMatchObject([
      {
        e: 'ACCOUNT_UPDATE',
        a: { m: 'FUNDING_FEE', B: [{ a: 'USDT', wb: '9999.50000000', bc: '-0.5' }], P: [] },
      },
    ]);
    expect(bench.list('GET /fapi/v1/fundingRate', { symbol: 'BTCUSDT' })).toEqual([
      {
        symbol: 'BTCUSDT',
        fundingRate: '0.00010000',
        fundingTime: Date.UTC(2026, 0, 14, 16),
        markPrice: '50000.00000000',
      },
    ]);
    expect(bench.list('GET /fapi/v1/income', { incomeType: 'FUNDING_FEE' })).toMatchObject([
      { income: '-0.50000000' },
    ]);
  });

  it('is received by shorts, at the rate that was set, as often as it fell due', () => {
    const bench = quoted();
    bench.exchange.setFundingRate('BTCUSDT', 0.001);
    bench.get('POST /fapi/v1/order', market('SELL'));
    bench.pass(12 * HOUR);
    const rows = bench.list('GET /fapi/v1/income', { incomeType: 'FUNDING_FEE' });
    expect(rows.map(({ income }) => income)).toEqual(['5.00000000', '5.00000000']);
  });
});

describe('Liquidation on the futures exchange', () => {
  /** 1,000 USDT long of 0.3 BTC at 50,000: equity is the maintenance margin of 0.4 % at about 46,854. */
  const risky = (): FuturesBench => {
    const bench = quoted({ accounts: [{ name: 'amy', balances: { USDT: '1000' } }] });
    bench.get('POST /fapi/v1/order', market('BUY', { quantity: '0.3' }));
    bench.get('POST /fapi/v1/order', limit('BUY', '47600.0', { quantity: '0.01', newClientOrderId: 'rest' }));
    bench.get('DELETE /fapi/v1/allOpenOrders', { symbol: 'BTCUSDT' });
    bench.news();
    return bench;
  };

  it('is told in advance by one margin call (page "Event: Margin Call")', () => {
    const bench = risky();
    bench.quote(46_900, 46_900);
    bench.quote(46_890, 46_890);
    const calls = bench.news();
    expect(calls).toHaveLength(1);
    // 0.3 x 46900 x 0.4 % = 56.28; (46900 - 50000) x 0.3 = -930
    expect(calls[0]).toMatchObject({
      e: 'MARGIN_CALL',
      cw: '1000',
      p: [
        { s: 'BTCUSDT', ps: 'BOTH', pa: '0.3', mt: 'CROSSED', iw: '0', mp: '46900', up: '-930', mm: '56.28' },
      ],
    });
  });

  it('is where the position information said', () => {
    const bench = risky();
    const [position] = bench.list('GET /fapi/v3/positionRisk');
    const price = Number(position?.liquidationPrice);
    bench.quote(Math.ceil(price * 10) / 10 + 0.1, Math.ceil(price * 10) / 10 + 0.1);
    expect(bench.list('GET /fapi/v3/positionRisk')).toHaveLength(1);
    bench.quote(Math.floor(price * 10) / 10 - 0.1, Math.floor(price * 10) / 10 - 0.1);
    expect(bench.list('GET /fapi/v3/positionRisk')).toEqual([]);
  });

  it('ends open orders with reason 5, and closes by an order whose id begins with autoclose- (page "Event: Order Update")', () => {
    const bench = risky();
    bench.get('POST /fapi/v1/order', limit('SELL', '52000.0', { quantity: '0.1', newClientOrderId: 'rest' }));
    bench.news();
    bench.quote(46_000, 46_000);
    const news = bench.news();
    expect(news.map(nameOf)).toEqual([
      'ORDER_TRADE_UPDATE EXPIRED EXPIRED',
      'ORDER_TRADE_UPDATE NEW NEW',
      'ACCOUNT_UPDATE ORDER',
      'ORDER_TRADE_UPDATE CALCULATED FILLED',
      'ACCOUNT_UPDATE INSURANCE_CLEAR',
    ]);
    expect(news[0]?.o).toMatchObject({ c: 'rest', er: '5' });
    const forced = news[1]?.o as Fields;
    expect(forced).toMatchObject({ o: 'LIQUIDATION', X: 'NEW', S: 'SELL', q: '0.3' });
    expect(String(forced.c)).toMatch(/^autoclose-/);
    expect(bench.list('GET /fapi/v1/forceOrders')).toMatchObject([
      { status: 'FILLED', type: 'LIMIT', timeInForce: 'IOC' },
    ]);
    // What the wallet lacked was paid for it: it is empty, never below.
    expect(bench.get('GET /fapi/v3/account')).toMatchObject({ totalWalletBalance: '0.00000000' });
  });
});
