import { describe, expect, it } from 'vitest';
import { commanded, refusedSignal } from '../test-support/events.js';
import { bookWith, MOMENT } from '../test-support/market.js';
import { executedSignal, filled } from '../test-support/outcomes.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import { type LiquidityState, liquidityMonitor, liquidityReport } from './liquidity-monitor.js';
import { median } from './median.js';

type Run = PolicyRun<LiquidityState>;

/** Signals of EURUSD whose quotes had these spreads, tenths of a pip. */
const signals = (run: Run, tenths: readonly number[]): Run =>
  tenths.reduce(
    (now, tenth) =>
      now.tell(refusedSignal({ quote: { time: MOMENT, bid: 1.1, ask: 1.1 + tenth * 0.00001 } })),
    run,
  );

const times = (count: number, tenth: number): number[] => Array<number>(count).fill(tenth);

/** More than 1 pip is low; 10 signals, of which at most 3 may be. */
const policy = liquidityMonitor({ pips: 1, signals: 10, action: 'refuse' });
const reset = (by: string, over: object = {}) =>
  commanded({ do: 'tell', policy: 'liquidityMonitor', say: 'reset', by, ...over });

describe('the median', () => {
  it.each([
    [[3, 1, 2], 2],
    [[4, 1, 3, 2], 2.5],
    [[5], 5],
    [[10, 9, 1], 9],
  ])('of %j is %d', (values, middle) => {
    expect(median(values)).toBe(middle);
  });

  it('of nothing is not a number', () => {
    expect(median([])).toBeNaN();
  });
});

describe('liquidityMonitor', () => {
  it('lets a share of exactly 30 % pass, and refuses above', () => {
    expect(said(signals(follow(policy), [...times(7, 10), ...times(3, 11)]).judge())).toBe('approve');
    expect(signals(follow(policy), [...times(6, 10), ...times(4, 11)]).judge()).toEqual({
      code: 'LIQUIDITY_SHARE',
      limit: 0.3,
      actual: 0.4,
    });
  });

  it('says nothing of fewer signals than it judges by', () => {
    expect(said(signals(follow(policy), times(9, 50)).judge())).toBe('approve');
    expect(said(signals(follow(policy), times(10, 50)).judge())).toBe('refuse LIQUIDITY_SHARE');
  });

  it('recovers as signals come in better markets', () => {
    const low = signals(follow(policy), [...times(4, 11), ...times(6, 10)]);
    expect(said(low.judge())).toBe('refuse LIQUIDITY_SHARE');
    expect(said(signals(low, [10]).judge())).toBe('approve');
  });

  it('holds entries for a person where told so', () => {
    const holding = liquidityMonitor({ pips: 1, signals: 10, action: 'hold', holdFor: 60_000 });
    expect(signals(follow(holding), times(10, 11)).judge()).toEqual({
      code: 'LIQUIDITY_SHARE',
      limit: 0.3,
      actual: 1,
      hold: 60_000,
    });
  });

  it.each(['alert', 'pause'] as const)('judges nothing where it is to %s', (action) => {
    const other = liquidityMonitor({ pips: 1, signals: 10, action });
    expect(said(signals(follow(other), times(10, 50)).judge())).toBe('approve');
  });

  it('takes a spread of more than three times the median of its symbol for low', () => {
    const byMedian = liquidityMonitor();
    const typical = signals(follow(byMedian), times(10, 10));
    expect(liquidityReport(signals(typical, [30]).state)).toMatchObject({ signals: 11, low: 0 });
    const low = signals(typical, [31]).state;
    expect(liquidityReport(low)).toEqual({
      signals: 11,
      low: 1,
      share: 1 / 11,
      medianSpreads: [{ symbol: 'EURUSD', spread: 0.0001, samples: 11 }],
    });
  });

  it('knows no median before ten spreads of the symbol', () => {
    const byMedian = liquidityMonitor();
    expect(liquidityReport(signals(follow(byMedian), [...times(9, 10), 90]).state).low).toBe(0);
    const other = signals(follow(byMedian), times(10, 10)).tell(
      refusedSignal({ symbol: 'USDJPY', quote: { time: MOMENT, bid: 150, ask: 151 } }),
    );
    expect(liquidityReport(other.state).low).toBe(0);
  });

  it('counts a median below one tick as one tick', () => {
    const zero = signals(follow(liquidityMonitor()), times(10, 0));
    expect(liquidityReport(signals(zero, [3]).state).low).toBe(0);
    expect(liquidityReport(signals(zero, [4]).state).low).toBe(1);
  });

  it('forgets old spreads and old signals', () => {
    const short = liquidityMonitor({ samples: 10, signals: 20 });
    // The median follows from 1 to 5 pips, so that 6 pips are nothing special any more.
    const run = signals(follow(short), [...times(20, 10), ...times(26, 50), 60]);
    expect(liquidityReport(run.state)).toMatchObject({
      signals: 20,
      low: 0,
      medianSpreads: [{ spread: 0.0005, samples: 10 }],
    });
  });

  it.each([
    ['what core raises to close', { origin: 'core' as const }],
    ['what a person approved', { approval: { of: 'x', by: 'ann', until: 0 } }],
    ['quotes that are none', { quote: { time: 0, bid: Number.NaN, ask: 1 } }],
  ])('does not count %s', (_name, over) => {
    const run = follow(policy);
    expect(policy.memory?.next(run.state, executedSignal(over), bookWith())).toBe(run.state);
    expect(policy.memory?.next(run.state, filled(), bookWith())).toBe(run.state);
  });

  it('counts a signal of an unknown instrument as none of low liquidity', () => {
    const run = follow(policy).tell(refusedSignal({ symbol: 'NOPE', quote: { time: 0, bid: 1, ask: 9 } }));
    expect(liquidityReport(run.state)).toMatchObject({ signals: 1, low: 0 });
  });

  it('keeps the spreads of at most 64 symbols', () => {
    const run = Array.from({ length: 70 }).reduce<Run>(
      (now, _, i) => now.tell(refusedSignal({ symbol: `S${i}` })),
      follow(policy),
    );
    expect(run.state.spreads).toHaveLength(64);
    expect(run.state.spreads.at(-1)?.symbol).toBe('S69');
  });

  it('alerts once when the share grows too large, and again only after it fell to half', () => {
    const alerts = (before: LiquidityState, after: LiquidityState) =>
      policy.memory?.alerts?.(before, after, bookWith());
    const before = signals(follow(policy), [...times(6, 10), ...times(3, 11)]);
    const after = signals(before, [11]);
    expect(alerts(before.state, after.state)).toEqual([
      '4 of the last 10 signals came at wide spreads, more than 0.3 of them',
    ]);
    // Down to 2 of 10, above half of 30 %: still the same alarm.
    const calmer = signals(after, times(8, 10));
    expect(liquidityReport(calmer.state).low).toBe(2);
    const same = signals(calmer, [11, 11, 11, 11]);
    expect(alerts(calmer.state, same.state)).toEqual([]);
    // Down to 1 of 10: the next is a new one.
    const calm = signals(after, times(9, 10));
    const again = signals(calm, [11, 11, 11]);
    expect(alerts(again.state, signals(again, [11]).state)).toHaveLength(1);
  });

  it('pauses the bot at the alert where told so', () => {
    const pausing = liquidityMonitor({ pips: 1, signals: 10, action: 'pause' });
    const before = signals(follow(pausing), times(9, 11)).state;
    const after = signals(follow(pausing), times(10, 11)).state;
    expect(pausing.memory?.commands?.(before, after, bookWith())).toEqual([
      { do: 'pause', by: 'policy:liquidityMonitor', reason: 'more than 0.3 of signals at wide spreads' },
    ]);
    expect(pausing.memory?.commands?.(after, after, bookWith())).toEqual([]);
    expect(policy.memory?.commands?.(before, after, bookWith())).toEqual([]);
  });

  it('neither alerts nor pauses at a start', () => {
    const pausing = liquidityMonitor({ pips: 1, signals: 10, action: 'pause' });
    const { state } = signals(follow(pausing), times(10, 11));
    expect(pausing.memory?.commands?.(undefined, state, bookWith())).toEqual([]);
    expect(pausing.memory?.alerts?.(undefined, state, bookWith())).toEqual([]);
  });

  it('begins anew when a person resets it, not when a policy does', () => {
    const low = signals(follow(policy), times(10, 11));
    expect(said(low.tell(reset('policy:x')).judge())).toBe('refuse LIQUIDITY_SHARE');
    expect(said(low.tell(reset('ann', { policy: 'other' })).judge())).toBe('refuse LIQUIDITY_SHARE');
    expect(said(low.tell(reset('ann', { say: 'hello' })).judge())).toBe('refuse LIQUIDITY_SHARE');
    const fresh = low.tell(reset('ann'));
    expect(said(fresh.judge())).toBe('approve');
    expect(liquidityReport(fresh.state)).toMatchObject({ signals: 0, low: 0, share: 0 });
  });

  it('does not take a window that is smaller than what it judges by', () => {
    expect(() => liquidityMonitor({ signals: 9 })).toThrow('More signals are needed than are looked at');
  });

  it('looks at 50 signals unless told otherwise', () => {
    const run = signals(follow(liquidityMonitor({ pips: 1 })), [...times(50, 11), ...times(35, 10)]);
    expect(liquidityReport(run.state)).toMatchObject({ signals: 50, low: 15, share: 0.3 });
  });
});
