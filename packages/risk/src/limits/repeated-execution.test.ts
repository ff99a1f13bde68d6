import { describe, expect, it } from 'vitest';
import { commanded, ended, sent } from '../test-support/events.js';
import { bookWith, MOMENT, OWNER } from '../test-support/market.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import { repeatedExecution } from './repeated-execution.js';

const enable = (over: Record<string, unknown> = {}) =>
  commanded({
    do: 'tell',
    policy: 'repeatedExecution',
    say: 're-enable',
    data: { owner: OWNER },
    by: 'ann',
    reason: 'fixed',
    ...over,
  });

const send = <S>(
  run: PolicyRun<S>,
  order: Parameters<typeof sent>[0],
  ...times: readonly number[]
): PolicyRun<S> => times.reduce((r, now) => r.tell(sent(order), { now }), run);

describe('repeatedExecution', () => {
  const policy = repeatedExecution({ executions: 3, within: 1_000 });
  const start = follow(policy);
  const off = send(start, {}, MOMENT, MOMENT + 1, MOMENT + 2);

  it('switches an owner off after `executions` equal orders', () => {
    expect(said(send(start, {}, MOMENT, MOMENT + 1).judge({}))).toBe('approve');
    expect(off.judge({})).toEqual({
      code: 'REPEATED_EXECUTION',
      limit: 3,
      actual: '3 x buy 1 EURUSD, off since 2023-11-14T22:13:20.002Z',
    });
  });

  it('counts them at once, whatever becomes of them', () => {
    const dead = send(start, {}, 0, 0).tell(ended({}, 0), { now: 0 });
    expect(said(send(dead, {}, 0).judge({}, { now: 0 }))).toBe('refuse REPEATED_EXECUTION');
  });

  it('counts within the time only', () => {
    expect(said(send(start, {}, 0, 1, 1_000).judge({}, { now: 1_000 }))).toBe('approve');
    expect(said(send(start, {}, 0, 1, 999).judge({}, { now: 999 }))).toBe('refuse REPEATED_EXECUTION');
    expect(said(send(start, {}, 0, 1_001, 1_002).judge({}, { now: 1_002 }))).toBe('approve');
  });

  it.each([
    ['symbol', { symbol: 'USDJPY' }],
    ['side', { side: 'sell' }],
    ['quantity', { quantity: 1.01 }],
    ['owner', { owner: 'other' }],
    ['purpose', { purpose: 'reduce' }],
  ] as const)('does not count an order of another %s', (_, order) => {
    const run = send(send(start, {}, MOMENT, MOMENT), order, MOMENT);
    expect(said(run.judge({}))).toBe('approve');
    expect(said(run.judge({ source: 'other' }))).toBe('approve');
    expect(said(send(run, {}, MOMENT).judge({}))).toBe('refuse REPEATED_EXECUTION');
  });

  it('stops all orders of that owner, and of no other', () => {
    expect(said(off.judge({ symbol: 'USDJPY', side: 'sell' }))).toBe('refuse REPEATED_EXECUTION');
    expect(said(off.judge({ source: 'other' }))).toBe('approve');
  });

  it('does not come back by itself', () => {
    expect(said(off.judge({}, { now: MOMENT + 1e9 }))).toBe('refuse REPEATED_EXECUTION');
  });

  it('comes back when a person says so, with a clean sheet', () => {
    const on = off.tell(enable(), { now: MOMENT + 3 });
    expect(said(on.judge({}))).toBe('approve');
    expect(said(send(on, {}, MOMENT + 4, MOMENT + 5).judge({}))).toBe('approve');
    expect(said(send(on, {}, MOMENT + 4, MOMENT + 5, MOMENT + 6).judge({}))).toBe(
      'refuse REPEATED_EXECUTION',
    );
  });

  it.each([
    ['a policy', { by: 'policy:ladder' }],
    ['another word', { say: 'enable' }],
    ['a word to another policy', { policy: 'killSwitch' }],
    ['a word about another owner', { data: { owner: 'other' } }],
    ['a word about nobody', { data: {} }],
    ['a word without data', { data: undefined }],
    ['an owner that is no text', { data: { owner: 7 } }],
  ])('does not come back by %s', (_, over) => {
    const event = enable(over);
    expect(policy.memory!.next(off.state, event, bookWith())).toBe(off.state);
  });

  it('does not come back by another command', () => {
    const event = commanded({ do: 'resume', by: 'ann' });
    expect(policy.memory!.next(off.state, event, bookWith())).toBe(off.state);
  });

  it('switches on only whom the person named', () => {
    const both = send(off, { owner: 'other' }, MOMENT, MOMENT, MOMENT).tell(enable());
    expect(said(both.judge({}))).toBe('approve');
    expect(said(both.judge({ source: 'other' }))).toBe('refuse REPEATED_EXECUTION');
    expect(both.state.sent.map(({ owner }) => owner)).toEqual(['other', 'other', 'other']);
  });

  it('tells people once', () => {
    const { alerts } = policy.memory!;
    const before = send(start, {}, MOMENT, MOMENT);
    expect(alerts?.(before.state, off.state, bookWith())).toEqual([
      'test:EURUSD sent 3 x buy 1 EURUSD and is switched off until a person re-enables it.',
    ]);
    expect(alerts?.(undefined, off.state, bookWith())).toHaveLength(1);
    const two = send(off, { owner: 'other' }, MOMENT, MOMENT, MOMENT);
    expect(alerts?.(off.state, two.state, bookWith())).toEqual([
      'other sent 3 x buy 1 EURUSD and is switched off until a person re-enables it.',
    ]);
    const more = send(off, {}, MOMENT + 3);
    expect(more.state.off).toHaveLength(1);
    expect(alerts?.(off.state, more.state, bookWith())).toEqual([]);
  });

  it('allows ten a minute when not told otherwise', () => {
    const nine = send(follow(repeatedExecution()), {}, ...Array.from({ length: 9 }, () => 0));
    expect(said(nine.judge({}))).toBe('approve');
    expect(said(send(nine, {}, 59_999).judge({}))).toBe('refuse REPEATED_EXECUTION');
    expect(said(send(nine, {}, 60_000).judge({}))).toBe('approve');
  });

  it('refuses settings that make no sense', () => {
    for (const executions of [1, 2.5, 101]) expect(() => repeatedExecution({ executions })).toThrowError();
    expect(() => repeatedExecution({ within: 0 })).toThrowError('Too small');
  });
});
