import { map, type OperatorFunction } from 'rxjs';
import type { Desk } from '../execution/desk.js';
import type { Book } from '../model/book.js';
import type { Decision } from '../model/decision.js';
import { type Finding, isFinding, stopped } from '../model/refuse.js';
import type { Signal, ValidSignal } from '../model/signal.js';
import type { Rule } from './rule.js';

/** Whether a signal can add exposure: all rules and policies judge those; only the ones marked `always` judge the others. */
export const addsRisk = (signal: Signal): boolean => signal.intent === 'enter' || signal.intent === 'reverse';

const broken = (error: unknown): Finding => ({
  code: 'RULE_THREW',
  limit: 'no exception',
  actual: String(error),
});

const ask = (rule: Rule, signal: Signal, book: Book): Finding | undefined => {
  try {
    const answer = rule.check(signal, book);
    return answer === undefined || isFinding(answer) ? answer : broken(`answered ${String(answer)}`);
  } catch (error) {
    return broken(error);
  }
};

/**
 * The first objection decides. A rule that throws or answers nonsense refuses the signal: a broken check must not open the gate.
 * A person's approval answers a hold; it never answers a refusal.
 */
export const validateSignal = (
  signal: Signal,
  rules: readonly Rule[],
  book: Book,
): ValidSignal | Decision => {
  const all = addsRisk(signal);
  for (const rule of rules) {
    if (!all && rule.always !== true) continue;
    const finding = ask(rule, signal, book);
    const answered = finding?.hold !== undefined && signal.approval !== undefined;
    if (finding !== undefined && !answered)
      return stopped('validate', rule.name, signal, book.now(), finding);
  }
  return { kind: 'valid', signal };
};

/**
 * First stage: is the signal well-formed, fresh, confident and in its hours? Emits the signal as valid, or its decision.
 * @param rules - judged in order; see {@link defaultRules}
 */
export const validate = (
  rules: readonly Rule[],
  desk: Desk,
): OperatorFunction<Signal, ValidSignal | Decision> =>
  map((signal) => validateSignal(signal, rules, desk.book));
