import type { RiskPolicy } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { commanded, traded } from '../test-support/events.js';
import type { Present } from '../test-support/market.js';
import { follow, said } from '../test-support/policy-run.js';
import { confidenceScaling } from './confidence-scaling.js';
import { drawdownThrottle } from './drawdown-throttle.js';
import { fixedLots } from './fixed-lots.js';

const sizing = fixedLots({ lots: 2 });
const equity = (amount: number): Present => ({ account: { equity: amount } });
const START = { type: 'start' } as const;
const MARK = { type: 'mark' } as const;
const reset = (by = 'ann', policy = 'drawdownThrottle') =>
  commanded({ do: 'tell', policy, say: 'reset', by, reason: 'withdrew' });

const saying = (answer: ReturnType<RiskPolicy['judge']>): RiskPolicy => ({
  name: 'inner',
  judge: () => answer,
});

describe('what goes around a sizing policy', () => {
  const around = (inner: RiskPolicy) => follow(confidenceScaling({}, { sizing: inner }));
  const half = { confidence: 0.6 };

  it("scales the smaller of the policy's size and the signal's", () => {
    expect(around(sizing).judge(half)).toEqual({ cap: 1 });
    expect(around(sizing).judge({ ...half, quantity: 0.5 })).toEqual({ cap: 0.25 });
    expect(around(saying(undefined)).judge({ ...half, quantity: 3 })).toEqual({ cap: 1.5 });
  });

  it('passes a refusal on', () => {
    const refusal = { code: 'NO_RATE', limit: 'a', actual: 'b' };
    expect(around(saying(refusal)).judge(half)).toBe(refusal);
  });

  it('refuses where nobody says how much', () => {
    expect(around(saying(undefined)).judge(half)).toEqual({
      code: 'NO_SIZE',
      limit: 'a size to scale',
      actual: 'none of inner',
    });
  });

  it.each([Number.NaN, -1])('never makes a size of %s', (cap) => {
    expect(around(saying({ cap })).judge(half)).toEqual({ cap: 0 });
  });

  it('asks the policy about the very same order, signal and book', () => {
    const seen: unknown[] = [];
    const spy: RiskPolicy = {
      name: 'spy',
      judge: (order, signal, book, state) => {
        seen.push(order.stop, signal.symbol, book.now(), state);
        return { cap: 1 };
      },
    };
    around(spy).judge({ ...half, stop: 1.05 }, { now: 77 });
    expect(seen).toEqual([1.05, 'EURUSD', 77, undefined]);
  });

  it('speaks for the policy before the start', () => {
    const fussy: RiskPolicy = { ...sizing, notice: 'careful', permits: ({ symbol }) => `no ${symbol}` };
    for (const policy of [
      confidenceScaling({}, { sizing: fussy }),
      drawdownThrottle({}, { sizing: fussy }),
    ]) {
      expect(policy.notice).toBe('careful');
      expect(policy.permits?.({ symbol: 'EURUSD' } as never)).toBe('no EURUSD');
    }
    const plain = confidenceScaling({}, { sizing });
    expect('notice' in plain).toBe(false);
    expect(plain.permits?.({ symbol: 'EURUSD' } as never)).toBeUndefined();
  });

  it('refuses to go around a policy whose memory would be lost', () => {
    const throttle = drawdownThrottle({}, { sizing });
    expect(() => confidenceScaling({}, { sizing: throttle })).toThrow(
      /drawdownThrottle has a memory.*confidenceScaling/,
    );
    expect(() => drawdownThrottle({}, { sizing: throttle })).toThrow(
      expect.objectContaining({
        code: 'BAD_CONFIG',
        where: 'drawdownThrottle.sizing',
        hint: 'Put drawdownThrottle outermost.',
      }),
    );
    expect(() => drawdownThrottle({}, { sizing: confidenceScaling({}, { sizing }) })).not.toThrow();
  });
});

describe('confidenceScaling', () => {
  it.each([
    [0, 1],
    [0.6, 1],
    [0.7, 1.25],
    [0.8, 1.5],
    [1, 2],
  ])('allows of 2 lots at a confidence of %d %d', (confidence, cap) => {
    const answer = follow(confidenceScaling({}, { sizing })).judge({ confidence });
    expect(answer).toEqual({ cap: expect.closeTo(cap, 12) });
  });

  it('follows its settings', () => {
    const run = follow(confidenceScaling({ from: 0.5, to: 0.9, least: 0 }, { sizing }));
    expect(run.judge({ confidence: 0.5 })).toEqual({ cap: 0 });
    expect(run.judge({ confidence: 0.6 })).toEqual({ cap: expect.closeTo(0.5, 12) });
    expect(run.judge({ confidence: 0.95 })).toEqual({ cap: 2 });
  });

  it('refuses signals without a sensible confidence', () => {
    const run = follow(confidenceScaling({}, { sizing }));
    expect(said(run.judge({ confidence: undefined }))).toBe('refuse INCOMPLETE');
    expect(said(run.judge({ confidence: 2 }))).toBe('refuse INVALID');
  });

  it('needs a range of confidences', () => {
    expect(() => confidenceScaling({ from: 0.7, to: 0.7 }, { sizing })).toThrow(/confidenceScaling\.to/);
  });
});

describe('drawdownThrottle', () => {
  const policy = drawdownThrottle({}, { sizing });
  const peaked = follow(policy).tell(START, equity(8_000)).tell(MARK, equity(10_000));

  it('lets the full size at the peak and in a shallow drawdown', () => {
    expect(peaked.judge({}, equity(10_000))).toEqual({ cap: 2 });
    expect(peaked.judge({}, equity(8_501))).toEqual({ cap: 2 });
    expect(peaked.judge({}, equity(12_000))).toEqual({ cap: 2 });
  });

  it('halves the size from a drawdown of 15 %', () => {
    expect(peaked.judge({}, equity(8_500))).toEqual({ cap: 1 });
    expect(peaked.judge({}, equity(7_501))).toEqual({ cap: 1 });
  });

  it('refuses entries from a drawdown of 25 %', () => {
    expect(peaked.judge({}, equity(7_500))).toEqual({ code: 'DRAWDOWN_STOP', limit: 0.25, actual: 0.25 });
  });

  it('follows its settings', () => {
    const run = follow(drawdownThrottle({ reduceAt: 0.05, factor: 0.1, stopAt: 0.05 }, { sizing }));
    expect(said(run.tell(START, equity(100)).judge({}, equity(95)))).toBe('refuse DRAWDOWN_STOP');
    const soft = follow(drawdownThrottle({ reduceAt: 0.05, factor: 0.1 }, { sizing }));
    expect(soft.tell(START, equity(100)).judge({}, equity(95))).toEqual({ cap: 0.2 });
  });

  it('lets sizes grow again as the equity recovers', () => {
    const low = peaked.tell(MARK, equity(7_000));
    expect(low.judge({}, equity(9_000))).toEqual({ cap: 2 });
  });

  it('keeps its highest equity, from whatever event shows it', () => {
    expect(peaked.state).toEqual({ peak: 10_000 });
    expect(peaked.tell(traded(), equity(10_001)).state).toEqual({ peak: 10_001 });
  });

  it('watches prices while positions are open', () => expect(policy.memory?.watches).toBe('exposed'));

  it('gives back the very same state when nothing changed', () => {
    const { memory } = policy;
    const state = { peak: 10_000 };
    for (const amount of [10_000, 9_000, Number.NaN, Number.POSITIVE_INFINITY, -1]) {
      const book = { account: () => ({ equity: amount }), unpriced: () => [] };
      expect(memory?.next(state, MARK, book as never)).toBe(state);
    }
    const book = { account: () => ({ equity: 10_000 }), unpriced: () => [] };
    expect(memory?.next(state, reset(), book as never)).toBe(state);
  });

  it('does not believe an equity with unpriced positions', () => {
    const blind = { ...equity(20_000), unpriced: ['XAUUSD'] };
    expect(peaked.tell(MARK, blind).state).toEqual({ peak: 10_000 });
    expect(said(peaked.judge({}, blind))).toBe('refuse UNPRICED');
  });

  it('refuses entries of an account without equity', () => {
    expect(said(peaked.judge({}, equity(0)))).toBe('refuse BAD_ACCOUNT');
    expect(said(peaked.judge({}, equity(Number.NaN)))).toBe('refuse BAD_ACCOUNT');
  });

  it('starts its peak anew when a person says reset', () => {
    const after = peaked.tell(reset(), equity(7_000));
    expect(after.state).toEqual({ peak: 7_000 });
    expect(after.judge({}, equity(7_000))).toEqual({ cap: 2 });
    expect(peaked.tell(reset('ann', 'maxDrawdown'), equity(7_000)).state).toEqual({ peak: 10_000 });
    expect(peaked.tell(reset('policy:x'), equity(7_000)).state).toEqual({ peak: 10_000 });
  });

  it('waits for a known equity after a reset', () => {
    const blind = { ...equity(7_000), unpriced: ['XAUUSD'] };
    const after = peaked.tell(reset(), blind);
    expect(after.state).toEqual({ peak: 0 });
    expect(after.judge({}, equity(7_000))).toEqual({ cap: 2 });
    expect(after.tell(MARK, equity(7_000)).state).toEqual({ peak: 7_000 });
    for (const amount of [0, -5, Number.POSITIVE_INFINITY])
      expect(peaked.tell(reset(), equity(amount)).state).toEqual({ peak: 0 });
  });

  it('cannot stop before it reduces', () => {
    expect(() => drawdownThrottle({ reduceAt: 0.3 }, { sizing })).toThrow(/drawdownThrottle\.stopAt/);
  });
});
