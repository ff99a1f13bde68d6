import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { toUnits } from '../shared/decimal.js';
import { type Payload, SpotBench } from './testing/spot-bench.js';

const START = { USDT: '10000', BTC: '2' };
const units = (text: unknown): bigint => toUnits(String(text), 8);

const tenths = fc.integer({ min: 700, max: 1300 }).map((n) => n / 10);
const size = fc.integer({ min: 1, max: 90_000 }).map((n) => (n / 30_000).toFixed(5));
const side = fc.constantFrom('BUY', 'SELL');

const quote = fc.record({
  kind: fc.constant('quote' as const),
  price: tenths,
  depth: fc.option(fc.integer({ min: 1, max: 9 }).map((n) => n / 7)),
});

const action = fc.oneof(
  { arbitrary: quote, weight: 3 },
  fc.record({
    kind: fc.constant('limit' as const),
    side,
    price: tenths,
    quantity: size,
    timeInForce: fc.constantFrom('GTC', 'IOC', 'FOK'),
  }),
  fc.record({ kind: fc.constant('market' as const), side, quantity: size }),
  fc.record({ kind: fc.constant('amount' as const), side, quoteOrderQty: tenths }),
  fc.record({
    kind: fc.constant('stop' as const),
    side,
    stopPrice: tenths,
    quantity: size,
    type: fc.constantFrom('STOP_LOSS', 'TAKE_PROFIT'),
  }),
  fc.record({
    kind: fc.constant('trail' as const),
    side,
    trailingDelta: fc.integer({ min: 10, max: 2000 }),
    quantity: size,
  }),
  fc.record({ kind: fc.constant('oco' as const), low: tenths, high: tenths, quantity: size }),
  fc.record({ kind: fc.constant('otoco' as const), price: tenths, quantity: size }),
  fc.record({ kind: fc.constant('cancel' as const), orderId: fc.integer({ min: 1, max: 60 }) }),
  fc.record({ kind: fc.constant('amend' as const), orderId: fc.integer({ min: 1, max: 60 }), newQty: size }),
);

type Action = typeof action extends fc.Arbitrary<infer T> ? T : never;

const symbol = 'BTCUSDT';

const act = (bench: SpotBench, todo: Action): void => {
  switch (todo.kind) {
    case 'quote':
      bench.exchange.depth(symbol, todo.depth ?? undefined);
      bench.quote(todo.price, todo.price + 0.1);
      return;
    case 'limit':
      bench.limit(todo.side as 'BUY', todo.price, todo.quantity, { timeInForce: todo.timeInForce });
      return;
    case 'market':
      bench.place({ side: todo.side, type: 'MARKET', quantity: todo.quantity });
      return;
    case 'amount':
      bench.place({ side: todo.side, type: 'MARKET', quoteOrderQty: todo.quoteOrderQty });
      return;
    case 'stop':
      bench.place({ side: todo.side, type: todo.type, stopPrice: todo.stopPrice, quantity: todo.quantity });
      return;
    case 'trail':
      bench.place({
        side: todo.side,
        type: 'STOP_LOSS',
        trailingDelta: todo.trailingDelta,
        quantity: todo.quantity,
      });
      return;
    case 'oco':
      bench.call('POST /api/v3/orderList/oco', {
        symbol,
        side: 'SELL',
        quantity: todo.quantity,
        aboveType: 'LIMIT_MAKER',
        abovePrice: todo.high,
        belowType: 'STOP_LOSS',
        belowStopPrice: todo.low,
      });
      return;
    case 'otoco':
      bench.call('POST /api/v3/orderList/otoco', {
        symbol,
        workingType: 'LIMIT',
        workingSide: 'BUY',
        workingPrice: todo.price,
        workingQuantity: todo.quantity,
        workingTimeInForce: 'GTC',
        pendingSide: 'SELL',
        pendingQuantity: todo.quantity,
        pendingAboveType: 'LIMIT_MAKER',
        pendingAbovePrice: todo.price + 10,
        pendingBelowType: 'STOP_LOSS',
        pendingBelowStopPrice: todo.price - 10,
      });
      return;
    case 'cancel':
      bench.call('DELETE /api/v3/order', { symbol, orderId: todo.orderId });
      return;
    case 'amend':
      bench.call('PUT /api/v3/order/amend/keepPriority', {
        symbol,
        orderId: todo.orderId,
        newQty: todo.newQty,
      });
  }
};

/** What a listener who only hears of trades thinks that the account owns. */
const ownedByTrades = (events: readonly Payload[]): Record<string, bigint> => {
  const owned: Record<string, bigint> = { USDT: units(START.USDT), BTC: units(START.BTC) };
  const add = (asset: string, amount: bigint): void => {
    owned[asset] = (owned[asset] ?? 0n) + amount;
  };
  for (const event of events.filter(({ x }) => x === 'TRADE')) {
    const sign = event.S === 'BUY' ? 1n : -1n;
    add('BTC', sign * units(event.l));
    add('USDT', -sign * units(event.Y));
    add(String(event.N), -units(event.n));
  }
  return owned;
};

interface Open {
  readonly side: string;
  readonly type: string;
  readonly status: string;
  readonly price: string;
  readonly stopPrice: string;
  readonly origQty: string;
  readonly executedQty: string;
  readonly orderListId: bigint;
}

/** What open sells must have locked: the two of a list once, and nothing for what is pending. */
const lockedBySells = (open: readonly Open[]): bigint => {
  const lists = new Map<string, bigint>();
  let alone = 0n;
  for (const order of open) {
    if (order.side !== 'SELL' || order.status === 'PENDING_NEW') continue;
    const left = units(order.origQty) - units(order.executedQty);
    if (order.orderListId === -1n) alone += left;
    else lists.set(String(order.orderListId), left);
  }
  return [...lists.values()].reduce((sum, one) => sum + one, alone);
};

describe('Over random orders', () => {
  it('every unit of every asset is accounted for by the trades that were told, and locks are what open sells need', () => {
    let trades = 0;
    fc.assert(
      fc.property(fc.array(action, { minLength: 5, maxLength: 60 }), (actions) => {
        const bench = new SpotBench({ accounts: [{ name: 'me', balances: START }] }).quote(100, 100.1);
        for (const todo of actions) {
          bench.refusal(() => act(bench, todo));
          const [usdt, btc] = [bench.balance('USDT').map(units), bench.balance('BTC').map(units)];
          const open = bench.call('GET /api/v3/openOrders', { symbol }) as unknown as readonly Open[];
          const found = {
            USDT: usdt.reduce((sum, one) => sum + one, 0n),
            BTC: btc.reduce((sum, one) => sum + one, 0n),
            lockedBySells: btc[1],
            lockedByNobody: open.length === 0 ? usdt[1] : 0n,
            overdrawn: [...usdt, ...btc].some((one) => one < 0n),
          };
          expect(found).toEqual({
            ...ownedByTrades(bench.events),
            lockedBySells: lockedBySells(open),
            lockedByNobody: 0n,
            overdrawn: false,
          });
        }
        trades += bench.events.filter(({ x }) => x === 'TRADE').length;
      }),
      { numRuns: 80, seed: 6 },
    );
    expect(trades).toBeGreaterThan(150);
  });

  it('the balances that were told last are the balances that are', () => {
    fc.assert(
      fc.property(fc.array(action, { minLength: 5, maxLength: 40 }), (actions) => {
        const bench = new SpotBench({ accounts: [{ name: 'me', balances: START }] }).quote(100, 100.1);
        for (const todo of actions) bench.refusal(() => act(bench, todo));
        const told = new Map<string, unknown>();
        for (const { e, B } of bench.events) {
          if (e !== 'outboundAccountPosition') continue;
          for (const { a, f, l } of B as { a: string; f: string; l: string }[]) told.set(a, [f, l]);
        }
        for (const [asset, balance] of told) expect(bench.balance(asset), asset).toEqual(balance);
      }),
      { numRuns: 40, seed: 7 },
    );
  });
});
