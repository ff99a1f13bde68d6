import type { Order } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import { type BenchClient, buy, ExchangeBench, named, sell } from './testing/exchange-bench.js';

/** Entry, stop and target as TWS API's "Bracket Orders" places them: only the last is transmitted. */
const bracket = (client: BenchClient, quantity = 2, more: Partial<Order> = {}): void => {
  client.place(1, named.es, { ...buy(quantity, 'LMT', { lmtPrice: 5000 }), transmit: false });
  client.place(2, named.es, {
    ...sell(quantity, 'STP', { auxPrice: 4990 }),
    parentId: 1,
    transmit: false,
    ...more,
  });
  client.place(3, named.es, { ...sell(quantity, 'LMT', { lmtPrice: 5020 }), parentId: 1, ...more });
};

const statuses = (bench: ExchangeBench): readonly string[] => bench.truth.orders.map(({ status }) => status);

const start = (): { bench: ExchangeBench; client: BenchClient } => {
  const bench = new ExchangeBench().quote('ES', 5004.75, 5005);
  return { bench, client: bench.client() };
};

describe('Brackets', () => {
  it('Nothing is told of orders that are not transmitted, and nobody can ask for them', () => {
    const { bench, client } = start();
    client.place(1, named.es, { ...buy(1, 'LMT', { lmtPrice: 5000 }), transmit: false });
    expect(client.news()).toEqual([]);
    client.encoder.reqAllOpenOrders();
    expect(client.story()).toEqual(['openOrderEnd']);
    expect(statuses(bench)).toEqual(['Inactive']);
    expect(bench.truth.working).toMatchObject([{ transmitted: false }]);
  });

  it('The last of the family transmits all of it: the parent works, the children are held', () => {
    const { client } = start();
    bracket(client);
    const told = client.news().filter(({ name }) => name === 'orderStatus');
    expect(told.map(({ args }) => [args[0], args[1], args[6], args[9]])).toEqual([
      [1, 'PreSubmitted', 0, ''],
      [1, 'Submitted', 0, ''],
      [2, 'PreSubmitted', 1, 'child,trigger'],
      [3, 'PreSubmitted', 1, 'child'],
    ]);
  });

  it('A parent that has filled in part leaves its children held; once it has filled, they work', () => {
    const { bench, client } = start();
    bracket(client);
    bench.exchange.controls.depth(1);
    bench.quote('ES', 4999.75, 5000);
    expect(statuses(bench)).toEqual(['Submitted', 'PreSubmitted', 'PreSubmitted']);
    bench.quote('ES', 4999.75, 5000);
    expect(statuses(bench)).toEqual(['Filled', 'PreSubmitted', 'Submitted']);
  });

  it('The target fills and the stop is cancelled, or the other way round', () => {
    for (const [price, ends] of [
      [5020, ['Filled', 'Cancelled', 'Filled']],
      [4989, ['Filled', 'Filled', 'Cancelled']],
    ] as const) {
      const { bench, client } = start();
      bracket(client);
      bench.quote('ES', 4999.75, 5000).quote('ES', price, price + 0.25);
      expect(statuses(bench)).toEqual(ends);
      expect(bench.truth.positions).toEqual([]);
    }
  });

  it('Children that name no group are made one by TWS, whose rests shrink together', () => {
    const { bench, client } = start();
    bracket(client, 4);
    bench.quote('ES', 4999.75, 5000);
    bench.exchange.controls.depth(1);
    client.news();
    bench.quote('ES', 5020, 5020.25);
    expect(bench.truth.working).toMatchObject([
      { orderId: 2, quantity: 3, filled: 0 },
      { orderId: 3, quantity: 4, filled: 1 },
    ]);
    const open = client.news().find(({ name, args }) => name === 'openOrder' && args[0] === 2);
    expect(open?.args[2]).toMatchObject({ ocaGroup: '1438599001', ocaType: 3, totalQuantity: 3 });
  });

  it('A parent that is cancelled takes its children with it', () => {
    const { bench, client } = start();
    bracket(client);
    client.news();
    client.cancel(1);
    expect(statuses(bench)).toEqual(['Cancelled', 'Cancelled', 'Cancelled']);
    expect(client.story().filter((one) => one === 'error 202')).toHaveLength(3);
  });

  it('A parent that the account cannot carry is rejected, and its children end', () => {
    const { bench, client } = start();
    bracket(client, 2000);
    expect(statuses(bench)).toEqual(['Inactive', 'Cancelled', 'Cancelled']);
    expect(client.story()[0]).toBe('error 201');
  });

  // Source: ib_insync 647.
  it('A child whose parent has ended is changed without naming the parent', () => {
    const { bench, client } = start();
    bracket(client);
    bench.quote('ES', 4999.75, 5000);
    client.news();
    client.place(2, named.es, { ...sell(2, 'STP', { auxPrice: 4995 }), parentId: 1 });
    expect(client.news()).toMatchObject([{ args: [2, 135, "Can't find order with id =1"] }]);
    client.place(2, named.es, sell(2, 'STP', { auxPrice: 4995 }));
    expect(bench.truth.working).toMatchObject([{ orderId: 2, auxPrice: 4995 }, { orderId: 3 }]);
  });

  it('A child of an order that nobody knows is refused', () => {
    const { bench, client } = start();
    client.place(5, named.es, { ...sell(1, 'STP', { auxPrice: 4990 }), parentId: 4 });
    expect(client.news()).toMatchObject([{ args: [5, 135, "Can't find order with id =4"] }]);
    expect(bench.truth.orders).toEqual([]);
  });
});

describe('Groups of which one cancels the others', () => {
  const group = (client: BenchClient, ocaType: number): void => {
    client.place(1, named.es, { ...sell(4, 'LMT', { lmtPrice: 5020 }), ocaGroup: 'g', ocaType });
    client.place(2, named.es, { ...sell(2, 'STP', { auxPrice: 4990 }), ocaGroup: 'g', ocaType });
    client.place(3, named.aapl, { ...buy(10, 'LMT', { lmtPrice: 100 }), ocaGroup: 'g', ocaType });
    client.place(4, named.es, { ...sell(1, 'STP', { auxPrice: 4990 }), ocaGroup: 'another', ocaType });
  };

  it('Type 1 cancels them at the first execution', () => {
    const { bench, client } = start();
    bench.quote('AAPL', 200, 200.1);
    group(client, 1);
    bench.exchange.controls.depth(1);
    bench.quote('ES', 5020, 5020.25);
    expect(statuses(bench)).toEqual(['Submitted', 'Cancelled', 'Cancelled', 'PreSubmitted']);
  });

  it.each([2, 3])(
    'Type %i reduces them by the share that has traded, and cancels them once all has',
    (ocaType) => {
      const { bench, client } = start();
      bench.quote('AAPL', 200, 200.1);
      group(client, ocaType);
      bench.exchange.controls.depth(2);
      bench.quote('ES', 5020, 5020.25);
      expect(bench.truth.working.map(({ quantity }) => quantity)).toEqual([4, 1, 5, 1]);
      bench.quote('ES', 5020, 5020.25);
      expect(statuses(bench)).toEqual(['Filled', 'Cancelled', 'Cancelled', 'PreSubmitted']);
    },
  );

  it('Two orders of a group never trade on one quote', () => {
    const { bench, client } = start();
    client.place(1, named.es, { ...buy(1, 'LMT', { lmtPrice: 5000 }), ocaGroup: 'g', ocaType: 1 });
    client.place(2, named.es, { ...buy(1, 'LMT', { lmtPrice: 4999 }), ocaGroup: 'g', ocaType: 1 });
    bench.quote('ES', 4990, 4990.25);
    expect(bench.truth.executions).toHaveLength(1);
  });

  // The text is that of TWS, as users report it.
  it('A group of which one has filled takes no more orders', () => {
    const { bench, client } = start();
    client.place(1, named.es, { ...buy(1, 'MKT'), ocaGroup: 'g', ocaType: 1 });
    client.news();
    client.place(2, named.es, { ...buy(1, 'LMT', { lmtPrice: 4999 }), ocaGroup: 'g', ocaType: 1 });
    expect(client.news()[0]?.args).toEqual([2, 201, 'Order rejected - reason:OCA group is already filled.']);
    expect(statuses(bench)).toEqual(['Filled', 'Inactive']);
  });

  // Source: nautilus_trader 2978, and reports of 2026: a change that names the group is refused, and the order stays as it was.
  it('A change may not name the group, not even the same one', () => {
    const { bench, client } = start();
    group(client, 2);
    client.news();
    client.place(2, named.es, { ...sell(2, 'STP', { auxPrice: 4995 }), ocaGroup: 'g', ocaType: 2 });
    expect(client.news()).toMatchObject([{ args: [2, 10326, 'OCA group revision is not allowed.'] }]);
    expect(bench.truth.orders[1]).toMatchObject({ auxPrice: 4990, status: 'PreSubmitted' });
    client.place(2, named.es, sell(2, 'STP', { auxPrice: 4995 }));
    expect(client.news()[0]).toMatchObject({
      args: [2, {}, { auxPrice: 4995, ocaGroup: 'g', ocaType: 2 }, {}],
    });
  });
});
