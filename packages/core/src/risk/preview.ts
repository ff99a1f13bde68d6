import type { Desk } from '../execution/desk.js';
import { type Origin, stampSignal } from '../execution/stamp.js';
import type { Decision, PolicyVerdict, Refusal } from '../model/decision.js';
import type { OrderRequest } from '../model/order.js';
import type { Draft, Signal } from '../model/signal.js';
import { type Enricher, enrichSignal } from '../signal/enrich.js';
import type { Rule } from '../validation/rule.js';
import { addsRisk, validateSignal } from '../validation/validate.js';
import { planEntry } from './entry.js';
import type { PolicySlot } from './policy-slot.js';

/** What would become of a signal now, as far as it can be known without sending anything. */
export interface Preview {
  readonly signal: Signal;
  /** `approved`: an order would go out; what the venue says to it is not known. */
  readonly outcome: 'approved' | 'refused' | 'held';
  /** What each policy says; empty when validation stopped the signal. */
  readonly verdicts: readonly PolicyVerdict[];
  /** The order that would go out. */
  readonly order: OrderRequest | undefined;
  readonly refusal: Refusal | undefined;
}

const stoppedBy = (decision: Decision): Preview => {
  const { signal, verdicts, outcome } = decision;
  const refusal = 'refusal' in decision ? decision.refusal : undefined;
  return { signal, verdicts, order: undefined, refusal, outcome: outcome === 'held' ? 'held' : 'refused' };
};

/**
 * Judges an entry and forgets it: nothing is sent, reserved, counted or journalled. Rules that remember what they saw are not asked.
 * Exits and adjustments need no preview, for nothing but the position limits them.
 */
export const preview = (
  draft: Draft,
  from: Origin,
  enrichers: readonly Enricher[],
  rules: readonly Rule[],
  slots: readonly PolicySlot[],
  desk: Desk,
): Preview => {
  const stamped = stampSignal(desk.book, 'preview', draft, from);
  const signal = enrichSignal(stamped, enrichers, desk.book);
  const valid = validateSignal(
    signal,
    rules.filter((rule) => rule.remembers !== true),
    desk.book,
  );
  if (valid.kind === 'decision') return stoppedBy(valid);
  if (!addsRisk(signal))
    return { signal, outcome: 'approved', verdicts: [], order: undefined, refusal: undefined };
  const plan = planEntry(signal, slots, desk);
  if (plan.kind === 'decision') return stoppedBy(plan);
  return { signal, outcome: 'approved', verdicts: plan.verdicts, order: plan.request, refusal: undefined };
};
