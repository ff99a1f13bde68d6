import { MikroBotError } from '../errors/mikrobot-error.js';
import type { Journal } from '../journal/journal.js';
import type { LegName } from '../risk/approved-order.js';

/** 32-bit FNV-1a, enough to tell the accounts of one journal apart. */
const fnv1a = (text: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h;
};

/**
 * Numbers the signals of one journal and account. A signal's id is `<journal>-<account>-<n>`: at most 6 + 4 + 7 characters and
 * two dashes. With a third dash, the part, a leg and four characters of attempt it fills the 26 that every venue takes.
 */
export class SignalIds {
  readonly #stem: string;
  #next: number;

  /**
   * @param first - the number to begin with: after a restart, one above the last that the journal holds
   * @throws `MikroBotError` `BAD_CONFIG` when the journal's name would not fit or not be told apart.
   */
  constructor(journal: Journal, account: string, first = 0) {
    if (!/^[a-z0-9]{1,6}$/.test(journal.id)) {
      throw new MikroBotError('BAD_CONFIG', `a journal cannot be called "${journal.id}".`, {
        where: 'journal, id',
        hint: 'Its id is part of every client order id: use 1 to 6 characters of a-z and 0-9.',
      });
    }
    const tag = (fnv1a(account) % 36 ** 4).toString(36).padStart(4, '0');
    this.#stem = `${journal.id}-${tag}-`;
    this.#next = first;
  }

  /** Goes on after an id that came from a journal. */
  continueAfter(id: string): void {
    if (id.startsWith(this.#stem))
      this.#next = Math.max(this.#next, Number.parseInt(id.slice(this.#stem.length), 36) + 1);
  }

  /** Whether an order's id was made here, in this life or an earlier one. */
  owns(id: string): boolean {
    return id.startsWith(this.#stem);
  }

  next(): string {
    return this.#stem + (this.#next++).toString(36);
  }
}

/** What part of a signal an order is. */
const parts = { enter: 'e', reduce: 'x', flatten: 'x', protect: 'p' } as const;

/**
 * The client order id of a signal's own order. Legs add their suffix. The dash ends the signal's number: without it, the stop
 * of signal 1 at attempt e (`1` + `e` + `s` + `e`) would be the entry of signal 1es.
 */
export const clientOrderId = (signalId: string, purpose: keyof typeof parts): string =>
  `${signalId}-${parts[purpose]}`;

/** The id of the signal that an order came from: what stands before the part. */
export const signalOf = (orderId: string): string => orderId.slice(0, orderId.lastIndexOf('-'));

/** What the id of a bracket's leg tells; undefined when it is no leg's. */
export const legNamed = (
  orderId: string,
): { readonly entry: string; readonly name: LegName; readonly attempt: number } | undefined => {
  const [, entry, leg, attempt] = /^(.+-e)([st])([0-9a-z]*)$/.exec(orderId) ?? [];
  if (entry === undefined) return undefined;
  return {
    entry,
    name: leg === 's' ? 'stop' : 'target',
    attempt: attempt ? Number.parseInt(attempt, 36) : 0,
  };
};
