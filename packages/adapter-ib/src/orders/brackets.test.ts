import { describe, expect, it } from 'vitest';
import { OrderBench, orderRequest, settled } from './testing/order-bench.js';

const ref = { id: 'j1-0abc-1-e', symbol: 'ES' };

describe('a bracket', () => {
  const bracket = orderRequest({ bracket: { stop: 4490, target: 4520, trail: undefined } });

  it('leaves in one piece, or not at all', async () => {
    const bench = await OrderBench.connected();
    bench.line.takes = false;
    expect(await bench.orders.submit(bracket)).toMatchObject({ outcome: 'rejected', code: 'LINE_DOWN' });
    expect(bench.placed).toEqual([]);
    bench.line.takes = true;
    void bench.orders.submit(bracket);
    const ids = bench.placed.map(({ id }) => id);
    expect(ids).toEqual([ids[0]!, ids[0]! + 1, ids[0]! + 2]);
  });

  const placed = async (bench: OrderBench): Promise<void> => {
    const answer = bench.orders.submit(bracket);
    bench.shows({ orderId: 1 });
    bench.shows({
      orderId: 2,
      status: 'PreSubmitted',
      whyHeld: 'child',
      order: { ...bench.placed[1]!.order },
    });
    bench.shows({
      orderId: 3,
      status: 'PreSubmitted',
      whyHeld: 'child,trigger',
      order: { ...bench.placed[2]!.order },
    });
    expect(await answer).toMatchObject({ outcome: 'accepted', venueId: '7.1.901' });
  };

  it('has legs that nobody hears of before the entry has traded', async () => {
    const bench = await OrderBench.connected();
    await placed(bench);
    expect(bench.events.map(({ id, type }) => [id, type])).toEqual([[ref.id, 'accepted']]);
    bench.open = [1, 2, 3].map((orderId) => ({
      orderId,
      status: orderId === 1 ? 'Submitted' : 'PreSubmitted',
      order: bench.placed[orderId - 1]!.order,
    }));
    expect((await bench.orders.openOrders()).map(({ id }) => id)).toEqual([ref.id]);
    bench.trade({ execId: '0001.1.01.01', orderId: 1, shares: 2 });
    expect(bench.events.slice(1).map(({ id, type }) => [id, type])).toEqual([
      [ref.id, 'fill'],
      [`${ref.id}t`, 'accepted'],
      [`${ref.id}s`, 'accepted'],
    ]);
  });

  it('whose entry is cancelled tells no end of legs', async () => {
    const bench = await OrderBench.connected();
    await placed(bench);
    void bench.orders.cancel(ref);
    await settled();
    for (const orderId of [1, 2, 3]) {
      bench.line.notice(orderId, 202, 'Order Canceled - reason:');
      bench.status({ orderId, status: 'Cancelled' });
    }
    expect(bench.events.map(({ id, type }) => [id, type])).toEqual([
      [ref.id, 'accepted'],
      [ref.id, 'cancelled'],
    ]);
  });

  it('whose entry was refused leaves no leg behind', async () => {
    const bench = await OrderBench.connected();
    const answer = bench.orders.submit(bracket);
    bench.line.notice(1, 201, 'Order rejected - reason:Margin');
    expect(await answer).toMatchObject({ outcome: 'rejected', code: '201' });
    expect(bench.cancelled).toEqual([2, 3]);
    for (const orderId of [2, 3])
      bench.line.notice(orderId, 10_147, 'that needs to be cancelled is not found.');
    await bench.pass(10_000);
    expect(bench.events).toEqual([]);
  });

  it('whose stop was refused is taken back whole: rejected once TWS has ended the entry', async () => {
    const bench = await OrderBench.connected();
    const answer = bench.orders.submit(bracket);
    bench.line.notice(3, 110, 'The price does not conform to the minimum price variation for this contract.');
    expect(bench.cancelled).toEqual([2, 1]);
    bench.line.notice(2, 202, 'Order Canceled - reason:');
    bench.line.notice(1, 202, 'Order Canceled - reason:');
    expect(await answer).toMatchObject({ outcome: 'rejected', code: '110' });
    await bench.pass(5_000);
    expect(bench.events).toEqual([]);
  });

  it('whose stop was refused is unknown when the entry works all the same', async () => {
    const bench = await OrderBench.connected();
    const answer = bench.orders.submit(bracket);
    bench.line.notice(3, 201, 'Order rejected - reason:');
    bench.shows({ orderId: 1 });
    expect(await answer).toMatchObject({ outcome: 'unknown' });
  });

  it('whose target was refused has it told as rejected once the entry has traded', async () => {
    const bench = await OrderBench.connected();
    const answer = bench.orders.submit(bracket);
    bench.line.notice(2, 110, 'The price does not conform to the minimum price variation for this contract.');
    bench.shows({ orderId: 1 });
    await answer;
    expect(bench.cancelled).toEqual([]);
    bench.trade({ execId: '0001.1.01.01', orderId: 1, shares: 2 });
    expect(bench.events.map(({ id, type }) => [id, type])).toContainEqual([`${ref.id}t`, 'rejected']);
  });

  it('has a leg that trades told after its entry, also when the entry waits for its commission', async () => {
    const bench = await OrderBench.connected();
    await placed(bench);
    bench.execution({ execId: '0001.1.01.01', orderId: 1, shares: 2 });
    bench.trade({ execId: '0001.2.01.01', orderId: 3, shares: 2, side: 'SLD', price: 4490 });
    bench.commission('0001.1.01.01');
    const fills = bench.events.filter(({ type }) => type === 'fill').map(({ id }) => id);
    expect(fills).toEqual([ref.id, `${ref.id}s`]);
  });
});
