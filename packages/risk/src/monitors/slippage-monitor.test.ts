import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { commanded } from '../test-support/events.js';
import { bookWith, MOMENT } from '../test-support/market.js';
import { filled } from '../test-support/outcomes.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import { type SlippageState, slippageMonitor, slippageReport } from './slippage-monitor.js';
import { slippageOf } from './slippage-window.js';

type Run = PolicyRun<SlippageState>;
const at = (ms: number) => ({ now: MOMENT + ms });

/** Buys of EURUSD that were expected at 1.1001, filled so many tenths of a pip above. */
const bought = (run: Run, tenths: readonly number[], ms = 0): Run =>
  tenths.reduce((now, tenth) => now.tell(filled({ price: 1.1001 + tenth * 0.00001 }), at(ms)), run);

const fixed = slippageMonitor({ pips: 0.2, fills: 4, atLeast: 4 });
const resume = (data: object | undefined = undefined, by = 'ann') =>
  commanded({ do: 'tell', policy: 'slippageMonitor', say: 'resume', ...(data && { data }), by });

describe('the slippage of a fill', () => {
  it.each([
    ['buy', 1.10013, 1.1001, 0.0001, 0.3],
    ['buy', 1.10008, 1.1001, 0.0001, -0.2],
    ['sell', 1.09985, 1.1, 0.0001, 1.5],
    ['sell', 1.1002, 1.1, 0.0001, -2],
    ['sell', 149.98, 150, 0.01, 2],
    ['buy', 1, 1, 0.0001, 0],
  ] as const)('of a %s at %d instead of %d, pip %d, is %d pips', (side, price, expected, pip, pips) => {
    expect(slippageOf({ side, price }, expected, pip)).toBe(pips);
  });
});

describe('slippageMonitor', () => {
  it('says nothing of fewer fills than it judges by', () => {
    expect(said(bought(follow(fixed), [90, 90, 90]).judge())).toBe('approve');
  });

  it('lets a ratio of exactly 1.5 pass, and refuses above', () => {
    // Mean of 2, 4, 1, 5 tenths = 0.3 pips = 1.5 x 0.2.
    expect(said(bought(follow(fixed), [2, 4, 1, 5]).judge())).toBe('approve');
    // Mean of 2, 4, 2, 5 tenths = 0.325 pips = 1.625 x 0.2.
    expect(bought(follow(fixed), [2, 4, 2, 5]).judge()).toEqual({
      code: 'SLIPPAGE',
      limit: 1.5,
      actual: 1.625,
    });
  });

  it('sets fills that were better against those that were worse', () => {
    expect(said(bought(follow(fixed), [20, -9, -9, -2]).judge())).toBe('approve');
  });

  it('looks at the last fills only', () => {
    // -10 leaves the window: 2, 4, 2, 5 remain.
    expect(said(bought(follow(fixed), [-10, 2, 4, 2]).judge())).toBe('approve');
    expect(said(bought(follow(fixed), [-10, 2, 4, 2, 5]).judge())).toBe('refuse SLIPPAGE');
  });

  it('models a fraction of the spread at the fill where that is given', () => {
    // Spreads of 1.0 and 2.0 pips at half: 0.5 and 1.0 pips modelled, 0.75 on average; 1.2 realised = 1.6 x.
    const policy = slippageMonitor({ spreadFraction: 0.5, fills: 2, atLeast: 2 });
    const run = follow(policy)
      .tell(filled({ price: 1.1002 }), { quotes: { EURUSD: [1.1, 1.1001] } })
      .tell(filled({ price: 1.10024 }), { quotes: { EURUSD: [1.1, 1.1002] } });
    expect(slippageReport(run.state)).toEqual([
      { symbol: 'EURUSD', fills: 2, realised: 1.2, modelled: 0.75, ratio: 1.6 },
    ]);
    expect(run.judge()).toEqual({ code: 'SLIPPAGE', limit: 1.5, actual: 1.6 });
  });

  it('refuses what slipped at all where nothing was modelled', () => {
    const policy = slippageMonitor({ spreadFraction: 0.5, fills: 1, atLeast: 1 });
    const noSpread = { quotes: { EURUSD: [1.1001, 1.1001] as const } };
    const run = follow(policy).tell(filled({ price: 1.10011 }), noSpread);
    expect(run.judge()).toEqual({ code: 'SLIPPAGE', limit: 1.5, actual: 'Infinity' });
    expect(said(follow(policy).tell(filled(), noSpread).judge())).toBe('approve');
  });

  it.each([
    ['limits and what nobody expected', filled({ price: 1.2 }, 'none')],
    ['instruments that are not known', filled({ symbol: 'XAUUSD', price: 3 })],
    ['prices that are none', filled({ price: Number.NaN })],
  ])('does not count %s', (_name, event) => {
    const run = follow(fixed);
    expect(fixed.memory?.next(run.state, event, bookWith())).toBe(run.state);
  });

  it.each([[undefined], [[Number.NaN, 1.1001]], [[1.1002, 1.1001]]] as const)(
    'does not count a fill against a fraction of the quote %j',
    (quote) => {
      const policy = slippageMonitor({ spreadFraction: 0.5 });
      const book = bookWith({ quotes: { EURUSD: quote as unknown as readonly [number, number] } });
      expect(policy.memory?.next(follow(policy).state, filled(), book).windows).toEqual([]);
    },
  );

  it('pauses each symbol for itself', () => {
    const run = bought(follow(fixed), [5, 5, 5, 5]);
    expect(said(run.judge({ symbol: 'USDJPY' }))).toBe('approve');
    // 0.4 pips of 0.01 = 2 x 0.2.
    const both = Array.from({ length: 4 }).reduce<Run>(
      (now) => now.tell(filled({ symbol: 'USDJPY', side: 'sell', price: 149.996 }, 150)),
      run,
    );
    expect(both.judge({ symbol: 'USDJPY' })).toEqual({ code: 'SLIPPAGE', limit: 1.5, actual: 2 });
    expect(slippageReport(both.state)).toEqual([
      { symbol: 'EURUSD', fills: 4, realised: 0.5, modelled: 0.2, ratio: 2.5 },
      { symbol: 'USDJPY', fills: 4, realised: 0.4, modelled: 0.2, ratio: 2 },
    ]);
  });

  it('stays paused until a person resumes it, however well the next fills go', () => {
    const paused = bought(follow(fixed), [5, 5, 5, 5]);
    expect(said(bought(paused, [0, 0, 0, 0, 0]).judge({}, at(9e9)))).toBe('refuse SLIPPAGE');
    expect(bought(paused, [9, 9, 9, 9], 1).state.paused).toEqual(paused.state.paused);
    expect(said(paused.tell(resume({ symbol: 'EURUSD' }, 'policy:x')).judge())).toBe('refuse SLIPPAGE');
    expect(said(paused.tell(resume({ symbol: 'USDJPY' })).judge())).toBe('refuse SLIPPAGE');
    expect(said(paused.tell(resume({ symbol: 'EURUSD' })).judge())).toBe('approve');
    expect(said(paused.tell(resume()).judge())).toBe('approve');
  });

  it.each([
    { do: 'tell', policy: 'slippageMonitor', say: 'go on', by: 'ann' },
    { do: 'tell', policy: 'other', say: 'resume', by: 'ann' },
    { do: 'resume', by: 'ann' },
  ])('does not take %j for a resume', (command) => {
    const paused = bought(follow(fixed), [5, 5, 5, 5]);
    expect(said(paused.tell(commanded(command)).judge())).toBe('refuse SLIPPAGE');
  });

  it('counts anew after a resume', () => {
    const resumed = bought(follow(fixed), [5, 5, 5, 5]).tell(resume());
    expect(slippageReport(resumed.state)).toEqual([]);
    expect(said(bought(resumed, [9, 9, 9]).judge())).toBe('approve');
    expect(said(bought(resumed, [9, 9, 9, 9]).judge())).toBe('refuse SLIPPAGE');
  });

  it('ends by itself after a pause where one is given, and counts anew', () => {
    const policy = slippageMonitor({ pips: 0.2, fills: 4, atLeast: 2, pause: 60_000 });
    const paused = bought(follow(policy), [5, 5]);
    expect(said(paused.judge({}, at(59_999)))).toBe('refuse SLIPPAGE');
    expect(said(paused.judge({}, at(60_000)))).toBe('approve');
    const later = bought(paused, [5], 60_000);
    expect(slippageReport(later.state)).toMatchObject([{ fills: 1 }]);
    expect(said(later.judge({}, at(60_000)))).toBe('approve');
    expect(said(bought(later, [5], 60_001).judge({}, at(60_001)))).toBe('refuse SLIPPAGE');
  });

  it('looks at 20 fills and judges by 10 unless told otherwise', () => {
    const policy = slippageMonitor({ pips: 0.2 });
    expect(said(bought(follow(policy), Array(9).fill(5)).judge())).toBe('approve');
    const run = bought(follow(policy), Array(30).fill(5));
    expect(said(run.judge())).toBe('refuse SLIPPAGE');
    expect(slippageReport(run.state)).toMatchObject([{ fills: 20 }]);
  });

  it('alerts once, at the pause', () => {
    const alerts = fixed.memory?.alerts;
    const before = bought(follow(fixed), [5, 5, 5]).state;
    const after = bought(follow(fixed), [5, 5, 5, 5]).state;
    expect(alerts?.(before, after, bookWith())).toEqual([
      'EURUSD slipped 0.5 pips a fill over 4 fills where 0.2 were modelled; its entries are refused until a person resumes',
    ]);
    expect(alerts?.(after, bought(follow(fixed), [5, 5, 5, 5, 5]).state, bookWith())).toEqual([]);
  });

  it.each([
    [{}, 'either as pips or as spreadFraction'],
    [{ pips: 0.2, spreadFraction: 0.5 }, 'either as pips or as spreadFraction'],
    [{ pips: 0 }, 'slippageMonitor.pips'],
    [{ pips: 0.2, fills: 5 }, 'More fills are needed than are looked at'],
  ])('does not take the settings %j', (settings, message) => {
    expect(() => slippageMonitor(settings)).toThrow(message);
  });

  it('is paused exactly when the mean of the window is above 1.5 times the model', () => {
    const outcomes = { paused: 0, passed: 0 };
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -10, max: 16 }), { minLength: 4, maxLength: 12 }), (tenths) => {
        const sums = tenths.slice(3).map((_, i) => tenths.slice(i, i + 4).reduce((a, b) => a + b, 0));
        // In whole tenths of pips: 4 fills x 0.2 pips x 1.5 = 12 tenths.
        const isPaused = sums.some((sum) => sum > 12);
        outcomes[isPaused ? 'paused' : 'passed']++;
        const answer = said(bought(follow(fixed), tenths).judge());
        expect(answer).toBe(isPaused ? 'refuse SLIPPAGE' : 'approve');
      }),
      { numRuns: 300 },
    );
    expect(Math.min(outcomes.paused, outcomes.passed)).toBeGreaterThan(30);
  });
});
