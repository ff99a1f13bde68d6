import type { Book } from '../model/book.js';
import type { PolicyVerdict } from '../model/decision.js';
import { type Finding, isFinding } from '../model/refuse.js';
import type { Signal } from '../model/signal.js';
import type { OrderDraft, PolicyAnswer } from './policy.js';
import type { PolicySlot } from './policy-slot.js';

/** What a policy has against an order. */
interface Objection {
  readonly policy: string;
  readonly finding: Finding;
}

/** What all policies together say of one order. */
export interface Judgement {
  /** Lots that all allow; `Infinity` when nobody said how much. */
  readonly quantity: number;
  readonly verdicts: readonly PolicyVerdict[];
  /** The refusal or, when nobody refuses, the wish to hold; with the policy that spoke first. */
  readonly objection: Objection | undefined;
}

/** Whether a person has said yes to what was held. An approval answers a hold; it never answers a refusal. */
export const answered = ({ finding }: Objection, signal: Signal): boolean =>
  finding.hold !== undefined && signal.approval !== undefined;

/** A copy for one policy. Every field is named: a spread copy is three times as slow. */
const sized = ({ symbol, purpose, side, price, stop, target }: OrderDraft, quantity: number): OrderDraft => ({
  symbol,
  purpose,
  side,
  quantity,
  price,
  stop,
  target,
});

const thrown = (error: unknown): Finding => ({
  code: 'POLICY_THREW',
  limit: 'no exception',
  actual: String(error),
});

const isAnswer = (answer: unknown): answer is PolicyAnswer =>
  answer === undefined ||
  isFinding(answer) ||
  (typeof answer === 'object' && answer !== null && 'cap' in answer);

const ask = (slot: PolicySlot, order: OrderDraft, signal: Signal, book: Book): PolicyAnswer => {
  if (slot.broken !== undefined) return thrown(slot.broken);
  try {
    const answer: unknown = slot.policy.judge(order, signal, book, slot.state);
    return isAnswer(answer) ? answer : thrown(`answered ${String(answer)}`);
  } catch (error) {
    return thrown(error);
  }
};

/**
 * Asks every policy, so that the decision can list what each said. The smallest size wins; a refusal outranks a hold. A policy
 * that throws or answers nonsense refuses: a broken limit must not open the gate.
 */
export const judge = (
  draft: OrderDraft,
  signal: Signal,
  slots: readonly PolicySlot[],
  book: Book,
): Judgement => {
  const adds = draft.purpose === 'enter';
  let { quantity } = draft;
  const verdicts: PolicyVerdict[] = [];
  let objection: Judgement['objection'];
  for (const slot of slots) {
    const { policy } = slot;
    if (!adds && policy.always !== true) {
      verdicts.push({ policy: policy.name, outcome: 'skip' });
      continue;
    }
    // Each gets its own draft: what one does to it must not reach the others.
    const answer = ask(slot, sized(draft, quantity), signal, book);
    if (answer === undefined) {
      verdicts.push({ policy: policy.name, outcome: 'approve' });
    } else if ('cap' in answer) {
      // NaN must not count as "no limit".
      const cap = answer.cap >= 0 ? answer.cap : 0;
      verdicts.push({
        policy: policy.name,
        outcome: cap < quantity ? 'shrink' : 'approve',
        quantity: cap,
      });
      if (cap < quantity) quantity = cap;
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
  return { quantity, verdicts, objection };
};
