import { describe, expect, it } from 'vitest';
import { sent, traded } from '../test-support/events.js';
import { bookWith } from '../test-support/market.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import { lowProfitSymbols } from './low-profit-symbols.js';

/** Trades with these profits, 100 ms apart from 0 on, each with a balance of 10,000 USD. */
const trades = <S>(run: PolicyRun<S>, ...profits: readonly number[]): PolicyRun<S> =>
  profits.reduce((r, profit, i) => r.tell(traded({ profit, exit: 'order' }), { now: i * 100 }), run);

describe('lowProfitSymbols', () => {
  const policy = lowProfitSymbols({ trades: 2, within: 1_000, pause: 500 });
  const start = follow(policy);
  const locked = trades(start, 50, -51);

  it('locks a symbol for `pause` ms when its trades add up to a loss', () => {
    expect(locked.judge({}, { now: 100 + 499 })).toEqual({ code: 'LOW_PROFIT', limit: 500, actual: 499 });
    expect(said(locked.judge({}, { now: 100 + 500 }))).toBe('approve');
    expect(said(locked.judge({ source: 'other' }, { now: 100 }))).toBe('refuse LOW_PROFIT');
    expect(said(locked.judge({ symbol: 'USDJPY' }, { now: 100 }))).toBe('approve');
  });

  it('does not lock at exactly the profit required', () => {
    expect(said(trades(start, 50, -50).judge({}, { now: 100 }))).toBe('approve');
    // -0.1 - 0.2 + 0.3 is a hair below 0 in doubles.
    const three = follow(lowProfitSymbols({ trades: 3 }));
    expect(said(trades(three, -0.1, -0.2, 0.3).judge({}, { now: 200 }))).toBe('approve');
  });

  it('wants a fraction of the balance when told', () => {
    const run = follow(lowProfitSymbols({ trades: 2, within: 1_000, pause: 500, requiredProfit: 0.01 }));
    expect(said(trades(run, 60, 40).judge({}, { now: 100 }))).toBe('approve');
    expect(said(trades(run, 60, 39.99).judge({}, { now: 100 }))).toBe('refuse LOW_PROFIT');
    const lenient = follow(lowProfitSymbols({ trades: 2, within: 1_000, pause: 500, requiredProfit: -0.01 }));
    expect(said(trades(lenient, -60, -40).judge({}, { now: 100 }))).toBe('approve');
    expect(said(trades(lenient, -60, -40.01).judge({}, { now: 100 }))).toBe('refuse LOW_PROFIT');
  });

  it('takes a loss for a loss when the balance is none', () => {
    const run = follow(lowProfitSymbols({ trades: 1, requiredProfit: -0.5 }));
    const at = { now: 0, account: { balance: Number.NaN } };
    expect(said(run.tell(traded({ profit: -1 }), at).judge({}, { now: 0 }))).toBe('refuse LOW_PROFIT');
    expect(said(run.tell(traded({ profit: 1 }), at).judge({}, { now: 0 }))).toBe('approve');
  });

  it('does not judge by too few trades, nor by those of other symbols', () => {
    expect(said(trades(start, -100).judge({}, { now: 0 }))).toBe('approve');
    const mixed = trades(start, -100).tell(traded({ symbol: 'USDJPY' }), { now: 0 });
    expect(said(mixed.judge({}, { now: 0 }))).toBe('approve');
    expect(said(mixed.judge({ symbol: 'USDJPY' }, { now: 0 }))).toBe('approve');
    const rich = trades(start, -100).tell(traded({ symbol: 'USDJPY', profit: 500 }), { now: 0 });
    expect(said(rich.tell(traded({ profit: 50 }), { now: 0 }).judge({}, { now: 0 }))).toBe(
      'refuse LOW_PROFIT',
    );
  });

  it('counts trades within the time only', () => {
    const late = (now: number) =>
      said(
        trades(start, -100)
          .tell(traded({ profit: -1 }), { now })
          .judge({}, { now }),
      );
    expect(late(999)).toBe('refuse LOW_PROFIT');
    expect(late(1_000)).toBe('approve');
  });

  it('locks again with each trade that leaves it low', () => {
    const again = locked.tell(traded({ profit: -1 }), { now: 700 });
    expect(again.judge({}, { now: 800 })).toMatchObject({ actual: 100 });
    expect(said(locked.tell(traded({ profit: 99 }), { now: 700 }).judge({}, { now: 800 }))).toBe('approve');
  });

  it('is two trades in a day below zero and a pause of an hour when not told otherwise', () => {
    const run = trades(follow(lowProfitSymbols()), -1);
    expect(said(run.judge({}, { now: 0 }))).toBe('approve');
    const two = run.tell(traded(), { now: 86_399_999 });
    expect(two.judge({}, { now: 86_399_999 + 3_599_999 })).toMatchObject({ limit: 3_600_000 });
    expect(said(two.judge({}, { now: 86_399_999 + 3_600_000 }))).toBe('approve');
    expect(said(run.tell(traded(), { now: 86_400_000 }).judge({}, { now: 86_400_000 }))).toBe('approve');
  });

  it('tells people what it locked', () => {
    const { alerts } = policy.memory!;
    expect(alerts?.(trades(start, 50).state, locked.state, bookWith({ now: 100 }))).toEqual([
      'EURUSD earned less than 0 of the balance within 1000 ms: no entries for 500 ms.',
    ]);
    expect(alerts?.(locked.state, locked.state, bookWith({ now: 100 }))).toEqual([]);
    expect(alerts?.(undefined, locked.state, bookWith({ now: 599 }))).toHaveLength(1);
    expect(alerts?.(undefined, locked.state, bookWith({ now: 600 }))).toEqual([]);
  });

  it('does not change with other events or with a profit that is no number', () => {
    const { next } = policy.memory!;
    expect(next(locked.state, sent(), bookWith())).toBe(locked.state);
    expect(next(locked.state, traded({ profit: Number.NaN }), bookWith())).toBe(locked.state);
  });

  it('refuses settings that make no sense', () => {
    for (const n of [0, 1.5, 1_001]) expect(() => lowProfitSymbols({ trades: n })).toThrowError();
    for (const requiredProfit of [-1.01, 1.01])
      expect(() => lowProfitSymbols({ requiredProfit })).toThrowError();
    expect(() => lowProfitSymbols({ within: 0 })).toThrowError('Too small');
    expect(() => lowProfitSymbols({ pause: 0 })).toThrowError('Too small');
  });
});
