import { map, type OperatorFunction } from 'rxjs';
import type { Desk } from '../execution/desk.js';
import type { Book } from '../model/book.js';
import type { Decision } from '../model/decision.js';
import { stopped } from '../model/refuse.js';
import type { Signal, ValidSignal } from '../model/signal.js';
import type { Rule } from './rule.js';

/** Whether a signal can add exposure: all rules and policies judge those; only the ones marked `always` judge the others. */
export const addsRisk = (signal: Signal): boolean => signal.intent === 'enter' || signal.intent === 'reverse';

/** The first objection decides. A rule that throws refuses the signal: a broken check must not open the gate. */
export const validateSignal = (
  signal: Signal,
  rules: readonly Rule[],
  book: Book,
): ValidSignal | Decision => {
  const all = addsRisk(signal);
  for (const rule of rules) {
    if (!all && rule.always !== true) continue;
    try {
      const finding = rule.check(signal, book);
      if (finding !== undefined) return stopped('validate', rule.name, signal, book.now(), finding);
    } catch (error) {
      const finding = { code: 'RULE_THREW', limit: 'no exception', actual: String(error) };
      return stopped('validate', rule.name, signal, book.now(), finding);
    }
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
