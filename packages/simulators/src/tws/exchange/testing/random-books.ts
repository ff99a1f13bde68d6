import fc from 'fast-check';
import { expect } from 'vitest';
import { type BenchClient, ExchangeBench, named, sell } from './exchange-bench.js';
import { act, action, size, ticks } from './random-actions.js';

const ENDS: ReadonlySet<string> = new Set(['Filled', 'Cancelled', 'ApiCancelled', 'Inactive']);

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

/** Expects of random histories that executions add up to positions and cash, and that an order ends once. */
export const expectBooksToAddUp = (numRuns: number): void => {
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
      for (const todo of actions) act(bench, clients, todo);
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
    { numRuns, seed: 11 },
  );
  expect(trades).toBeGreaterThan(4 * numRuns);
  for (const status of ['Filled', 'Cancelled', 'Submitted', 'PreSubmitted'])
    expect(ends.get(status)).toBeGreaterThan(numRuns / 2);
};

/** Expects that no group with overfill protection trades more than one of its orders asks for. */
export const expectGroupsNotToOverfill = (numRuns: number): void => {
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
    { numRuns, seed: 12 },
  );
};
