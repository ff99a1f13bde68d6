import type { Book } from '../model/book.js';
import type { PolicyVerdict } from '../model/decision.js';
import type { Finding } from '../model/refuse.js';
import type { Signal } from '../model/signal.js';
import type { OrderDraft, RiskPolicy } from './policy.js';

/** What all policies together say of one order. */
export interface Judgement {
  /** Lots that all allow; `Infinity` when nobody said how much. */
  readonly quantity: number;
  readonly verdicts: readonly PolicyVerdict[];
  /** The refusal or, when nobody refuses, the wish to hold; with the policy that spoke first. */
  readonly objection: { readonly policy: string; readonly finding: Finding } | undefined;
}

const thrown = (error: unknown): Finding => ({
  code: 'POLICY_THREW',
  limit: 'no exception',
  actual: String(error),
});

/**
 * Asks every policy, so that the decision can list what each said. The smallest size wins; a refusal outranks a hold. A policy
 * that throws refuses: a broken limit must not open the gate.
 */
export const judge = (
  draft: OrderDraft,
  signal: Signal,
  policies: readonly RiskPolicy[],
  book: Book,
): Judgement => {
  const adds = draft.purpose === 'enter';
  const order = { ...draft };
  const verdicts: PolicyVerdict[] = [];
  let objection: Judgement['objection'];
  for (const policy of policies) {
    if (!adds && policy.always !== true) {
      verdicts.push({ policy: policy.name, outcome: 'skip' });
      continue;
    }
    let answer: ReturnType<RiskPolicy['judge']>;
    try {
      answer = policy.judge(order, signal, book);
    } catch (error) {
      answer = thrown(error);
    }
    if (answer === undefined) {
      verdicts.push({ policy: policy.name, outcome: 'approve' });
    } else if ('cap' in answer) {
      // NaN must not count as "no limit".
      const cap = answer.cap >= 0 ? answer.cap : 0;
      verdicts.push({
        policy: policy.name,
        outcome: cap < order.quantity ? 'shrink' : 'approve',
        quantity: cap,
      });
      if (cap < order.quantity) order.quantity = cap;
    } else {
      const { code, limit, actual, hold } = answer;
      verdicts.push({
        policy: policy.name,
        outcome: hold === undefined ? 'refuse' : 'hold',
        code,
        limit,
        actual,
      });
      const outranks = objection?.finding.hold !== undefined && hold === undefined;
      if (objection === undefined || outranks) objection = { policy: policy.name, finding: answer };
    }
  }
  return { quantity: order.quantity, verdicts, objection };
};
