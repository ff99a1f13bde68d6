import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type BenchClient, buy, ExchangeBench, named, sell } from './testing/exchange-bench.js';

const ENDS: ReadonlySet<string> = new Set(['Filled', 'Cancelled', 'ApiCancelled', 'Inactive']);

const ticks = fc.integer({ min: 0, max: 80 }).map((n) => 4990 + n * 0.25);
const size = fc.integer({ min: 1, max: 6 });
const side = fc.constantFrom(buy, sell);
const who = fc.integer({ min: 1, max: 2 });
const back = fc.integer({ min: 1, max: 8 });
const tif = fc.constantFrom('GTC', 'DAY', 'IOC', 'FOK');

const action = fc.oneof(
  {
    arbitrary: fc.record({
      kind: fc.constant('quote' as const),
      price: ticks,
      depth: fc.option(fc.integer({ min: 0, max: 5 })),
    }),
    weight: 4,
  },
  fc.record({
    kind: fc.constant('limit' as const),
    who,
    side,
    size,
    price: ticks,
    tif,
    group: fc.constantFrom('', 'g', 'h'),
    ocaType: fc.integer({ min: 1, max: 3 }),
  }),
  fc.record({ kind: fc.constant('market' as const), who, side, size }),
  fc.record({ kind: fc.constant('stop' as const), who, side, size, price: ticks, limit: fc.option(ticks) }),
  fc.record({
    kind: fc.constant('trail' as const),
    who,
    side,
    size,
    distance: fc.integer({ min: 1, max: 20 }).map((n) => n / 4),
  }),
  fc.record({ kind: fc.constant('bracket' as const), who, side, size, price: ticks }),
  fc.record({ kind: fc.constant('amend' as const), who, back, size, price: ticks }),
  fc.record({ kind: fc.constant('cancel' as const), who, back }),
  fc.record({ kind: fc.constant('hand' as const), buys: fc.boolean(), size }),
  fc.record({ kind: fc.constant('correct' as const), back, size, price: ticks }),
  fc.record({ kind: fc.constant('close' as const) }),
  fc.record({ kind: fc.constant('pass' as const), hours: fc.integer({ min: 0, max: 9 }) }),
  fc.record({ kind: fc.constant('restart' as const), by: fc.integer({ min: 0, max: 2 }) }),
);

type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const opposite = (one: typeof buy): typeof buy => (one === buy ? sell : buy);

const act = (bench: ExchangeBench, clients: readonly BenchClient[], todo: Action): void => {
  const { exchange } = bench;
  const client = 'who' in todo ? clients[todo.who - 1]! : clients[0]!;
  const next = exchange.nextOrderId(client.clientId);
  switch (todo.kind) {
    case 'quote':
      exchange.controls.depth(todo.depth ?? undefined);
      bench.quote('ES', todo.price, todo.price + 0.25);
      return;
    case 'limit':
      client.place(next, named.es, {
        ...todo.side(todo.size, 'LMT', { lmtPrice: todo.price }),
        tif: todo.tif as never,
        ocaGroup: todo.group,
        ocaType: todo.ocaType,
      });
      return;
    case 'market':
      client.place(next, named.es, todo.side(todo.size, 'MKT'));
      return;
    case 'stop':
      client.place(
        next,
        named.es,
        todo.side(todo.size, todo.limit === null ? 'STP' : 'STP LMT', {
          auxPrice: todo.price,
          ...(todo.limit === null ? {} : { lmtPrice: todo.limit }),
        }),
      );
      return;
    case 'trail':
      client.place(next, named.es, todo.side(todo.size, 'TRAIL', { auxPrice: todo.distance }));
      return;
    case 'bracket': {
      const [sign, exit] = [todo.side === buy ? 1 : -1, opposite(todo.side)];
      client.place(next, named.es, {
        ...todo.side(todo.size, 'LMT', { lmtPrice: todo.price }),
        transmit: false,
      });
      client.place(next + 1, named.es, {
        ...exit(todo.size, 'STP', { auxPrice: todo.price - sign }),
        parentId: next,
        transmit: false,
      });
      client.place(next + 2, named.es, {
        ...exit(todo.size, 'LMT', { lmtPrice: todo.price + sign }),
        parentId: next,
      });
      return;
    }
    case 'amend': {
      const id = next - todo.back;
      const order = bench.truth.working.find((one) => one.clientId === client.clientId && one.orderId === id);
      const make = order?.action === 'SELL' ? sell : buy;
      if (id > 0)
        client.place(
          id,
          named.es,
          make(todo.size, order?.type ?? 'LMT', {
            lmtPrice: todo.price,
            auxPrice: order?.type === 'TRAIL' ? 2 : todo.price,
          }),
        );
      return;
    }
    case 'cancel':
      client.cancel(next - todo.back);
      return;
    case 'hand':
      exchange.controls.byHand('ES', { action: todo.buys ? 'BUY' : 'SELL', quantity: todo.size });
      return;
    case 'correct': {
      const { executions } = bench.truth;
      const found = executions.at(-todo.back);
      if (found !== undefined) exchange.controls.correctExecution(found.execId, { price: todo.price });
      return;
    }
    case 'close':
      exchange.controls.close('ES');
      return;
    case 'pass':
      bench.pass(todo.hours * 3_600_000);
      return;
    case 'restart':
      exchange.rollBackOrderIds(todo.by);
  }
};

/** What a listener adds up who knows each execution by its id without the part that counts corrections. */
const addUp = (master: BenchClient): { readonly quantity: number; readonly cash: number } => {
  const executions = new Map<string, { side: string; shares: number; price: number }>();
  const commissions = new Map<string, number>();
  const idOf = (execId: string): string => execId.slice(0, execId.lastIndexOf('.'));
  for (const { name, args } of master.told) {
    if (name === 'execDetails') {
      const execution = args[2] as { execId: string; side: string; shares: number; price: number };
      executions.set(idOf(execution.execId), execution);
    } else if (name === 'commissionReport') {
      const { execId, commission } = args[0] as { execId: string; commission: number };
      commissions.set(idOf(execId), commission);
    }
  }
  let [quantity, value, paid] = [0, 0, 0];
  for (const { side, shares, price } of executions.values()) {
    const sign = side === 'BOT' ? 1 : -1;
    quantity += sign * shares;
    value += sign * shares * price * 50;
  }
  for (const commission of commissions.values()) paid += commission;
  return { quantity, cash: -value - paid };
};

const worth = (bench: ExchangeBench): { readonly quantity: number; readonly cash: number } => {
  const { positions, cash } = bench.truth;
  const { quantity, averagePrice } = positions[0] ?? { quantity: 0, averagePrice: 0 };
  return { quantity, cash: cash.DU1! - 10_000_000 - quantity * averagePrice * 50 };
};

describe('Over random orders of two clients, a person, corrections and restarts', () => {
  it('executions add up to positions and cash, an order ends once, and no status comes after its end', () => {
    let trades = 0;
    const ends = new Map<string, number>();
    fc.assert(
      fc.property(fc.array(action, { minLength: 10, maxLength: 50 }), (actions) => {
        const bench = new ExchangeBench({
          accounts: [{ id: 'DU1', balance: '10000000' }],
          commission: (_, quantity) => quantity * 2.25,
          masterClientId: 9,
          duplicateStatuses: false,
        }).quote('ES', 5000, 5000.25);
        const clients = [bench.client(1), bench.client(2)];
        const master = bench.client(9);
        for (const todo of actions) {
          act(bench, clients, todo);
        }
        const [told, is] = [addUp(master), worth(bench)];
        expect(is.quantity).toBe(told.quantity);
        expect(is.cash).toBeCloseTo(told.cash, 1);
        expect([master, ...clients].flatMap(({ broken }) => broken)).toEqual([]);
        const ended = new Map<unknown, string>();
        for (const { name, args } of master.told) {
          if (name !== 'orderStatus') continue;
          const [permId, status] = [args[5], String(args[1])];
          expect(ended.has(permId), `${String(permId)} ${ended.get(permId)} then ${status}`).toBe(false);
          if (ENDS.has(status)) ended.set(permId, status);
        }
        for (const order of bench.truth.orders) {
          expect(order.filled).toBeLessThanOrEqual(order.quantity);
          expect(
            ENDS.has(order.status) || order.status === 'PreSubmitted' || order.status === 'Submitted',
          ).toBe(true);
          ends.set(order.status, (ends.get(order.status) ?? 0) + 1);
        }
        trades += bench.truth.executions.length;
      }),
      { numRuns: 40, seed: 11 },
    );
    expect(trades).toBeGreaterThan(200);
    for (const status of ['Filled', 'Cancelled', 'Submitted', 'PreSubmitted'])
      expect(ends.get(status)).toBeGreaterThan(30);
  });

  it('a group with overfill protection never trades more than one of its orders asks for', () => {
    const step = fc.record({ price: ticks, depth: fc.option(fc.integer({ min: 1, max: 4 })) });
    fc.assert(
      fc.property(
        size,
        ticks,
        ticks,
        fc.constantFrom(1, 2, 3),
        fc.array(step, { maxLength: 20 }),
        (quantity, one, other, ocaType, steps) => {
          const bench = new ExchangeBench().quote('ES', 5000, 5000.25);
          const client = bench.client();
          const group = { ocaGroup: 'g', ocaType };
          client.place(1, named.es, { ...sell(quantity, 'LMT', { lmtPrice: one }), ...group });
          client.place(2, named.es, { ...sell(quantity, 'STP', { auxPrice: other }), ...group });
          for (const { price, depth } of steps) {
            bench.exchange.controls.depth(depth ?? undefined);
            bench.quote('ES', price, price + 0.25);
          }
          const sold = bench.truth.executions.reduce((sum, execution) => sum + execution.quantity, 0);
          expect(sold).toBeLessThanOrEqual(quantity);
        },
      ),
      { numRuns: 80, seed: 12 },
    );
  });
});
