import type { Book, PolicyAnswer, RiskEvent, RiskPolicy, Signal } from '@mikrobot/core';
import { bookWith, draftOf, type Present, signalWith } from './market.js';

/** A policy with the memory that it has so far. */
export interface PolicyRun<State> {
  readonly state: State;
  /** Tells it an event; `present` is the book at that moment. */
  tell(event: RiskEvent, present?: Present): PolicyRun<State>;
  /** What it says of a signal now. */
  judge(signal?: Partial<Signal>, present?: Present): PolicyAnswer;
}

const at = <State>(policy: RiskPolicy<State>, state: State): PolicyRun<State> => ({
  state,
  tell(event, present = {}) {
    const book: Book = bookWith(present);
    const next = policy.memory?.next(state, event, book) ?? state;
    // What is saved and read back must be worth the same.
    const restored = policy.memory?.schema.parse(JSON.parse(JSON.stringify(next))) ?? next;
    return at(policy, restored);
  },
  judge(signal = {}, present = {}) {
    const full = signalWith(signal);
    return policy.judge(draftOf(full), full, bookWith(present), state);
  },
});

/** Follows a policy through events without a bot. Each state goes through JSON, as a restart would have it. */
export const follow = <State>(policy: RiskPolicy<State>): PolicyRun<State> =>
  at(policy, policy.memory?.initial as State);

/** `approve`, `cap 0.5`, `refuse CODE` or `hold CODE`. */
export const said = (answer: PolicyAnswer): string => {
  if (answer === undefined) return 'approve';
  if ('cap' in answer) return `cap ${answer.cap}`;
  return `${answer.hold === undefined ? 'refuse' : 'hold'} ${answer.code}`;
};
