import type { FillEvent, OrderEvent } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { OrderBench, orderRequest, settled } from './testing/order-bench.js';

const fills = (events: readonly OrderEvent[]): readonly FillEvent[] =>
  events.filter((event): event is FillEvent => event.type === 'fill');
const types = (events: readonly OrderEvent[]): readonly string[] => events.map(({ type }) => type);
const E = '0001f4e8.652d1a2b.01';

describe('fills lost around a loss of connectivity (1100)', () => {
  it('are asked for when TWS reaches IB again, and told once', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.executions = [
      { execId: `${E}.01`, orderId },
      { execId: '0001f4e8.652d1a2c.01.01', orderId },
    ];
    bench.completed = [{ orderId, ref: 'j1-0abc-1-e', status: 'Filled', filled: 2 }];
    await bench.connect({ first: false });
    expect(fills(bench.events).map(({ tradeId, remaining }) => [tradeId, remaining])).toEqual([
      [E, 1],
      ['0001f4e8.652d1a2c.01', 0],
    ]);
    await bench.connect({ first: false });
    bench.trade({ execId: `${E}.01`, orderId });
    await bench.pass(2_000);
    expect(fills(bench.events)).toHaveLength(2);
  });

  it('come before the end that they explain', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.executions = [{ execId: `${E}.01`, orderId }];
    bench.completed = [{ orderId, ref: 'j1-0abc-1-e', status: 'Cancelled', filled: 1 }];
    await bench.connect({ first: false });
    expect(types(bench.events)).toEqual(['accepted', 'fill', 'cancelled']);
  });

  it('of before this process are not told again as news', async () => {
    const bench = new OrderBench();
    bench.executions = [{ execId: `${E}.01`, orderId: 3, ref: 'j1-0abc-0-e' }];
    await bench.connect();
    await bench.reconnect();
    await bench.pass(2_000);
    expect(bench.events).toEqual([]);
  });
});

describe('a Gateway restart that rolls nextValidId back', () => {
  it('gives no id that this process has used', async () => {
    const bench = await OrderBench.connected();
    const first = await bench.works();
    bench.line.close('restart');
    await bench.reconnect(1);
    void bench.orders.submit(orderRequest({ id: 'j1-0abc-2-e' }));
    expect(bench.placed.at(-1)?.id).toBeGreaterThan(first);
  });

  it('gives no id of an order or a trade that TWS shows, nor of one that core has kept', async () => {
    const bench = new OrderBench();
    bench.open = [{ orderId: 41, ref: 'j1-0abc-0-e' }];
    bench.executions = [{ execId: `${E}.01`, orderId: 57, ref: 'j1-0abc-00-e' }];
    await bench.connect();
    await bench.orders.query({ id: 'j1-0abc-x-e', symbol: 'ES', venueId: '7.63.1' });
    void bench.orders.submit(orderRequest());
    expect(bench.placed.at(-1)?.id).toBe(64);
  });

  it('does not count ids of other clients as ours', async () => {
    const bench = new OrderBench();
    bench.open = [{ orderId: 5_000, clientId: 3, ref: 'other' }];
    await bench.connect();
    void bench.orders.submit(orderRequest());
    expect(bench.placed.at(-1)?.id).toBe(1);
  });
});

describe('a duplicate order id (103)', () => {
  it('is a certain rejection, and the next order gets an id far above', async () => {
    const bench = await OrderBench.connected();
    const answer = bench.orders.submit(orderRequest());
    bench.line.notice(1, 103, 'Duplicate order id');
    expect(await answer).toMatchObject({ outcome: 'rejected', code: '103' });
    void bench.orders.submit(orderRequest({ id: 'j1-0abc-2-e' }));
    expect(bench.placed.at(-1)?.id).toBeGreaterThan(1_000);
  });
});

describe('a cancel that TWS cannot carry out', () => {
  it('10147, not found: the cancel is answered and the end is found out', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.completed = [{ orderId, ref: 'j1-0abc-1-e', status: 'Cancelled' }];
    const answer = bench.orders.cancel({ id: 'j1-0abc-1-e', symbol: 'ES' });
    await settled();
    bench.line.notice(orderId, 10_147, `OrderId ${orderId} that needs to be cancelled is not found.`);
    expect(await answer).toMatchObject({ outcome: 'rejected', code: '10147' });
    await settled();
    expect(types(bench.events)).toEqual(['accepted', 'cancelled']);
  });

  it('10148, already filled: the trade that nobody told of is told', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.executions = [{ execId: `${E}.01`, orderId, shares: 2 }];
    const answer = bench.orders.cancel({ id: 'j1-0abc-1-e', symbol: 'ES' });
    await settled();
    bench.line.notice(
      orderId,
      10_148,
      `OrderId ${orderId} that needs to be cancelled cannot be cancelled, state: Filled.`,
    );
    expect(await answer).toMatchObject({ outcome: 'rejected', code: '10148' });
    await settled();
    expect(fills(bench.events)).toMatchObject([{ quantity: 2, remaining: 0 }]);
  });

  it('of an order that TWS does not show at all is refused without a message', async () => {
    const bench = await OrderBench.connected();
    expect(await bench.orders.cancel({ id: 'nobody', symbol: 'ES' })).toMatchObject({
      outcome: 'rejected',
      code: 'NOT_FOUND',
    });
    expect(bench.cancelled).toEqual([]);
  });
});

describe('a timeout that others read as an empty snapshot', () => {
  it.each(['open', 'completed', 'executions'] as const)(
    'an order is not absent while the list of %s is missing',
    async (list) => {
      const bench = await OrderBench.connected();
      await bench.pass(60_000);
      bench[list] = undefined;
      const answer = bench.orders.query({ id: 'j1-0abc-9-e', symbol: 'ES' });
      await settled();
      bench.line.close('half-open');
      expect(await answer).toMatchObject({ outcome: 'unknown' });
    },
  );

  it('is absent when all three have come whole and hold nothing, a while after the line stood', async () => {
    const bench = await OrderBench.connected();
    const ref = { id: 'j1-0abc-9-e', symbol: 'ES' };
    await bench.pass(4_999);
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'unknown' });
    await bench.pass(1);
    expect(await bench.orders.query(ref)).toEqual({ outcome: 'absent' });
  });

  it('is unknown while an order that was sent may still be on its way, also over the next line', async () => {
    const bench = await OrderBench.connected();
    await bench.pass(60_000);
    const submitted = bench.orders.submit(orderRequest());
    bench.line.close('reset');
    expect(await submitted).toMatchObject({ outcome: 'unknown' });
    await bench.reconnect();
    const ref = { id: 'j1-0abc-1-e', symbol: 'ES' };
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'unknown' });
    await bench.pass(5_000);
    expect(await bench.orders.query(ref)).toEqual({ outcome: 'absent' });
  });

  it('refuses to show open orders while TWS does not reach IB', async () => {
    const bench = await OrderBench.connected();
    bench.reachesVenue = false;
    await expect(bench.orders.openOrders()).rejects.toThrow('TWS does not reach IB');
    expect(await bench.orders.query({ id: 'x', symbol: 'ES' })).toMatchObject({ outcome: 'unknown' });
  });
});

describe('a change during a loss of connectivity, which has left two live orders', () => {
  it('is refused before anything is sent, as are new orders and cancels', async () => {
    const bench = await OrderBench.connected();
    await bench.works();
    const before = bench.line.sent.length;
    bench.reachesVenue = false;
    const ref = { id: 'j1-0abc-1-e', symbol: 'ES' };
    for (const answer of [
      bench.orders.amend(orderRequest({ price: 4499 }), ref),
      bench.orders.submit(orderRequest({ id: 'j1-0abc-2-e' })),
      bench.orders.cancel(ref),
    ])
      expect(await answer).toMatchObject({ outcome: 'rejected', code: 'LINE_DOWN' });
    expect(bench.line.sent).toHaveLength(before);
  });

  it('that has happened all the same shows the second order as a foreign one, and a person is told', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.open = [
      { orderId, permId: 900 + orderId },
      { orderId, permId: 12_345, order: { lmtPrice: 4499 } },
    ];
    const reports = await bench.orders.openOrders();
    expect(reports.map(({ id, price }) => [id, price])).toEqual([
      ['j1-0abc-1-e', 4500],
      ['tws-12345', 4499],
    ]);
    expect(bench.notes.join()).toMatch(/twice, as 901 and as 12345/);
    expect(types(bench.events)).toEqual(['accepted']);
  });
});

describe('orders of other clients and by hand', () => {
  it('are shown with a name of their own, and nothing is told of them', async () => {
    const bench = await OrderBench.connected();
    bench.open = [
      { orderId: 12, clientId: 3, permId: 77, ref: 'j1-0abc-1-e' },
      { orderId: 0, clientId: 0, permId: 78, ref: '' },
      { orderId: 13, clientId: 3, permId: 79, account: 'DU2' },
    ];
    expect((await bench.orders.openOrders()).map(({ id }) => id)).toEqual(['tws-77', 'tws-78']);
    bench.trade({ execId: `${E}.01`, orderId: 12, clientId: 3, permId: 77, ref: 'other' });
    await bench.pass(2_000);
    expect(bench.events).toEqual([]);
  });

  it('with an order id like one of ours change nothing of ours', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.status({ orderId, clientId: 3, permId: 5_555, status: 'Cancelled' });
    expect(types(bench.events)).toEqual(['accepted']);
  });
});

describe('another account of the same login', () => {
  it('has orders and trades that are not ours, though their client is: its order ids are used up', async () => {
    const bench = await OrderBench.connected();
    bench.shows({ orderId: 30, permId: 80, ref: 'j1-0abc-7-e', account: 'DU2' });
    bench.trade({ execId: `${E}.01`, orderId: 30, permId: 80, ref: 'j1-0abc-7-e', account: 'DU2' });
    bench.status({ orderId: 30, permId: 80, status: 'Cancelled' });
    await bench.pass(2_000);
    expect(bench.events).toEqual([]);
    expect(await bench.orders.cancel({ id: 'j1-0abc-7-e', symbol: 'ES' })).toMatchObject({
      code: 'NOT_FOUND',
    });
  });
});

describe('partial fills around a cancel', () => {
  it('the end waits for the trade that it counts', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    void bench.orders.cancel({ id: 'j1-0abc-1-e', symbol: 'ES' });
    await settled();
    bench.line.notice(orderId, 202, 'Order Canceled - reason:');
    bench.status({ orderId, status: 'Cancelled', filled: 1 });
    expect(types(bench.events)).toEqual(['accepted']);
    bench.trade({ execId: `${E}.01`, orderId });
    expect(types(bench.events)).toEqual(['accepted', 'fill', 'cancelled']);
  });

  it('a trade that does not come is asked for', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.status({ orderId, status: 'Cancelled', filled: 1 });
    bench.executions = [{ execId: `${E}.01`, orderId }];
    await bench.pass(1_500);
    expect(types(bench.events)).toEqual(['accepted', 'fill', 'cancelled']);
  });

  it('a trade that comes after the end is money, and told', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.status({ orderId, status: 'Cancelled' });
    bench.trade({ execId: `${E}.01`, orderId });
    expect(types(bench.events)).toEqual(['accepted', 'cancelled', 'fill']);
  });
});

describe('late, doubled and corrected executions', () => {
  it('are told once, and a correction is noted', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.trade({ execId: `${E}.01`, orderId });
    bench.trade({ execId: `${E}.01`, orderId });
    bench.trade({ execId: `${E}.02`, orderId, price: 4501 });
    bench.trade({ execId: `${E}.02`, orderId, price: 4501 });
    expect(fills(bench.events)).toMatchObject([{ tradeId: E, price: 4500 }]);
    expect(bench.notes).toHaveLength(1);
    expect(bench.notes[0]).toMatch(/corrected from 1 at 4500 to 1 at 4501/);
  });

  it('wait for their commission, for a while', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.execution({ execId: `${E}.01`, orderId });
    expect(fills(bench.events)).toEqual([]);
    bench.commission(`${E}.01`, 2.25);
    expect(fills(bench.events)).toMatchObject([{ commission: 2.25, profit: 0 }]);
    bench.execution({ execId: '0001f4e8.652d1a2c.01.01', orderId });
    await bench.pass(1_000);
    expect(fills(bench.events)).toMatchObject([{}, { commission: 0, remaining: 0 }]);
  });
});
