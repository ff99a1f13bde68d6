import type { Decision } from '../model/decision.js';
import type { Finding } from '../model/refuse.js';
import type { Approval } from '../model/signal.js';
import type { ApprovedOrder } from '../risk/approved-order.js';
import type { RiskPolicy } from '../risk/policy.js';
import { MOMENT } from './samples.js';

/** What risk says of a signal. */
export type Verdict = ApprovedOrder | Decision;

/** A verdict in a few words: `approved`, `refused HALTED`, `held ASK`. */
export const codeOf = (verdict: Verdict): string => {
  if (verdict.kind === 'approved') return 'approved';
  return 'refusal' in verdict ? `${verdict.outcome} ${verdict.refusal.code}` : verdict.outcome;
};

/** The order that was approved. Fails where none was. */
export const requestOf = (verdict: Verdict): ApprovedOrder['request'] => {
  if (verdict.kind !== 'approved') throw new Error(`not approved: ${codeOf(verdict)}`);
  return verdict.request;
};

/** A policy that always says the same. */
export const saying = (finding: Finding, more: Partial<RiskPolicy> = {}): RiskPolicy => ({
  name: 'policy',
  judge: () => finding,
  ...more,
});

/** What a policy says to refuse. */
export const refusal = { code: 'NO', limit: 1, actual: 2 };
/** What a policy says to ask a person. */
export const hold = { code: 'ASK', limit: 1, actual: 2, hold: 60_000 };
/** A person's yes, in time. */
export const approval: Approval = { of: 'x', by: 'Ada', until: MOMENT + 60_000 };
