import { describe, expect, it } from 'vitest';
import { SpotBench, T0 } from './testing/spot-bench.js';

describe('An order (rest-api.md, "New order")', () => {
  it('is answered with ACK, RESULT or FULL, FULL by default for limit and market orders', () => {
    const bench = new SpotBench().quote(99, 100);
    const ack = { newOrderRespType: 'ACK', newClientOrderId: 'a' };
    expect(bench.limit('BUY', 90, 1, ack)).toEqual({
      symbol: 'BTCUSDT',
      orderId: 1n,
      orderListId: -1n,
      clientOrderId: 'a',
      transactTime: T0 + 1_000,
    });
    const result = bench.limit('BUY', 90, 1, { newOrderRespType: 'RESULT', newClientOrderId: 'b' });
    expect(result).toEqual({
      symbol: 'BTCUSDT',
      orderId: 2n,
      orderListId: -1n,
      clientOrderId: 'b',
      transactTime: T0 + 1_000,
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
    });
    expect(bench.limit('BUY', 90, 1)).toMatchObject({ status: 'NEW', fills: [] });
    const market = bench.place({ side: 'BUY', type: 'MARKET', quantity: 1 });
    expect(market).toMatchObject({
      price: '0.00000000',
      executedQty: '1.00000000',
      cummulativeQuoteQty: '100.00000000',
      status: 'FILLED',
      timeInForce: 'GTC',
      fills: [
        {
          price: '100.00000000',
          qty: '1.00000000',
          commission: '0.00100000',
          commissionAsset: 'BTC',
          tradeId: 1n,
        },
      ],
    });
  });
});
