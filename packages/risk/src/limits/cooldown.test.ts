import { describe, expect, it } from 'vitest';
import { sent, traded } from '../test-support/events.js';
import { bookWith } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { cooldown } from './cooldown.js';

describe('cooldown', () => {
  const lost = follow(cooldown({ pause: 1_000 })).tell(traded(), { now: 100 });

  it('refuses entries until a loss is `pause` ms old', () => {
    expect(lost.judge({}, { now: 1_099 })).toEqual({ code: 'COOLDOWN', limit: 1_000, actual: 999 });
    expect(said(lost.judge({}, { now: 1_100 }))).toBe('approve');
  });

  it('concerns the same owner and symbol, or all when told', () => {
    expect(said(lost.judge({ source: 'other' }, { now: 100 }))).toBe('approve');
    expect(said(lost.judge({ symbol: 'USDJPY' }, { now: 100 }))).toBe('approve');
    const all = follow(cooldown({ pause: 1_000, scope: 'all' })).tell(traded(), { now: 100 });
    expect(said(all.judge({ source: 'other', symbol: 'USDJPY' }, { now: 1_099 }))).toBe('refuse COOLDOWN');
    expect(said(all.judge({ source: 'other', symbol: 'USDJPY' }, { now: 1_100 }))).toBe('approve');
  });

  it('follows losses only, unless told to follow any trade', () => {
    const start = follow(cooldown({ pause: 1_000 }));
    for (const profit of [0, 100]) {
      expect(said(start.tell(traded({ profit }), { now: 100 }).judge({}, { now: 100 }))).toBe('approve');
      const any = follow(cooldown({ pause: 1_000, after: 'any' })).tell(traded({ profit }), { now: 100 });
      expect(said(any.judge({}, { now: 100 }))).toBe('refuse COOLDOWN');
    }
    for (const profit of [-0.01, Number.NaN])
      expect(said(start.tell(traded({ profit }), { now: 100 }).judge({}, { now: 100 }))).toBe(
        'refuse COOLDOWN',
      );
  });

  it('counts from the last loss', () => {
    const again = lost.tell(traded(), { now: 600 });
    expect(again.judge({}, { now: 1_100 })).toMatchObject({ actual: 500 });
    expect(again.state).toHaveLength(1);
    const other = again.tell(traded({ owner: 'other' }), { now: 700 });
    expect(other.judge({}, { now: 1_100 })).toMatchObject({ actual: 500 });
    expect(other.judge({ source: 'other' }, { now: 1_100 })).toMatchObject({ actual: 400 });
  });

  it('keeps each symbol of an owner by itself', () => {
    const both = lost.tell(traded({ symbol: 'USDJPY' }), { now: 300 });
    expect(both.judge({}, { now: 400 })).toMatchObject({ actual: 300 });
    expect(both.judge({ symbol: 'USDJPY' }, { now: 400 })).toMatchObject({ actual: 100 });
  });

  it('is not ended by a win', () => {
    expect(said(lost.tell(traded({ profit: 5 }), { now: 200 }).judge({}, { now: 300 }))).toBe(
      'refuse COOLDOWN',
    );
  });

  it('forgets what is over', () => {
    const other = lost.tell(traded({ owner: 'other' }), { now: 1_100 });
    expect(other.state).toEqual([{ at: 1_100, owner: 'other', symbol: 'EURUSD' }]);
  });

  it('lasts a quarter of an hour when not told otherwise', () => {
    const run = follow(cooldown()).tell(traded(), { now: 0 });
    expect(said(run.judge({}, { now: 899_999 }))).toBe('refuse COOLDOWN');
    expect(said(run.judge({}, { now: 900_000 }))).toBe('approve');
    expect(() => cooldown({ pause: 0 })).toThrowError('Too small');
  });

  it('does not change with other events', () => {
    const { memory } = cooldown();
    expect(memory!.next(lost.state, sent(), bookWith())).toBe(lost.state);
  });
});
