import type * as z from 'zod';
import type { Book } from '../model/book.js';
import type { Instrument } from '../model/instrument.js';
import type { Purpose } from '../model/order.js';
import type { Finding } from '../model/refuse.js';
import type { Side } from '../model/side.js';
import type { Signal } from '../model/signal.js';
import type { Command } from '../runtime/command.js';
import type { RiskEvent } from './risk-event.js';

/** The order that a policy is asked about, before its size is final. */
export interface OrderDraft {
  readonly symbol: string;
  readonly purpose: Purpose;
  readonly side: Side;
  /** Lots asked for and allowed so far; `Infinity` while nobody has said how much. */
  readonly quantity: number;
  /** Where it would enter: the order's price, or the quote's side that it meets. */
  readonly price: number;
  /** Where the position would be stopped: the stop's price, or where a stop that only trails begins. */
  readonly stop: number | undefined;
  readonly target: number | undefined;
}

/** Undefined: no objection. `cap`: at most so many lots. A finding: refused, or held for a person. */
export type PolicyAnswer = undefined | { readonly cap: number } | Finding;

/**
 * What a policy remembers: plain JSON data that is changed by events alone, so that it can be saved, restored and replayed. All
 * functions are pure; the time is `book.now()`.
 */
export interface PolicyMemory<State = unknown> {
  /** What is remembered before anything happened. */
  readonly initial: State;
  /** Checks a state that was saved. */
  readonly schema: z.ZodType<State>;
  /**
   * Which prices matter to the memory or the judgement, besides the signal's own: those while positions are open, or all. They
   * are told as `mark` events and journalled where they change something.
   */
  readonly watches?: 'exposed' | 'always';
  /** The state after an event: the very same object when nothing changed. */
  next(state: State, event: RiskEvent, book: Book): State;
  /** When it wants to be told the time (`time` event) even if nothing happens until then, epoch ms; asked after each change. */
  wakeAt?(state: State): number | undefined;
  /** What is to be done because the state changed (or, at `start`, because of what it is). */
  commands?(before: State | undefined, after: State, book: Book): readonly Command[];
  /** What a person must hear of because the state changed: each becomes an issue. */
  alerts?(before: State | undefined, after: State, book: Book): readonly string[];
}

/** Settings that people may change while the bot runs. */
export interface PolicySettings {
  /** JSON. */
  readonly value: unknown;
  /** The same policy with other settings. @throws `MikroBotError` `BAD_CONFIG` when they make no sense. */
  with(value: unknown): RiskPolicy;
}

/**
 * A rule of risk. Pure and synchronous: what it reads is in the order, the signal, the book or its own state. The strictest
 * answer wins.
 */
export interface RiskPolicy<State = unknown> {
  /** Unique in a bot: its state is saved under it. */
  readonly name: string;
  /** Also judge orders that only reduce risk. Leave it out, or no limit can block a way out. */
  readonly always?: boolean;
  readonly memory?: PolicyMemory<State>;
  readonly settings?: PolicySettings;
  /** Told as an issue at the start: what the owner of the bot should know of this policy. */
  readonly notice?: string;
  /** Before the start: why this policy could never trade the instrument; undefined when it can. */
  permits?(instrument: Instrument): string | undefined;
  /** @param state - what it remembers; undefined for a policy without a memory */
  judge(order: OrderDraft, signal: Signal, book: Book, state: State): PolicyAnswer;
}
