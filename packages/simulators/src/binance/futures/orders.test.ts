import { describe, expect, it } from 'vitest';
import { type Fields, futuresBench, market, nameOf } from './testing/bench.js';

const ofOrder = (event: Fields | undefined): Fields => event?.o as Fields;

describe('Orders of the futures exchange', () => {
  it('tells of a market order as the venue does: new, then the trade, with the account before the order', () => {
    const bench = futuresBench();
    bench.quote(50_000);
    const answer = bench.get('POST /fapi/v1/order', market('BUY', { newClientOrderId: 'm-1' }));
    // Page "New Order": an ACK tells of the order as it was taken.
    expect(answer).toMatchObject({
      status: 'NEW',
      executedQty: '0.000',
      clientOrderId: 'm-1',
      type: 'MARKET',
    });
    const news = bench.news();
    expect(news.map(nameOf)).toEqual([
      'ORDER_TRADE_UPDATE NEW NEW',
      'TRADE_LITE',
      'ACCOUNT_UPDATE ORDER',
      'ORDER_TRADE_UPDATE TRADE FILLED',
    ]);
    // 0.1 x 50000.1 x 0.05 % = 2.500005
    expect(ofOrder(news[3])).toMatchObject({
      l: '0.1',
      z: '0.1',
      L: '50000.1',
      n: '2.500005',
      N: 'USDT',
      rp: '0',
      m: false,
    });
    expect((news[2] as { a: { B: Fields[]; P: Fields[] } }).a).toMatchObject({
      B: [{ a: 'USDT', wb: '9997.49999500', cw: '9997.49999500', bc: '0' }],
      P: [{ s: 'BTCUSDT', pa: '0.1', ep: '50000.1', ps: 'BOTH', mt: 'cross' }],
    });
  });

  it('answers a RESULT with the final state (page "New Order", newOrderRespType)', () => {
    const bench = futuresBench();
    bench.quote(50_000);
    const answer = bench.get('POST /fapi/v1/order', market('SELL', { newOrderRespType: 'RESULT' }));
    expect(answer).toMatchObject({
      status: 'FILLED',
      executedQty: '0.100',
      avgPrice: '50000.00000',
      cumQty: '0.100',
    });
  });
});
