import { describe, expect, it } from 'vitest';
import { KEPT } from '../../past.js';
import { futuresBench, market } from '../futures/testing/bench.js';
import { SpotBench } from '../spot/testing/spot-bench.js';

const ORDERS = 2 * KEPT + 10;

describe('An exchange that has run for weeks', () => {
  it('has forgotten the oldest orders of spot, but not those that are open', () => {
    const bench = new SpotBench().quote(60_000, 60_001);
    bench.place({ side: 'BUY', type: 'LIMIT', timeInForce: 'GTC', price: '50000', quantity: '0.001' });
    for (let i = 0; i < ORDERS; i++) {
      bench.place({ side: 'BUY', type: 'LIMIT', timeInForce: 'IOC', price: '50000', quantity: '0.001' });
      bench.events.length = 0;
    }
    const ask = (orderId: number): unknown =>
      bench.call('GET /api/v3/order', { symbol: 'BTCUSDT', orderId }).status;
    expect(ask(1)).toBe('NEW');
    expect(() => ask(2)).toThrow('Order does not exist.');
    expect(ask(ORDERS)).toBe('EXPIRED');
  });

  it('has forgotten the oldest orders and trades of futures', () => {
    const bench = futuresBench();
    bench.quote(60_000);
    const ids: string[] = [];
    for (let i = 0; i < ORDERS; i++) {
      const side = i % 2 === 0 ? 'BUY' : 'SELL';
      ids.push(String(bench.get('POST /fapi/v1/order', market(side, { quantity: '0.002' })).orderId));
      bench.news();
    }
    const named = (orderId = '') => ({ symbol: 'BTCUSDT', orderId });
    expect(bench.refusal('GET /fapi/v1/order', named(ids[0]))[0]).toBe(-2013);
    expect(bench.get('GET /fapi/v1/order', named(ids.at(-1)))).toMatchObject({ status: 'FILLED' });
  });
});
