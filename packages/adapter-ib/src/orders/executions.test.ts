import type { FillEvent, OrderEvent } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { OrderBench } from './testing/order-bench.js';

const fills = (events: readonly OrderEvent[]): readonly FillEvent[] =>
  events.filter((event): event is FillEvent => event.type === 'fill');
const E = '0001f4e8.652d1a2b.01';

describe('executions', () => {
  it('with an impossible price, quantity or side are no trades', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.execution({ execId: `${E}.01`, orderId, shares: Number.NaN });
    bench.execution({ execId: `${E}.01`, orderId, shares: -1 });
    bench.execution({ execId: `${E}.01`, orderId, price: Number.POSITIVE_INFINITY });
    bench.execution({ execId: '', orderId });
    await bench.pass(2_000);
    expect(fills(bench.events)).toEqual([]);
  });

  it('beyond what the order was for are copies, unless the order’s own count confirms them', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.trade({ execId: `${E}.01`, orderId, shares: 2, total: 2 });
    bench.trade({ execId: '0001f4e8.99999999.01.01', orderId, shares: 2, total: 2 });
    expect(fills(bench.events)).toHaveLength(1);
    expect(bench.notes.join()).toMatch(/4 lots of order j1-0abc-1-e for 2/);
    bench.trade({ execId: '0001f4e8.652d1a2d.01.01', orderId, shares: 1, total: 3 });
    expect(fills(bench.events)).toHaveLength(2);
  });

  it('of the second order that a change has left are told: they are money', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.trade({ execId: `${E}.01`, orderId, shares: 2, total: 2 });
    const twin = { orderId, permId: 12_345, ref: 'j1-0abc-1-e', shares: 2, total: 2 };
    bench.trade({ execId: '0001f4e8.77777777.01.01', ...twin });
    expect(fills(bench.events)).toHaveLength(2);
  });

  it('that count less in all than they are themselves are none', async () => {
    const bench = await OrderBench.connected();
    const orderId = await bench.works();
    bench.trade({ execId: `${E}.01`, orderId, shares: 2, total: 1 });
    expect(fills(bench.events)).toEqual([]);
  });
});
