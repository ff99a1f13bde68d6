import type { Book } from '../model/book.js';
import type { Finding } from '../model/refuse.js';
import type { Signal } from '../model/signal.js';

/**
 * A check of the signal itself, before risk. Pure and synchronous: what it reads is in the signal or the book.
 * @example
 * ```ts
 * const noFridays: Rule = {
 *   name: 'noFridays',
 *   check: (signal) =>
 *     new Date(signal.time).getUTCDay() === 5 ? { code: 'FRIDAY', limit: 'Monday to Thursday', actual: 'Friday' } : undefined,
 * };
 * ```
 */
export interface Rule {
  readonly name: string;
  /** Also judge signals that only reduce risk. Leave it out, or no rule can block a way out. */
  readonly always?: boolean;
  /** It remembers what it saw, so a preview does not ask it. */
  readonly remembers?: boolean;
  /** Undefined lets the signal pass. */
  check(signal: Signal, book: Book): Finding | undefined;
}
