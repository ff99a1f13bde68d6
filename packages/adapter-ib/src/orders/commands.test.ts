import { describe, expect, it } from 'vitest';
import { OrderBench, orderRequest, settled } from './testing/order-bench.js';

const ref = { id: 'j1-0abc-1-e', symbol: 'ES' };

describe('an order that is placed', () => {
  it.each(['PreSubmitted', 'Submitted', 'Filled'])('is accepted when TWS says %s', async (status) => {
    const bench = await OrderBench.connected();
    const answer = bench.orders.submit(orderRequest());
    bench.shows({ orderId: 1, status });
    expect(await answer).toEqual({ outcome: 'accepted', venueId: '7.1.901' });
  });

  it.each(['PendingSubmit', 'ApiPending', 'Inactive'])(
    'has no answer yet when TWS says %s, and is unknown after a while',
    async (status) => {
      const bench = await OrderBench.connected();
      const answer = bench.orders.submit(orderRequest());
      bench.shows({ orderId: 1, status });
      await bench.pass(4_000);
      expect(await answer).toMatchObject({ outcome: 'unknown' });
      expect(bench.placed).toHaveLength(1);
      expect(bench.events).toEqual([]);
    },
  );

  it.each([
    [110, 'The price does not conform to the minimum price variation for this contract.'],
    [201, 'Order rejected - reason:Insufficient funds'],
    [203, 'The security is not available or allowed for this account.'],
    [321, "Error validating request.-'bO' : cause - The API interface is currently in Read-Only mode."],
    [434, 'The order size cannot be zero.'],
    [461, 'You must enter a valid value.'],
  ])('is rejected for certain with code %i', async (code, text) => {
    const bench = await OrderBench.connected();
    const answer = bench.orders.submit(orderRequest());
    bench.line.notice(1, code, text);
    expect(await answer).toEqual({ outcome: 'rejected', code: String(code), detail: text });
    bench.shows({ orderId: 1, status: 'Inactive' });
    await bench.pass(5_000);
    expect(bench.events).toEqual([]);
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'found', report: { state: 'rejected' } });
  });

  it.each([
    [
      399,
      'Order Message: your order will not be placed at the exchange until 2023-10-16 17:00:00 US/Central',
    ],
    [2109, "Attention: 'Outside Regular Trading Hours' is ignored based on the order type and destination."],
    [10349, 'Order TIF was set to DAY based on order preset.'],
  ])('lives on after the warning %i', async (code, text) => {
    const bench = await OrderBench.connected();
    const answer = bench.orders.submit(orderRequest());
    bench.line.notice(1, code, text);
    bench.shows({ orderId: 1, status: 'PreSubmitted' });
    expect(await answer).toMatchObject({ outcome: 'accepted' });
    expect(bench.events.map(({ type }) => type)).toEqual(['accepted']);
    expect(bench.notes).toHaveLength(1);
  });

  it('is proved by its trade, whatever else is late', async () => {
    const bench = await OrderBench.connected();
    const answer = bench.orders.submit(orderRequest());
    bench.trade({ execId: '0001.1.01.01', orderId: 1, shares: 2 });
    expect(await answer).toMatchObject({ outcome: 'accepted' });
  });

  it('is never sent twice', async () => {
    const bench = await OrderBench.connected();
    void bench.orders.submit(orderRequest());
    expect(await bench.orders.submit(orderRequest())).toMatchObject({ outcome: 'unknown' });
    expect(bench.placed).toHaveLength(1);
  });

  it('that could not leave is rejected, and its id is free again', async () => {
    const bench = await OrderBench.connected();
    bench.line.takes = false;
    expect(await bench.orders.submit(orderRequest())).toMatchObject({
      outcome: 'rejected',
      code: 'LINE_DOWN',
    });
    bench.line.takes = true;
    await bench.works();
    expect(bench.placed).toHaveLength(1);
  });

  it('is unknown when the line ends before the answer, and told by the next line', async () => {
    const bench = await OrderBench.connected();
    const answer = bench.orders.submit(orderRequest());
    bench.line.close('reset by peer');
    expect(await answer).toEqual({ outcome: 'unknown', detail: 'reset by peer' });
    bench.open = [{ orderId: 1, ref: ref.id }];
    await bench.reconnect();
    expect(bench.events).toMatchObject([{ type: 'accepted', id: ref.id, venueId: '7.1.901' }]);
    expect(await bench.orders.query(ref)).toMatchObject({ outcome: 'found', report: { state: 'accepted' } });
  });

  it('is refused unsent for what is not traded, or cannot be', async () => {
    const bench = await OrderBench.connected();
    const other = await bench.orders.submit(orderRequest({ symbol: 'NQ' }));
    expect(other).toMatchObject({ outcome: 'rejected', code: 'UNKNOWN_INSTRUMENT' });
    const reducing = await bench.orders.submit(orderRequest({ reduceOnly: true }));
    expect(reducing).toMatchObject({ outcome: 'rejected', code: 'UNSUPPORTED_ORDER' });
    expect(bench.placed).toEqual([]);
  });
});

describe('an amendment', () => {
  const amended = orderRequest({ id: 'j1-0abc-2-e', price: 4499 });

  it('is the same order id with another price, accepted when TWS shows it at work', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    const answer = bench.orders.amend(amended, ref);
    await settled();
    expect(bench.placed.at(-1)).toMatchObject({ id: orderId, order: { lmtPrice: 4499, orderRef: ref.id } });
    bench.openOrder({ orderId, status: 'PendingSubmit', order: { lmtPrice: 4499 } });
    bench.shows({ orderId, order: { lmtPrice: 4499 } });
    expect(await answer).toMatchObject({ outcome: 'accepted' });
    bench.shows({ orderId, order: { lmtPrice: 4499 } });
    expect(bench.events).toMatchObject([
      { type: 'accepted' },
      { type: 'replaced', quantity: 2, price: 4499 },
    ]);
  });

  it.each([
    [104, 'Cannot modify a filled order.'],
    [105, 'Order being modified does not match original order.'],
    [110, 'The price does not conform to the minimum price variation for this contract.'],
    [201, 'Order rejected - reason:'],
    [10326, 'OCA group revision is not allowed.'],
    [135, "Can't find order with id = 4"],
  ])('that is refused with %i leaves the order as it was', async (code, text) => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    const answer = bench.orders.amend(amended, ref);
    await settled();
    bench.open = [{ orderId }];
    bench.line.notice(orderId, code, text);
    expect((await answer).outcome).not.toBe('accepted');
    await bench.pass(5_000);
    expect(bench.events.map(({ type }) => type)).toEqual(['accepted']);
    expect(await bench.orders.openOrders()).toMatchObject([{ id: ref.id, price: 4500 }]);
  });

  it('that was answered late does not end the order either', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    const answer = bench.orders.amend(amended, ref);
    await settled();
    await bench.pass(4_000);
    expect(await answer).toMatchObject({ outcome: 'unknown' });
    bench.open = [{ orderId }];
    bench.line.notice(orderId, 201, 'Order rejected - reason:');
    await bench.pass(60_000);
    expect(bench.events.map(({ type }) => type)).toEqual(['accepted']);
  });

  it('of an order that has ended, or of none, is rejected unsent', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.trade({ execId: '0001.1.01.01', orderId, shares: 2 });
    const sent = bench.placed.length;
    expect(await bench.orders.amend(amended, ref)).toMatchObject({ outcome: 'rejected', code: 'ENDED' });
    expect(await bench.orders.amend(amended, { id: 'nobody', symbol: 'ES' })).toMatchObject({
      outcome: 'rejected',
    });
    expect(bench.placed).toHaveLength(sent);
  });

  it('of an order of an earlier process works by what TWS shows of it', async () => {
    const bench = new OrderBench();
    bench.open = [{ orderId: 40, ref: ref.id }];
    await bench.connect();
    const answer = bench.orders.amend(amended, { ...ref, venueId: '7.40.940' });
    await settled();
    expect(bench.placed.at(-1)).toMatchObject({ id: 40, order: { lmtPrice: 4499, orderRef: ref.id } });
    bench.shows({ orderId: 40, ref: ref.id, order: { lmtPrice: 4499 } });
    expect(await answer).toMatchObject({ outcome: 'accepted' });
  });
});

describe('a cancel', () => {
  it('is accepted when TWS has it, and the end is told when it has ended', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    const answer = bench.orders.cancel(ref);
    await settled();
    expect(bench.cancelled).toEqual([orderId]);
    bench.status({ orderId, status: 'PendingCancel' });
    expect(await answer).toMatchObject({ outcome: 'accepted' });
    expect(bench.events.map(({ type }) => type)).toEqual(['accepted']);
    bench.line.notice(orderId, 202, 'Order Canceled - reason:');
    bench.status({ orderId, status: 'Cancelled' });
    bench.status({ orderId, status: 'Cancelled' });
    expect(bench.events.map(({ type }) => type)).toEqual(['accepted', 'cancelled']);
    expect(await bench.orders.cancel(ref)).toMatchObject({ outcome: 'rejected', code: 'ENDED' });
  });

  it('of an order that fills meanwhile is rejected', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    const answer = bench.orders.cancel(ref);
    await settled();
    bench.status({ orderId, status: 'Filled', filled: 2 });
    bench.trade({ execId: '0001.1.01.01', orderId, shares: 2 });
    expect(await answer).toMatchObject({ outcome: 'rejected', code: 'FILLED' });
    expect(bench.events.map(({ type }) => type)).toEqual(['accepted', 'fill']);
  });

  it('161: what cannot be cancelled now is rejected, and asked for', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    const answer = bench.orders.cancel(ref);
    await settled();
    bench.line.notice(orderId, 161, 'Cancel attempted when order is not in a cancellable state.');
    expect(await answer).toMatchObject({ outcome: 'rejected', code: '161' });
    expect(bench.line.sent.filter(({ name }) => name === 'reqAllOpenOrders')).toHaveLength(2);
  });

  it('without an answer is unknown', async () => {
    const bench = await OrderBench.connected();
    await bench.works();
    const answer = bench.orders.cancel(ref);
    await settled();
    await bench.pass(4_000);
    expect(await answer).toMatchObject({ outcome: 'unknown' });
  });
});
