import fc from 'fast-check';
import { type BenchClient, buy, type ExchangeBench, named, sell } from './exchange-bench.js';

/** A price around which the market of a bench stands. */
export const ticks = fc.integer({ min: 0, max: 80 }).map((n) => 4990 + n * 0.25);
/** Contracts of an order. */
export const size = fc.integer({ min: 1, max: 6 });
const side = fc.constantFrom(buy, sell);
const who = fc.integer({ min: 1, max: 2 });
const back = fc.integer({ min: 1, max: 8 });
const tif = fc.constantFrom('GTC', 'DAY', 'IOC', 'FOK');

/** Something that a client, a person, the market or time does. */
export const action = fc.oneof(
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

/** @see action */
export type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const opposite = (one: typeof buy): typeof buy => (one === buy ? sell : buy);

/** Does it. */
export const act = (bench: ExchangeBench, clients: readonly BenchClient[], todo: Action): void => {
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
