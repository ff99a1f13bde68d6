import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ended, sent, traded } from '../test-support/events.js';
import { follow, type PolicyRun, said } from '../test-support/policy-run.js';
import { orderRate } from './order-rate.js';

const sendAt = <S>(run: PolicyRun<S>, ...times: readonly number[]): PolicyRun<S> =>
  times.reduce((r, now) => r.tell(sent(), { now }), run);

describe('orderRate', () => {
  it('refuses the order that would be one too many, until the first is `within` ms old', () => {
    const run = sendAt(follow(orderRate({ orders: 3, within: 1_000 })), 100, 200, 300);
    expect(run.judge({}, { now: 300 })).toEqual({ code: 'ORDER_RATE', limit: 3, actual: 4 });
    expect(said(run.judge({}, { now: 1_099 }))).toBe('refuse ORDER_RATE');
    expect(said(run.judge({}, { now: 1_100 }))).toBe('approve');
  });

  it('counts orders at once, also several at one moment, whatever becomes of them', () => {
    const run = sendAt(follow(orderRate({ orders: 2, within: 1_000 })), 100, 100);
    expect(said(run.judge({}, { now: 100 }))).toBe('refuse ORDER_RATE');
    expect(said(run.tell(ended({}, 0), { now: 100 }).judge({}, { now: 100 }))).toBe('refuse ORDER_RATE');
  });

  it('counts reductions, but nothing that is no order', () => {
    const run = follow(orderRate({ orders: 1, within: 1_000 })).tell(traded(), { now: 100 });
    expect(said(run.judge({}, { now: 100 }))).toBe('approve');
    const reduced = run.tell(sent({ purpose: 'reduce' }), { now: 100 });
    expect(said(reduced.judge({}, { now: 100 }))).toBe('refuse ORDER_RATE');
  });

  it('leaves room for both orders of a reversal', () => {
    const run = sendAt(follow(orderRate({ orders: 3, within: 1_000 })), 100, 100);
    const long = { now: 100, positions: [{ symbol: 'EURUSD', quantity: 1 }] };
    expect(run.judge({ intent: 'reverse' }, long)).toEqual({ code: 'ORDER_RATE', limit: 3, actual: 4 });
    expect(said(run.judge({ intent: 'enter' }, long))).toBe('approve');
    expect(said(run.judge({ intent: 'reverse' }, { now: 100 }))).toBe('approve');
    const others = { now: 100, positions: [{ symbol: 'EURUSD', quantity: 1, owner: 'other' }] };
    expect(said(run.judge({ intent: 'reverse' }, others))).toBe('approve');
  });

  it('allows sixty a minute when not told otherwise', () => {
    const run = sendAt(follow(orderRate()), ...Array.from({ length: 59 }, () => 0));
    expect(said(run.judge({}, { now: 0 }))).toBe('approve');
    const full = sendAt(run, 0);
    expect(full.judge({}, { now: 59_999 })).toMatchObject({ limit: 60, actual: 61 });
    expect(said(full.judge({}, { now: 60_000 }))).toBe('approve');
  });

  it('remembers no more than it needs', () => {
    const run = sendAt(follow(orderRate({ orders: 3, within: 1_000 })), ...Array(50).keys());
    expect(run.state).toEqual([47, 48, 49]);
  });

  it('refuses settings that make no sense', () => {
    for (const orders of [0, 1.5, 1_001]) expect(() => orderRate({ orders })).toThrowError();
    expect(() => orderRate({ within: 0 })).toThrowError('Too small');
  });

  it('never lets more than `orders` entries pass in any window', () => {
    const cases = fc.record({
      orders: fc.integer({ min: 1, max: 5 }),
      within: fc.integer({ min: 1, max: 50 }),
      steps: fc.array(fc.nat({ max: 20 }), { maxLength: 200 }),
    });
    fc.assert(
      fc.property(cases, ({ orders, within, steps }) => {
        let run = follow(orderRate({ orders, within }));
        let now = 0;
        const passed: number[] = [];
        for (const step of steps) {
          now += step;
          const fullest = passed.filter((time) => now - time < within).length;
          const passes = run.judge({}, { now }) === undefined;
          // Neither more than allowed nor fewer.
          expect(passes).toBe(fullest < orders);
          if (!passes) continue;
          passed.push(now);
          run = run.tell(sent(), { now });
        }
        for (let i = orders; i < passed.length; i++)
          expect(passed[i]! - passed[i - orders]!).toBeGreaterThanOrEqual(within);
      }),
    );
  });
});
