import { map, type OperatorFunction } from 'rxjs';
import type { Desk } from '../execution/desk.js';
import type { Decision } from '../model/decision.js';
import { stopped } from '../model/refuse.js';
import type { Signal, ValidSignal } from '../model/signal.js';
import { addsRisk } from '../validation/validate.js';
import { assessAdjustment } from './adjustment.js';
import type { ApprovedOrder } from './approved-order.js';
import { assessEntry } from './entry.js';
import { answered, judge } from './judgement.js';
import type { RiskPolicy } from './policy.js';
import type { PolicySlot } from './policy-slot.js';
import { reduction } from './reduction.js';

/** Judges an exit or adjustment: only policies marked `always` are asked, and no halt stands in the way. */
const assessWayOut = (signal: Signal, slots: readonly PolicySlot[], desk: Desk): ApprovedOrder | Decision => {
  const { book } = desk;
  const now = book.now();
  const held = book.position(signal.symbol, signal.source).quantity;
  const { verdicts, objection } = judge(
    {
      symbol: signal.symbol,
      purpose: signal.intent === 'adjust' ? 'protect' : 'reduce',
      side: held > 0 ? 'sell' : 'buy',
      quantity: signal.quantity ?? Math.abs(held),
      price: held > 0 ? signal.quote.bid : signal.quote.ask,
      stop: signal.stop,
      target: signal.target,
    },
    signal,
    slots,
    book,
  );
  if (objection !== undefined && !answered(objection, signal))
    return stopped('assess', objection.policy, signal, now, objection.finding, verdicts);
  const warrant = { desk: desk.id, verdicts, expires: now + desk.approvalLifetime };
  if (signal.intent === 'adjust') return assessAdjustment(signal, warrant, desk);
  const limit = held === 0 ? 'an open position' : 'lots that no exit takes yet';
  const nothing = { code: 'NOTHING_TO_REDUCE', limit, actual: 0 };
  return (
    reduction(signal, 'reduce', warrant, desk) ??
    stopped('assess', 'reduction', signal, now, nothing, verdicts)
  );
};

const assessSignal = (signal: Signal, slots: readonly PolicySlot[], desk: Desk): ApprovedOrder | Decision => {
  desk.policies.start();
  const verdict = addsRisk(signal) ? assessEntry(signal, slots, desk) : assessWayOut(signal, slots, desk);
  if (verdict.kind === 'approved' && desk.policies.remembers) {
    const { first, request: order } = verdict;
    if (first !== undefined) desk.policies.tell({ type: 'sent', order: first.request, signal });
    desk.policies.tell({ type: 'sent', order, signal });
  }
  return verdict;
};

/** Asks policies that are in their places; see {@link assess}. */
export const assessBy = (
  slots: readonly PolicySlot[],
  desk: Desk,
): OperatorFunction<ValidSignal | Decision, ApprovedOrder | Decision> =>
  map((input) =>
    input.kind === 'decision'
      ? input
      : desk.verdict(input.signal, () => assessSignal(input.signal, slots, desk)),
  );

/**
 * Second stage: may it be done, and how large? Emits an {@link ApprovedOrder} or the decision. The desk remembers each verdict
 * by signal id, so a second subscriber gets the same one and exposure is never reserved twice.
 * @param policies - one, or several of which the strictest wins
 */
export const assess = (
  policies: RiskPolicy | readonly RiskPolicy[],
  desk: Desk,
): OperatorFunction<ValidSignal | Decision, ApprovedOrder | Decision> =>
  assessBy(desk.policies.use('judge' in policies ? [policies] : policies), desk);
