import { describe, expect, it } from 'vitest';
import { ended, sent } from '../test-support/events.js';
import { bookWith } from '../test-support/market.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import { tradesPerDay } from './trades-per-day.js';

const NOON = Date.parse('2023-11-14T12:00:00Z');
/** 17:00 in New York. */
const ROLL = Date.parse('2023-11-14T22:00:00Z');

const send = <S>(run: PolicyRun<S>, now: number, ...ids: readonly string[]): PolicyRun<S> =>
  ids.reduce((r, id) => r.tell(sent({ id }), { now }), run);
const many = (count: number) => Array.from({ length: count }, (_, i) => `id${i}`);

describe('tradesPerDay', () => {
  it.each([
    ['starter', 10],
    ['pro', 50],
  ] as const)('allows by the plan %s %d a day', (plan, limit) => {
    const run = send(follow(tradesPerDay({ plan })), NOON, ...many(limit - 1));
    expect(said(run.judge({}, { now: NOON }))).toBe('approve');
    const full = send(run, NOON, 'last');
    expect(full.judge({}, { now: NOON })).toEqual({ code: 'TRADES_A_DAY', limit, actual: limit + 1 });
  });

  it('allows any number by the plan unlimited, and remembers a bounded number of them', () => {
    const policy = tradesPerDay({ plan: 'unlimited' });
    let { initial: state } = policy.memory!;
    for (const id of many(3_000)) state = policy.memory!.next(state, sent({ id }), bookWith({ now: NOON }));
    expect(state.count).toBe(3_000);
    expect(state.open).toHaveLength(1_000);
    expect(state.open.at(-1)).toBe('id2999');
  });

  it('is for starters when not told otherwise, and a number goes before the plan', () => {
    expect(said(send(follow(tradesPerDay()), NOON, ...many(10)).judge({}, { now: NOON }))).toBe(
      'refuse TRADES_A_DAY',
    );
    const two = follow(tradesPerDay({ plan: 'unlimited', trades: 2 }));
    expect(said(send(two, NOON, 'a').judge({}, { now: NOON }))).toBe('approve');
    expect(said(send(two, NOON, 'a', 'b').judge({}, { now: NOON }))).toBe('refuse TRADES_A_DAY');
  });

  it('gives an entry back that ended without a fill', () => {
    const run = send(follow(tradesPerDay({ trades: 1 })), NOON, 'a');
    expect(said(run.tell(ended({ id: 'a' }, 0), { now: NOON }).judge({}, { now: NOON }))).toBe('approve');
    const filled = run.tell(ended({ id: 'a' }, 0.01), { now: NOON });
    expect(said(filled.judge({}, { now: NOON }))).toBe('refuse TRADES_A_DAY');
  });

  it('gives back once, and only what it counted', () => {
    const run = send(follow(tradesPerDay({ trades: 2 })), NOON, 'a', 'b');
    const once = run
      .tell(ended({ id: 'a' }, 0))
      .tell(ended({ id: 'a' }, 0))
      .tell(ended({ id: 'x' }, 0));
    expect(once.state.count).toBe(1);
    expect(run.tell(ended({ id: 'b' }, 1)).tell(ended({ id: 'a' }, 0)).state.count).toBe(1);
    const done = run.tell(ended({ id: 'a' }, 1)).tell(ended({ id: 'a' }, 0));
    expect(done.state.count).toBe(2);
  });

  it('begins anew when the day rolls, at 17:00 New York', () => {
    const run = send(follow(tradesPerDay({ trades: 1 })), ROLL - 1, 'a');
    expect(said(run.judge({}, { now: ROLL - 1 }))).toBe('refuse TRADES_A_DAY');
    expect(said(run.judge({}, { now: ROLL }))).toBe('approve');
    const next = send(run, ROLL, 'b');
    expect(next.judge({}, { now: ROLL })).toMatchObject({ actual: 2 });
    // Of yesterday: gives nothing back today.
    expect(said(next.tell(ended({ id: 'a' }, 0), { now: ROLL }).judge({}, { now: ROLL }))).toBe(
      'refuse TRADES_A_DAY',
    );
    expect(next.state.open).toEqual(['b']);
  });

  it('has the day of the broker when told', () => {
    const roll = { zone: 'Europe/Berlin', time: '00:00' };
    const run = send(follow(tradesPerDay({ trades: 1, roll })), ROLL, 'a');
    expect(said(run.judge({}, { now: Date.parse('2023-11-14T22:59:59.999Z') }))).toBe('refuse TRADES_A_DAY');
    expect(said(run.judge({}, { now: Date.parse('2023-11-14T23:00:00Z') }))).toBe('approve');
  });

  it('does not count what only reduces', () => {
    const run = follow(tradesPerDay({ trades: 1 })).tell(sent({ purpose: 'reduce' }), { now: NOON });
    expect(said(run.judge({}, { now: NOON }))).toBe('approve');
  });

  it('notices at once what makes no sense', () => {
    expect(() => tradesPerDay({ roll: { zone: 'Mars/Base', time: '17:00' } })).toThrowError(
      'not a time zone',
    );
    expect(() => tradesPerDay({ roll: { zone: 'UTC', time: '25:00' } })).toThrowError('not a time of day');
    for (const trades of [0, 1.5]) expect(() => tradesPerDay({ trades })).toThrowError();
  });
});
