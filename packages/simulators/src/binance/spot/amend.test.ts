import { describe, expect, it } from 'vitest';
import { SpotBench } from './testing/spot-bench.js';

const amend = (bench: SpotBench, params: Record<string, string | number>) =>
  bench.call('PUT /api/v3/order/amend/keepPriority', {
    symbol: 'BTCUSDT',
    origClientOrderId: 'old',
    ...params,
  });

const bench = (): SpotBench => {
  const venue = new SpotBench().quote(99, 100);
  venue.limit('BUY', 90, 5, { newClientOrderId: 'old' });
  venue.told();
  return venue;
};

// rest-api.md, "Order Amend Keep Priority"; faqs/order_amend_keep_priority.md; messages of -2038 in errors.md.
describe('An amendment that keeps priority', () => {
  it('shrinks the order, which keeps its id, and frees what it no longer needs', () => {
    const venue = bench();
    expect(amend(venue, { newQty: 3, newClientOrderId: 'new' })).toEqual({
      transactTime: venue.now,
      executionId: 2n,
      amendedOrder: {
        symbol: 'BTCUSDT',
        orderId: 1n,
        orderListId: -1n,
        origClientOrderId: 'old',
        clientOrderId: 'new',
        price: '90.00000000',
        qty: '3.00000000',
        executedQty: '0.00000000',
        preventedQty: '0.00000000',
        quoteOrderQty: '0.00000000',
        cumulativeQuoteQty: '0.00000000',
        status: 'NEW',
        timeInForce: 'GTC',
        type: 'LIMIT',
        side: 'BUY',
        workingTime: venue.now,
        selfTradePreventionMode: 'NONE',
      },
    });
    expect(venue.report).toMatchObject({ x: 'REPLACED', X: 'NEW', c: 'new', C: 'old', q: '3.00000000' });
    expect(venue.balance('USDT')).toEqual(['9730.00000000', '270.00000000']);
    venue.quote(89, 90);
    expect(venue.report).toMatchObject({ c: 'new', X: 'FILLED', z: '3.00000000' });
  });

  it('may keep the name, else gets a new one', () => {
    const venue = bench();
    expect(amend(venue, { newQty: 3, newClientOrderId: 'old' })).toMatchObject({
      amendedOrder: { clientOrderId: 'old' },
    });
    const again = amend(venue, { newQty: 2 }) as { amendedOrder: { clientOrderId: string } };
    expect(again.amendedOrder.clientOrderId).toMatch(/^[A-Za-z0-9]{22}$/);
  });

  it.each([
    [{ newQty: 6 }, '-2038 Order amend (quantity increase) is not supported.'],
    [{ newQty: 5 }, '-2038 The requested action would change no state; rejecting'],
    [{ newQty: 3, origClientOrderId: 'nobody' }, '-2038 Unknown order sent.'],
    [{ newQty: '3.000001' }, '-1013 Filter failure: LOT_SIZE'],
  ])('with %j is refused: %s', (params, refusal) => {
    const venue = bench();
    expect(venue.refusal(() => amend(venue, params))).toBe(refusal);
    expect(venue.told()).toEqual([]);
  });

  it('can be made ten times (MAX_NUM_ORDER_AMENDS), each on record', () => {
    const venue = bench();
    const keep = { newClientOrderId: 'old' };
    for (let i = 1; i <= 10; i++) amend(venue, { newQty: 5 - i / 10, ...keep });
    expect(venue.refusal(() => amend(venue, { newQty: 1, ...keep }))).toBe(
      '-2038 Filter failure: MAX_NUM_ORDER_AMENDS',
    );
    const records = venue.call('GET /api/v3/order/amendments', { symbol: 'BTCUSDT', orderId: 1 });
    expect(records).toHaveLength(10);
    expect(records).toMatchObject({
      0: { origQty: '5.00000000', newQty: '4.90000000' },
      9: { newQty: '4.00000000' },
    });
  });

  it('of one order of an OCO shrinks both, and tells a new name by listStatus UPDATED', () => {
    const venue = new SpotBench().quote(99, 100);
    venue.call('POST /api/v3/orderList/oco', {
      symbol: 'BTCUSDT',
      side: 'SELL',
      quantity: 1,
      aboveType: 'LIMIT_MAKER',
      abovePrice: 110,
      aboveClientOrderId: 'old',
      belowType: 'STOP_LOSS',
      belowStopPrice: 90,
      belowClientOrderId: 'stop',
    });
    venue.told();
    const answer = amend(venue, { newQty: '0.5', newClientOrderId: 'new' });
    expect(answer).toMatchObject({
      listStatus: { orderListId: 0n, orders: [{ clientOrderId: 'stop' }, { clientOrderId: 'new' }] },
    });
    expect(venue.told()).toEqual([
      'REPLACED/NEW new',
      'REPLACED/NEW stop',
      'listStatus UPDATED',
      'outboundAccountPosition',
    ]);
    expect(venue.balance('BTC')).toEqual(['0.50000000', '0.50000000']);
    venue.quote(90, 91);
    expect(venue.balance('BTC')).toEqual(['0.50000000', '0.00000000']);
  });
});
