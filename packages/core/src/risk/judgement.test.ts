import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Finding } from '../model/refuse.js';
import { plainBook, signalWith } from '../testing/samples.js';
import { judge } from './judgement.js';
import type { OrderDraft, PolicyAnswer, RiskPolicy } from './policy.js';

const draft = (over: Partial<OrderDraft> = {}): OrderDraft => ({
  symbol: 'EURUSD',
  purpose: 'enter',
  side: 'buy',
  quantity: 10,
  price: 1.1001,
  stop: 1.09,
  target: 1.12,
  ...over,
});

const policy = (name: string, answer: PolicyAnswer, more: Partial<RiskPolicy> = {}): RiskPolicy => ({
  name,
  judge: () => answer,
  ...more,
});

const ask = (policies: readonly RiskPolicy[], over: Partial<OrderDraft> = {}) =>
  judge(
    draft(over),
    signalWith(),
    policies.map((policy) => ({ policy, state: undefined, broken: undefined, changed: undefined })),
    plainBook(),
  );

const refusal: Finding = { code: 'NO', limit: 1, actual: 2 };
const hold: Finding = { code: 'ASK', limit: 1, actual: 2, hold: 1_000 };

describe('judge', () => {
  it('allows what was asked when nobody objects, and lists that everybody was heard', () => {
    expect(ask([policy('a', undefined), policy('b', { cap: 10 })])).toEqual({
      quantity: 10,
      verdicts: [
        { policy: 'a', outcome: 'approve' },
        { policy: 'b', outcome: 'approve', quantity: 10 },
      ],
      objection: undefined,
    });
    expect(ask([]).quantity).toBe(10);
  });

  it('lets the smallest size win, in any order, and says who shrank it', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 20, noNaN: true })), (caps) => {
        const { quantity, verdicts, objection } = ask(caps.map((cap, i) => policy(`p${i}`, { cap })));
        expect(quantity).toBe(Math.min(10, ...caps));
        expect(objection).toBeUndefined();
        let allowed = 10;
        for (const [i, cap] of caps.entries()) {
          const outcome = cap < allowed ? 'shrink' : 'approve';
          expect(verdicts[i]).toEqual({ policy: `p${i}`, outcome, quantity: cap });
          allowed = Math.min(allowed, cap);
        }
      }),
    );
  });

  it('tells each policy how much the ones before it allow', () => {
    const seen: number[] = [];
    const note = (cap: number): RiskPolicy => ({
      name: 'note',
      judge: ({ quantity }) => {
        seen.push(quantity);
        return { cap };
      },
    });
    ask([note(5), note(7), note(3), note(99)], { quantity: Number.POSITIVE_INFINITY });
    expect(seen).toEqual([Number.POSITIVE_INFINITY, 5, 5, 3]);
  });

  it.each([Number.NaN, -1, Number.NEGATIVE_INFINITY])(
    'takes a cap of %d for nothing, not for no limit',
    (cap) => {
      expect(ask([policy('broken', { cap })])).toMatchObject({
        quantity: 0,
        verdicts: [{ policy: 'broken', outcome: 'shrink', quantity: 0 }],
      });
    },
  );

  it('asks on after a refusal, so that the decision can list everything', () => {
    const { verdicts, objection } = ask([
      policy('a', refusal),
      policy('b', { cap: 3 }),
      policy('c', undefined),
    ]);
    expect(verdicts.map((v) => `${v.policy} ${v.outcome}`)).toEqual(['a refuse', 'b shrink', 'c approve']);
    expect(verdicts[0]).toEqual({ policy: 'a', outcome: 'refuse', code: 'NO', limit: 1, actual: 2 });
    expect(objection).toEqual({ policy: 'a', finding: refusal });
  });

  it.each<[string, readonly RiskPolicy[], string | undefined]>([
    ['the first refusal among refusals', [policy('a', refusal), policy('b', refusal)], 'a'],
    ['the first hold among holds', [policy('a', hold), policy('b', hold)], 'a'],
    ['a refusal after a hold', [policy('a', hold), policy('b', refusal)], 'b'],
    ['a refusal before a hold', [policy('a', refusal), policy('b', hold)], 'a'],
    ['the first refusal after holds', [policy('a', hold), policy('b', refusal), policy('c', refusal)], 'b'],
    ['nobody, when nobody objects', [policy('a', { cap: 1 })], undefined],
  ])('takes the word of %s', (_, policies, expected) => {
    expect(ask(policies).objection?.policy).toBe(expected);
  });

  it.each<[string, RiskPolicy['judge']]>([
    [
      'throws',
      () => {
        throw new Error('no rate');
      },
    ],
    ['answers null', () => null as never],
    ['answers true', () => true as never],
    ['answers a number', () => 5 as never],
    ['answers an empty object', () => ({}) as never],
    ['answers with a promise', () => Promise.resolve({ cap: 1 }) as never],
  ])('refuses when a policy %s: a broken limit must not open the gate', (_, broken) => {
    const { objection, verdicts } = ask([{ name: 'broken', judge: broken }, policy('after', undefined)]);
    expect(objection).toMatchObject({ policy: 'broken', finding: { code: 'POLICY_THREW' } });
    expect(objection?.finding.hold).toBeUndefined();
    expect(verdicts.map((v) => v.outcome)).toEqual(['refuse', 'approve']);
  });

  it('lets no policy change what the others see or allow', () => {
    const greedy: RiskPolicy = {
      name: 'greedy',
      judge: (order) => {
        Object.assign(order, { quantity: 1_000, stop: 0.5 });
        return undefined;
      },
    };
    const seen: OrderDraft[] = [];
    const witness: RiskPolicy = {
      name: 'witness',
      judge: (order) => {
        seen.push({ ...order });
        return undefined;
      },
    };
    const { quantity } = ask([policy('limit', { cap: 2 }), greedy, witness]);
    expect(quantity).toBe(2);
    expect(seen).toEqual([draft({ quantity: 2 })]);
  });

  it.each(['reduce', 'flatten', 'protect'] as const)(
    'skips policies on a way out (%s), except those marked always',
    (purpose) => {
      const policies = [policy('limit', refusal), policy('every', hold, { always: true })];
      expect(ask(policies, { purpose })).toEqual({
        quantity: 10,
        verdicts: [
          { policy: 'limit', outcome: 'skip' },
          { policy: 'every', outcome: 'hold', code: 'ASK', limit: 1, actual: 2 },
        ],
        objection: { policy: 'every', finding: hold },
      });
    },
  );
});
