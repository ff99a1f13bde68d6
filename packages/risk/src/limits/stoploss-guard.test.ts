import { describe, expect, it } from 'vitest';
import { sent, traded } from '../test-support/events.js';
import { bookWith } from '../test-support/market.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import { stoplossGuard } from './stoploss-guard.js';

const trade = <S>(run: PolicyRun<S>, over: Parameters<typeof traded>[0], ...times: readonly number[]) =>
  times.reduce((r, now) => r.tell(traded(over), { now }), run);

const at = (now: number) => bookWith({ now });

describe('stoplossGuard', () => {
  const policy = stoplossGuard({ stops: 3, within: 1_000, pause: 500 });
  const start = follow(policy);
  const locked = trade(start, {}, 0, 100, 200);

  it('refuses entries for `pause` ms after so many stop-outs', () => {
    expect(said(trade(start, {}, 0, 100).judge({}, { now: 200 }))).toBe('approve');
    expect(locked.judge({}, { now: 699 })).toEqual({ code: 'STOPLOSS_GUARD', limit: 500, actual: 499 });
    expect(said(locked.judge({}, { now: 700 }))).toBe('approve');
  });

  it('counts stop-outs within the time only', () => {
    expect(said(trade(start, {}, 0, 100, 999).judge({}, { now: 999 }))).toBe('refuse STOPLOSS_GUARD');
    expect(said(trade(start, {}, 0, 100, 1_000).judge({}, { now: 1_000 }))).toBe('approve');
  });

  it.each([
    ['a target', { exit: 'target' }],
    ['an order', { exit: 'order' }],
    ['the venue', { exit: 'venue' }],
    ['a trailing stop in profit', { profit: 1 }],
    ['a stop at break-even', { profit: 0 }],
  ] as const)('does not count a trade ended by %s', (_, over) => {
    expect(said(trade(start, over, 0, 0, 0).judge({}, { now: 0 }))).toBe('approve');
  });

  it('counts the smallest loss, and a profit that is no number', () => {
    for (const profit of [-0.01, Number.NaN])
      expect(said(trade(start, { profit }, 0, 0, 0).judge({}, { now: 0 }))).toBe('refuse STOPLOSS_GUARD');
  });

  it('locks again with each stop-out while there are so many', () => {
    const again = trade(locked, {}, 800);
    expect(again.judge({}, { now: 1_299 })).toMatchObject({ actual: 499 });
    expect(said(again.judge({}, { now: 1_300 }))).toBe('approve');
  });

  it('counts and locks all symbols together, or each by itself', () => {
    const mixed = <S>(run: PolicyRun<S>) => trade(trade(run, {}, 0, 0), { symbol: 'USDJPY' }, 0);
    const judge = (run: PolicyRun<unknown>, symbol: string) => said(run.judge({ symbol }, { now: 0 }));
    expect(judge(mixed(start), 'EURUSD')).toBe('refuse STOPLOSS_GUARD');
    expect(judge(mixed(start), 'GBPUSD')).toBe('refuse STOPLOSS_GUARD');
    const each = follow(stoplossGuard({ stops: 3, within: 1_000, pause: 500, scope: 'symbol' }));
    expect(judge(mixed(each), 'EURUSD')).toBe('approve');
    const euro = trade(mixed(each), {}, 0);
    expect(judge(euro, 'EURUSD')).toBe('refuse STOPLOSS_GUARD');
    expect(judge(euro, 'USDJPY')).toBe('approve');
  });

  it('tells people what it locked', () => {
    const { alerts } = policy.memory!;
    const before = trade(start, {}, 0, 100).state;
    expect(alerts?.(before, locked.state, at(200))).toEqual([
      '3 stop-outs within 1000 ms: no entries for 500 ms.',
    ]);
    expect(alerts?.(locked.state, locked.state, at(200))).toEqual([]);
    expect(alerts?.(locked.state, trade(locked, {}, 300).state, at(300))).toHaveLength(1);
    // At a start: what still holds.
    expect(alerts?.(undefined, locked.state, at(699))).toHaveLength(1);
    expect(alerts?.(undefined, locked.state, at(700))).toEqual([]);
    const each = stoplossGuard({ stops: 1, scope: 'symbol' });
    const one = trade(follow(each), {}, 0).state;
    const two = trade(trade(follow(each), {}, 0), { symbol: 'USDJPY' }, 0).state;
    expect(each.memory?.alerts?.(one, two, at(0))).toEqual([
      '1 stop-outs within 86400000 ms: no entries of USDJPY for 14400000 ms.',
    ]);
  });

  it('is four stop-outs in a day and a pause of four hours when not told otherwise', () => {
    const run = trade(follow(stoplossGuard()), {}, 0, 0, 0);
    expect(said(run.judge({}, { now: 0 }))).toBe('approve');
    const four = trade(run, {}, 86_399_999);
    expect(four.judge({}, { now: 86_399_999 + 14_399_999 })).toMatchObject({ limit: 14_400_000 });
    expect(said(four.judge({}, { now: 86_399_999 + 14_400_000 }))).toBe('approve');
    expect(said(trade(run, {}, 86_400_000).judge({}, { now: 86_400_000 }))).toBe('approve');
  });

  it('does not change with other events, and takes no settings that make no sense', () => {
    expect(policy.memory!.next(locked.state, sent(), bookWith())).toBe(locked.state);
    for (const stops of [0, 1.5, 1_001]) expect(() => stoplossGuard({ stops })).toThrowError();
    expect(() => stoplossGuard({ within: 0 })).toThrowError('Too small');
    expect(() => stoplossGuard({ pause: 0 })).toThrowError('Too small');
  });
});
