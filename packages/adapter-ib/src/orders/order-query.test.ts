import { describe, expect, it } from 'vitest';
import { OrderBench, orderRequest } from './testing/order-bench.js';

const ref = { id: 'j1-0abc-1-e', symbol: 'ES' };
const E = '0001f4e8.652d1a2b.01';

describe('an order of an earlier process', () => {
  it('is found at work, with its trades of the day', async () => {
    const bench = new OrderBench();
    bench.open = [{ orderId: 40, ref: ref.id, filled: 1 }];
    bench.executions = [{ execId: `${E}.01`, orderId: 40, ref: ref.id }];
    await bench.connect();
    expect(await bench.orders.query(ref)).toMatchObject({
      outcome: 'found',
      report: {
        id: ref.id,
        venueId: '7.40.940',
        state: 'partially-filled',
        quantity: 2,
        filled: 1,
        averagePrice: 4500,
      },
      fills: [{ id: ref.id, tradeId: E, quantity: 1, remaining: 1, commission: 2.25 }],
    });
  });

  // Completed orders tell no order id, no client id and no quantity: rust-ibapi issue 220, hadrianl/ibapi issue 18.
  it.each([
    ['Filled', 2, 'filled'],
    ['Cancelled', 0, 'cancelled'],
    ['Inactive', 0, 'rejected'],
  ])('is found completed: %s', async (status, filled, state) => {
    const bench = new OrderBench();
    bench.completed = [{ orderId: 40, ref: ref.id, status, filled }];
    bench.executions = filled === 0 ? [] : [{ execId: `${E}.01`, orderId: 40, ref: ref.id, shares: filled }];
    await bench.connect();
    expect(await bench.orders.query(ref)).toMatchObject({
      outcome: 'found',
      report: { state, filled },
      fills: filled === 0 ? [] : [{ quantity: filled, remaining: 0 }],
    });
  });

  it('is found under another client id, too, where it can be neither changed nor cancelled', async () => {
    const bench = new OrderBench();
    bench.open = [{ orderId: 40, clientId: 3, ref: ref.id }];
    bench.executions = [{ execId: `${E}.01`, orderId: 40, clientId: 3, ref: ref.id }];
    await bench.connect();
    expect(await bench.orders.query(ref)).toMatchObject({
      outcome: 'found',
      report: { venueId: '3.40.940', state: 'partially-filled' },
      fills: [{ tradeId: E }],
    });
    expect(await bench.orders.cancel(ref)).toMatchObject({ outcome: 'rejected', code: 'OTHER_CLIENT' });
    expect(bench.cancelled).toEqual([]);
  });

  it('that has ended before is not told as news, neither at once nor after a reconnect', async () => {
    const bench = new OrderBench();
    bench.completed = [
      { orderId: 40, ref: ref.id, status: 'Cancelled', filled: 1 },
      { orderId: 41, ref: 'j1-0abc-2-e', status: 'Cancelled' },
    ];
    bench.executions = [{ execId: `${E}.01`, orderId: 40, ref: ref.id }];
    await bench.connect();
    expect(await bench.orders.query({ ...ref, id: 'j1-0abc-2-e' })).toMatchObject({ outcome: 'found' });
    expect(await bench.orders.query(ref)).toMatchObject({
      outcome: 'found',
      report: { state: 'cancelled', filled: 1 },
    });
    await bench.reconnect();
    await bench.pass(10_000);
    expect(bench.events).toEqual([]);
  });

  it('is found by its permanent id where it has no mark', async () => {
    const bench = new OrderBench();
    bench.open = [{ orderId: 40, permId: 4_711, ref: ref.id }];
    await bench.connect();
    const found = await bench.orders.query({ ...ref, venueId: '7.40.4711' });
    expect(found).toMatchObject({ outcome: 'found', report: { venueId: '7.40.4711' } });
  });
});

describe('an order that TWS counts more trades of than it lists', () => {
  it('is half a truth for a while, and then what it is: trades of an earlier day are never listed', async () => {
    const bench = new OrderBench();
    bench.completed = [{ orderId: 40, ref: ref.id, status: 'Filled', filled: 2 }];
    await bench.connect();
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'unknown' });
    await bench.pass(30_000);
    expect(await bench.orders.query(ref)).toMatchObject({
      outcome: 'found',
      report: { filled: 2 },
      fills: [],
    });
  });
});

describe('an order of this process', () => {
  it('is found after its end, though TWS has forgotten the day', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.trade({ execId: `${E}.01`, orderId, shares: 2 });
    await bench.pass(86_400_000);
    expect(await bench.orders.query(ref)).toMatchObject({
      outcome: 'found',
      report: { state: 'filled', filled: 2, averagePrice: 4500 },
      fills: [{ tradeId: E }],
    });
  });

  it('that works and is in no list for a moment is unknown', async () => {
    const bench = await OrderBench.connected();
    await bench.works();
    await bench.pass(10_000);
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'unknown' });
  });

  it('is told as an event, too, when the question finds a trade that was never told', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.executions = [{ execId: `${E}.01`, orderId, shares: 2 }];
    bench.completed = [{ orderId, ref: ref.id, status: 'Filled', filled: 2 }];
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'found', fills: [{ commission: 2.25 }] });
    expect(bench.events.map(({ type }) => type)).toEqual(['accepted', 'fill']);
  });
});

describe('many questions at once', () => {
  it('share the lists of TWS', async () => {
    const bench = await OrderBench.connected();
    await bench.pass(10_000);
    const before = bench.line.sent.length;
    const answers = await Promise.all(
      Array.from({ length: 50 }, (_, i) => bench.orders.query({ id: `j1-0abc-${i}-x`, symbol: 'ES' })),
    );
    expect(new Set(answers.map(({ outcome }) => outcome))).toEqual(new Set(['absent']));
    expect(bench.line.sent.length - before).toBeLessThanOrEqual(6);
  });
});

describe('a margin check', () => {
  it('tells margin and commission, and leaves no order', async () => {
    const bench = await OrderBench.connected();
    const answer = bench.orders.whatIf({ symbol: 'ES', side: 'buy', quantity: 1 });
    const { id, order } = bench.placed.at(-1)!;
    expect(order).toMatchObject({ whatIf: true, orderType: 'MKT', totalQuantity: 1 });
    bench.whatIf(id, {
      initMarginChange: 12_980,
      maintMarginChange: 11_800,
      commission: 2.25,
      commissionCurrency: 'USD',
    });
    expect(await answer).toEqual({
      outcome: 'known',
      initialMargin: 12_980,
      maintenanceMargin: 11_800,
      commission: 2.25,
      commissionCurrency: 'USD',
      warning: '',
    });
    expect(bench.events).toEqual([]);
    expect(await bench.orders.openOrders()).toEqual([]);
  });

  it('tells a missing permission, and is unknown without an answer', async () => {
    const bench = await OrderBench.connected();
    const refused = bench.orders.whatIf({ symbol: 'ES', side: 'buy', quantity: 1 });
    bench.line.notice(bench.placed.at(-1)!.id, 460, 'No trading permissions.');
    expect(await refused).toEqual({ outcome: 'refused', code: '460', detail: 'No trading permissions.' });
    const late = bench.orders.whatIf({ symbol: 'ES', side: 'buy', quantity: 1 });
    bench.whatIf(bench.placed.at(-1)!.id, { initMarginChange: undefined });
    await bench.pass(4_000);
    expect(await late).toMatchObject({ outcome: 'unknown' });
  });

  it('never places an order: each has an id of its own', async () => {
    const bench = await OrderBench.connected();
    void bench.orders.whatIf({ symbol: 'ES', side: 'buy', quantity: 1 });
    void bench.orders.submit(orderRequest());
    expect(new Set(bench.placed.map(({ id }) => id)).size).toBe(2);
  });
});
