import { describe, expect, it } from 'vitest';
import { OrderBench, orderRequest, settled } from './testing/order-bench.js';

const ref = { id: 'j1-0abc-1-e', symbol: 'ES' };
const types = ({ events }: OrderBench): readonly string[] => events.map(({ type }) => type);

describe('what TWS tells of an order', () => {
  // TWS API documentation, orderStatus: "Typically there are duplicate orderStatus messages".
  it('twice and again is told once', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    for (let i = 0; i < 3; i++) bench.shows({ orderId });
    bench.status({ orderId, status: 'Filled', filled: 2 });
    bench.trade({ execId: '0001.1.01.01', orderId, shares: 2 });
    bench.status({ orderId, status: 'Filled', filled: 2 });
    bench.shows({ orderId });
    expect(types(bench)).toEqual(['accepted', 'fill']);
  });

  it('in the wrong order is put right: the status Filled before its trades', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.status({ orderId, status: 'Filled', filled: 2 });
    bench.status({ orderId, status: 'Submitted', filled: 1 });
    bench.trade({ execId: '0001.2.01.01', orderId });
    bench.trade({ execId: '0001.1.01.01', orderId });
    const remaining = bench.events.map((event) => (event.type === 'fill' ? event.remaining : event.type));
    expect(remaining).toEqual(['accepted', 1, 0]);
  });

  // orderStatus, filled: "The number of filled positions." Nothing else says that a change came just before the trade.
  it('of a trade that a change without an answer had made the whole order is its end', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    const answer = bench.orders.amend(orderRequest({ quantity: 1 }), ref);
    await settled();
    bench.trade({ execId: '0001.1.01.01', orderId });
    bench.status({ orderId, status: 'Filled', filled: 1 });
    expect(await answer).toMatchObject({ outcome: 'rejected', code: 'FILLED' });
    expect(types(bench)).toEqual(['accepted', 'fill', 'cancelled']);
  });

  it('of a status that nobody knows changes nothing', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.status({ orderId, status: 'Unknown' });
    bench.status({ orderId, status: 'Blocked' });
    expect(types(bench)).toEqual(['accepted']);
  });
});

describe('a stop', () => {
  const stop = orderRequest({ type: 'stop', price: 4510 });
  const order = { orderType: 'STP' as never, auxPrice: 4510 };

  // TWS API documentation, orderStatus: whyHeld; PreSubmitted "until the order trigger conditions are met".
  it('is triggered when it goes from held to submitted', async () => {
    const bench = await OrderBench.connected();
    void bench.orders.submit(stop);
    bench.shows({ orderId: 1, status: 'PreSubmitted', whyHeld: 'trigger', order });
    bench.shows({ orderId: 1, status: 'Submitted', order });
    bench.shows({ orderId: 1, status: 'Submitted', order });
    expect(types(bench)).toEqual(['accepted', 'triggered']);
  });

  it('that the exchange holds itself is not triggered by being there', async () => {
    const bench = await OrderBench.connected();
    void bench.orders.submit(stop);
    bench.shows({ orderId: 1, status: 'Submitted', order });
    bench.shows({ orderId: 1, status: 'Submitted', order });
    expect(types(bench)).toEqual(['accepted']);
  });

  it('that trails tells where it stands now', async () => {
    const bench = await OrderBench.connected();
    void bench.orders.submit(
      orderRequest({ type: 'trailing-stop', price: undefined, trail: 10, side: 'sell' }),
    );
    const trail = { orderType: 'TRAIL' as never, action: 'SELL' as never, auxPrice: 10 };
    bench.shows({ orderId: 1, status: 'PreSubmitted', order: { ...trail, trailStopPrice: 4490 } });
    bench.shows({ orderId: 1, status: 'PreSubmitted', order: { ...trail, trailStopPrice: 4495 } });
    expect(bench.events.filter(({ type }) => type === 'replaced')).toMatchObject([
      { price: 4490 },
      { price: 4495 },
    ]);
  });
});

describe('how an order ended', () => {
  const ends = async (given: Parameters<typeof orderRequest>[0], open: boolean, asked = false) => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works(orderRequest(given));
    bench.isOpen = open;
    if (asked) {
      void bench.orders.cancel(ref);
      await settled();
    }
    bench.line.notice(orderId, 202, 'Order Canceled - reason:');
    bench.status({ orderId, status: 'Cancelled' });
    return bench.events.at(-1);
  };

  // TWS has no status for it: OrderStatus of the TWS API documentation lists Cancelled only.
  it('is expired for an order of the day when the market has closed', async () => {
    expect(await ends({ timeInForce: 'DAY' }, false)).toMatchObject({ type: 'expired' });
  });

  it('is cancelled for an order of the day while the market is open', async () => {
    expect(await ends({ timeInForce: 'DAY' }, true)).toMatchObject({ type: 'cancelled' });
  });

  it('is cancelled where we asked for it, and for an order without a day', async () => {
    expect(await ends({ timeInForce: 'DAY' }, false, true)).toMatchObject({ type: 'cancelled' });
    expect(await ends({ timeInForce: 'GTC' }, false)).toMatchObject({ type: 'cancelled' });
  });

  it('is expired for one whose time is over, and not before', async () => {
    const goodTill = Date.UTC(2023, 9, 16, 14, 30);
    expect(await ends({ timeInForce: 'GTD', goodTill }, true)).toMatchObject({ type: 'expired' });
    const later = { timeInForce: 'GTD', goodTill: goodTill + 60_000 } as const;
    expect(await ends(later, true)).toMatchObject({ type: 'cancelled' });
  });

  it('has the reason that TWS gives', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.line.notice(orderId, 202, 'Order Canceled - reason:Cancelled by trader');
    bench.status({ orderId, status: 'Cancelled' });
    expect(bench.events.at(-1)).toMatchObject({ type: 'cancelled', reason: 'Cancelled by trader' });
  });

  it('is told by 202 alone when no status follows', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.line.notice(orderId, 202, 'Order Canceled - reason:');
    await bench.pass(1_500);
    expect(types(bench)).toEqual(['accepted', 'cancelled']);
  });

  // ib_insync, issue 363: Inactive can still trade, as when shares are looked for; "Inactive" without an error proves nothing.
  it('is not told by Inactive without an error, but by Inactive after a refusal', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.shows({ orderId, status: 'Inactive' });
    await bench.pass(10_000);
    expect(types(bench)).toEqual(['accepted']);
    bench.line.notice(orderId, 201, 'Order rejected - reason:Margin');
    bench.status({ orderId, status: 'Inactive' });
    expect(bench.events.at(-1)).toMatchObject({
      type: 'rejected',
      code: '201',
      detail: 'Order rejected - reason:Margin',
    });
  });
});

describe('the time of a trade', () => {
  it('is not before the news of its order that were told in the same second', async () => {
    const bench = await OrderBench.connected();
    await bench.pass(379);
    const orderId = await bench.works();
    bench.trade({ execId: '0001.1.01.01', orderId, time: '20231016 14:30:00 UTC' });
    bench.trade({ execId: '0001.2.01.01', orderId, time: '20231016 14:29:58 UTC' });
    const start = Date.UTC(2023, 9, 16, 14, 30);
    expect(bench.events.map(({ time }) => time - start)).toEqual([379, 379, -2_000]);
  });

  it('is not before that of an acceptance which came when the next second had begun', async () => {
    const bench = await OrderBench.connected();
    await bench.pass(1_000.25);
    const orderId = await bench.works();
    bench.trade({ execId: '0001.1.01.01', orderId, time: '20231016 14:30:00 UTC' });
    const [accepted, fill] = bench.events;
    expect(fill).toMatchObject({ type: 'fill', time: accepted?.time });
  });
});

describe('what a trade cost and brought', () => {
  // What TWS realises is after the commissions of both ends (TWS API, CommissionReport); a fill's profit is before any.
  it('is profit before commission, so that none counts twice', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.execution({ execId: '0001.1.01.01', orderId, shares: 2 });
    bench.commission('0001.1.01.01', 4.5, 0);
    const exit = await bench.works(orderRequest({ id: 'j1-0abc-2-x', side: 'sell', quantity: 1 }));
    bench.execution({ execId: '0001.2.01.01', orderId: exit, side: 'SLD', price: 4510 });
    // One of two: 10 points of 50 USD, less 2.25 for each end.
    bench.commission('0001.2.01.01', 2.25, 500 - 2.25 - 2.25);
    expect(bench.events.filter(({ type }) => type === 'fill')).toMatchObject([
      { commission: 4.5, profit: 0 },
      { commission: 2.25, profit: 500 },
    ]);
  });

  it('is in the account’s currency, and a missing rate is told', async () => {
    const bench = await OrderBench.connected({ rate: (currency) => (currency === 'EUR' ? 1.1 : undefined) });
    const orderId = await bench.works();
    bench.execution({ execId: '0001.1.01.01', orderId });
    bench.commission('0001.1.01.01', 2, 0, 'EUR');
    bench.execution({ execId: '0001.2.01.01', orderId });
    bench.commission('0001.2.01.01', 2, 0, 'JPY');
    expect(bench.events.filter(({ type }) => type === 'fill')).toMatchObject([
      { commission: 2.2 },
      { commission: 2 },
    ]);
    expect(bench.notes.join()).toMatch(/JPY/);
  });
});
