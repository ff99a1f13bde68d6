import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { afterFailure, afterSuccess, type Breaker, breakerState, closedBreaker } from './breaker.js';

const rules = { failures: 5, wait: 30_000, successes: 3 };

type Step = { readonly at: number; readonly ok: boolean };

/** The breaker after calls that ended at these moments, ms. */
const after = (steps: readonly Step[], from: Breaker = closedBreaker): Breaker =>
  steps.reduce((breaker, { at, ok }) => (ok ? afterSuccess : afterFailure)(breaker, at, rules), from);

const failures = (count: number, at = 0): Step[] => Array.from({ length: count }, () => ({ at, ok: false }));
const successes = (count: number, at = 0): Step[] => Array.from({ length: count }, () => ({ at, ok: true }));

describe('a breaker', () => {
  it('is closed until five calls in a row have failed', () => {
    expect(breakerState(after(failures(4)), 0, rules)).toBe('closed');
    expect(breakerState(after(failures(5)), 0, rules)).toBe('open');
  });

  it('forgets failures at a success', () => {
    expect(breakerState(after([...failures(4), ...successes(1), ...failures(4)]), 0, rules)).toBe('closed');
  });

  it('is open for 30 seconds from the last failure, then half open', () => {
    const open = after([...failures(4), ...failures(1, 1_000)]);
    expect(breakerState(open, 30_999, rules)).toBe('open');
    expect(breakerState(open, 31_000, rules)).toBe('half-open');
  });

  it('takes no notice of calls that end while it is open', () => {
    const open = after(failures(5));
    expect(after([...failures(1, 20_000), ...successes(9, 29_999)], open)).toBe(open);
  });

  it('closes at the third success of a half-open circuit, with nothing to its debit', () => {
    const half = after(failures(5));
    expect(breakerState(after(successes(2, 30_000), half), 30_000, rules)).toBe('half-open');
    const closed = after(successes(3, 30_000), half);
    expect(breakerState(after(failures(4, 30_000), closed), 30_000, rules)).toBe('closed');
  });

  it('opens for another 30 seconds at the first failure of a half-open circuit', () => {
    const again = after([...failures(5), ...successes(2, 40_000), ...failures(1, 41_000)]);
    expect(breakerState(again, 70_999, rules)).toBe('open');
    expect(breakerState(again, 71_000, rules)).toBe('half-open');
    // The two successes before do not count any more.
    expect(breakerState(after(successes(2, 71_000), again), 71_000, rules)).toBe('half-open');
  });

  it('stays the same object where nothing changed', () => {
    expect(afterSuccess(closedBreaker, 0, rules)).toBe(closedBreaker);
  });
});

/** The same machine as a regular language: what a history of outcomes, without those while open, must look like. */
const expected = (steps: readonly Step[], now: number): string => {
  let history = '';
  let openUntil = Number.NEGATIVE_INFINITY;
  let isClosed = true;
  for (const { at, ok } of steps) {
    if (!isClosed && at < openUntil) continue;
    history += ok ? 's' : 'f';
    if (isClosed ? history.endsWith('fffff') : !ok) {
      isClosed = false;
      openUntil = at + 30_000;
      history = '';
    } else if (!isClosed && history === 'sss') {
      isClosed = true;
      history = '';
    }
  }
  if (isClosed) return 'closed';
  return now < openUntil ? 'open' : 'half-open';
};

const walks = fc
  .array(
    fc.record({
      gap: fc.constantFrom(0, 1, 9_999, 29_999, 30_000, 45_000),
      ok: fc.boolean(),
      run: fc.integer({ min: 1, max: 6 }),
    }),
    { maxLength: 40 },
  )
  .map((runs) => {
    let at = 0;
    return runs.flatMap(({ gap, ok, run }) => {
      at += gap;
      return Array.from({ length: run }, () => ({ at, ok }));
    });
  });

describe('any history of calls', () => {
  it('leads to the state that its own words describe', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(walks, fc.constantFrom(0, 29_999, 30_000), (steps, later) => {
        const now = (steps.at(-1)?.at ?? 0) + later;
        const state = breakerState(after(steps), now, rules);
        seen.add(state);
        expect(state).toBe(expected(steps, now));
      }),
      { numRuns: 500 },
    );
    expect([...seen].sort()).toEqual(['closed', 'half-open', 'open']);
  });

  it('never leaves an open circuit closed before its time, whatever succeeds', () => {
    fc.assert(
      fc.property(walks, fc.integer({ min: 1, max: 30_000 }), (steps, early) => {
        const open = after(failures(5, 0), after(steps));
        if (open.opened === null) return;
        const at = open.opened + 30_000 - early;
        expect(breakerState(after(successes(50, at), open), at, rules)).toBe('open');
      }),
    );
  });

  it('counts no further than its rules, so that what is kept stays small', () => {
    fc.assert(
      fc.property(walks, (steps) => {
        const breaker = after(steps);
        expect(breaker.failures).toBeLessThan(5);
        expect(breaker.successes).toBeLessThan(3);
        if (breaker.opened !== null) expect(breaker.failures).toBe(0);
      }),
    );
  });
});
