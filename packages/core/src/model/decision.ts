import type { OrderRequest } from './order.js';
import type { Signal } from './signal.js';

/** Where in the pipeline a decision fell. */
export type Stage = 'validate' | 'assess' | 'execute';

/** Why a signal was stopped: which stage, which rule, the limit, and the actual value. */
export interface Refusal {
  readonly stage: Stage;
  /** The rule, policy or part that spoke. */
  readonly rule: string;
  /** Stable code; see `refusalCodes` and the documentation of each policy. */
  readonly code: string;
  readonly limit: number | string;
  readonly actual: number | string;
}

/** What one risk policy said. `quantity` is the most it allows, in lots. */
export interface PolicyVerdict {
  readonly policy: string;
  readonly outcome: 'approve' | 'shrink' | 'refuse' | 'hold' | 'skip';
  readonly quantity?: number | undefined;
  readonly code?: string | undefined;
  readonly limit?: number | string | undefined;
  readonly actual?: number | string | undefined;
}

interface DecisionBase {
  readonly kind: 'decision';
  readonly signal: Signal;
  /** Epoch ms, UTC. */
  readonly time: number;
  /** What each risk policy said; empty when risk was not reached. */
  readonly verdicts: readonly PolicyVerdict[];
}

/**
 * The one final word on a signal: the venue took the order, it was refused, a person must decide, or nobody knows yet
 * whether the venue has it. What becomes of the order later is told by order events.
 */
export type Decision =
  | (DecisionBase & { readonly outcome: 'executed'; readonly order: OrderRequest })
  | (DecisionBase & { readonly outcome: 'refused'; readonly refusal: Refusal })
  | (DecisionBase & { readonly outcome: 'held'; readonly refusal: Refusal; readonly until: number })
  | (DecisionBase & { readonly outcome: 'unknown'; readonly order: OrderRequest; readonly detail: string });

/** The four ends of a signal. */
export type Outcome = Decision['outcome'];
