import type { Decision } from '@mikrobot/core';

/**
 * What a decision says of the venue: it took the order, it failed (rejected the order, or nobody knows what became of it), or
 * undefined when the order never got there.
 */
export const orderOutcome = (decision: Decision): 'success' | 'failure' | undefined => {
  if (decision.outcome === 'executed') return 'success';
  if (decision.outcome === 'unknown') return 'failure';
  return decision.outcome === 'refused' && decision.refusal.code === 'VENUE_REJECTED' ? 'failure' : undefined;
};
