import type { PolicyAnswer, RiskEvent, RiskPolicy } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commanded, ended, refusedSignal, sent, traded } from '../test-support/events.js';
import { bookWith, draftOf, type Present, signalWith } from '../test-support/market.js';
import { cooldown } from './cooldown.js';
import { liquidityFilter } from './liquidity-filter.js';
import { lowProfitSymbols } from './low-profit-symbols.js';
import { noDuplicateOrder } from './no-duplicate-order.js';
import { only } from './only.js';
import { orderRate } from './order-rate.js';
import { repeatedExecution } from './repeated-execution.js';
import { stoplossGuard } from './stoploss-guard.js';
import { tradesPerDay } from './trades-per-day.js';

const within = 100;
const policies: readonly RiskPolicy<unknown>[] = [
  cooldown({ pause: 50 }),
  liquidityFilter({ samples: 5, every: 10, atLeast: 2, whenUnknown: 'refuse' }),
  lowProfitSymbols({ within, pause: 50 }),
  noDuplicateOrder({ within }),
  only({ owners: ['a'] }, orderRate({ orders: 2, within }) as RiskPolicy<unknown>),
  orderRate({ orders: 3, within }),
  repeatedExecution({ executions: 2, within }),
  stoplossGuard({ stops: 2, within, pause: 50, scope: 'symbol' }),
  tradesPerDay({ trades: 3 }),
] as readonly RiskPolicy<unknown>[];

const scope = fc.record({
  symbol: fc.constantFrom('EURUSD', 'USDJPY', '__proto__'),
  owner: fc.constantFrom('a', 'b', 'constructor'),
});
const lots = fc.constantFrom(0.1, 0.2);
const prices = fc.constantFrom(undefined, 1.09);
const event: fc.Arbitrary<RiskEvent> = fc.oneof(
  fc.constant<RiskEvent>({ type: 'mark' }),
  scope.map(({ symbol, owner }) => refusedSignal({ symbol, source: owner })),
  fc
    .tuple(
      scope,
      lots,
      prices,
      fc.constantFrom('enter' as const, 'enter' as const, 'reduce' as const),
      fc.nat({ max: 20 }),
    )
    .map(([of, quantity, price, purpose, id]) =>
      sent({ ...of, quantity, purpose, id: `${id}` }, { order: { type: 'limit', price }, quantity }),
    ),
  fc
    .tuple(scope, fc.constantFrom(0, 1), fc.nat({ max: 20 }))
    .map(([of, filled, id]) => ended({ ...of, id: `${id}` }, filled)),
  fc
    .tuple(scope, fc.integer({ min: -9, max: 9 }), fc.constantFrom('stop' as const, 'order' as const))
    .map(([of, profit, exit]) => traded({ ...of, profit, exit })),
  scope.map(({ owner }) =>
    commanded({ do: 'tell', policy: 'repeatedExecution', say: 're-enable', data: { owner }, by: 'ann' }),
  ),
);
const story = fc.array(fc.tuple(event, fc.nat({ max: 15 }), fc.integer({ min: 1, max: 30 })), {
  minLength: 30,
  maxLength: 60,
});

const frozen = <T>(value: T): T => {
  if (typeof value === 'object' && value !== null)
    for (const part of Object.values(Object.freeze(value))) frozen(part);
  return value;
};

const verdicts = (policy: RiskPolicy<unknown>, state: unknown, present: Present): readonly PolicyAnswer[] =>
  ['EURUSD', 'USDJPY'].flatMap((symbol) =>
    ['a', 'b', 'constructor'].map((source) => {
      const signal = signalWith({ symbol, source, quantity: 0.1, order: { type: 'limit', price: 1.09 } });
      return policy.judge(draftOf(signal), signal, bookWith(present), state);
    }),
  );

describe.each(policies.map((policy) => [policy.name, policy] as const))('the memory of %s', (_, policy) => {
  const { initial, next, schema } = policy.memory!;
  const told = (state: unknown, happened: RiskEvent, present: Present) =>
    next(state, happened, bookWith(present));

  it('gives the same verdicts after a restart at any moment, and is never changed in place', () => {
    let refusals = 0;
    fc.assert(
      fc.property(story, (events) => {
        let lasting = frozen(initial);
        let restarted = initial;
        let now = 1_700_000_000_000;
        for (const [happened, step, pips] of events) {
          now += step;
          const present = { now, quotes: { EURUSD: [1.1, 1.1 + pips / 1e4], USDJPY: [150, 150.1] } } as const;
          lasting = frozen(told(lasting, happened, present));
          restarted = told(schema.parse(JSON.parse(JSON.stringify(restarted))), happened, present);
          const answers = verdicts(policy, lasting, present);
          refusals += answers.filter((answer) => answer !== undefined).length;
          expect(verdicts(policy, restarted, present)).toEqual(answers);
          expect(restarted).toEqual(lasting);
        }
      }),
      { numRuns: 100 },
    );
    // Or the comparison would have been of nothing with nothing.
    expect(refusals).toBeGreaterThan(100);
  });

  it('stays the same object when an event does not concern it', () => {
    for (const happened of [{ type: 'start' }, commanded({ do: 'pause', by: 'ann' })] as const)
      expect(told(initial, happened as RiskEvent, {})).toBe(initial);
  });

  it('does not grow without bound, even when nothing is old enough to be forgotten', () => {
    let state = initial;
    for (let i = 0; i < 2_500; i++) {
      const of = { symbol: `S${i}`, owner: `run ${i}` };
      state = told(state, sent({ ...of, id: `${i}` }), { now: 1_700_000_000_000 });
      state = told(state, traded(of), { now: 1_700_000_000_000 });
      state = told(state, refusedSignal({ symbol: of.symbol }), { now: 1_700_000_000_000 });
    }
    expect(JSON.stringify(state).length).toBeLessThan(300_000);
  });
});
