import * as z from 'zod';

/** When a breaker opens and closes. */
export interface BreakerRules {
  /** Failures in a row that open it. */
  readonly failures: number;
  /** How long it stays open before trials are let through, ms. */
  readonly wait: number;
  /** Successes in a row, once half open, that close it. */
  readonly successes: number;
}

/** What a breaker remembers. */
export const breakerSchema = z.strictObject({
  /** In a row, while it is closed. */
  failures: z.number().int().nonnegative(),
  /** In a row, while it is half open. */
  successes: z.number().int().nonnegative(),
  /** Epoch ms; null while it is closed. */
  opened: z.number().nullable(),
});

/** See {@link breakerSchema}. */
export type Breaker = z.output<typeof breakerSchema>;

/** Closed: calls pass. Open: none passes. Half open: trials pass, which decide. */
export type BreakerState = 'closed' | 'open' | 'half-open';

/** A breaker at rest. */
export const closedBreaker: Breaker = Object.freeze({ failures: 0, successes: 0, opened: null });

/**
 * The state of a breaker at a moment: it becomes half open by time alone.
 * @param now - epoch ms
 */
export const breakerState = ({ opened }: Breaker, now: number, { wait }: BreakerRules): BreakerState => {
  if (opened === null) return 'closed';
  return now - opened < wait ? 'open' : 'half-open';
};

const opened = (now: number): Breaker => ({ failures: 0, successes: 0, opened: now });

/**
 * The breaker after a failure: closed, it counts and opens at the last that is allowed; half open, it opens again; open, a call
 * that was still on its way says nothing new.
 */
export const afterFailure = (breaker: Breaker, now: number, rules: BreakerRules): Breaker => {
  const state = breakerState(breaker, now, rules);
  if (state === 'open') return breaker;
  const failures = breaker.failures + 1;
  return state === 'half-open' || failures >= rules.failures ? opened(now) : { ...breaker, failures };
};

/**
 * The breaker after a success: closed, its count of failures begins anew; half open, it counts and closes at the last that is
 * needed; open, a call that was still on its way changes nothing.
 *
 * Source of the pattern: M. Nygard, Release It! (2007), chapter "Stability Patterns".
 */
export const afterSuccess = (breaker: Breaker, now: number, rules: BreakerRules): Breaker => {
  const state = breakerState(breaker, now, rules);
  if (state === 'open') return breaker;
  if (state === 'closed') return breaker.failures === 0 ? breaker : closedBreaker;
  const successes = breaker.successes + 1;
  return successes >= rules.successes ? closedBreaker : { ...breaker, successes };
};
