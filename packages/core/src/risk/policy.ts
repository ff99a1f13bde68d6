import type { Book } from '../model/book.js';
import type { Instrument } from '../model/instrument.js';
import type { Purpose } from '../model/order.js';
import type { Finding } from '../model/refuse.js';
import type { Side } from '../model/side.js';
import type { Signal } from '../model/signal.js';

/** The order that a policy is asked about, before its size is final. */
export interface OrderDraft {
  readonly symbol: string;
  readonly purpose: Purpose;
  readonly side: Side;
  /** Lots asked for and allowed so far; `Infinity` while nobody has said how much. */
  readonly quantity: number;
  /** Where it would enter: the order's price, or the quote's side that it meets. */
  readonly price: number;
  readonly stop: number | undefined;
  readonly target: number | undefined;
}

/** Undefined: no objection. `cap`: at most so many lots. A finding: refused, or held for a person. */
export type PolicyAnswer = undefined | { readonly cap: number } | Finding;

/** A rule of risk. Pure and synchronous: what it reads is in the order, the signal or the book. The strictest answer wins. */
export interface RiskPolicy {
  readonly name: string;
  /** Also judge orders that only reduce risk. Leave it out, or no limit can block a way out. */
  readonly always?: boolean;
  /** Before the start: why this policy could never trade the instrument; undefined when it can. */
  permits?(instrument: Instrument): string | undefined;
  judge(order: OrderDraft, signal: Signal, book: Book): PolicyAnswer;
}
