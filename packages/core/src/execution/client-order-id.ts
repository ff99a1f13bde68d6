import type { Journal } from '../journal/journal.js';

/** 32-bit FNV-1a, enough to tell the accounts of one journal apart. */
const fnv1a = (text: string): number => {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193) >>> 0;
  return h;
};

/**
 * Numbers the signals of one journal and account. A signal's id is `<journal>-<account>-<n>`: at most 6 + 5 + 7 characters and
 * two dashes, which leaves room for a leg and an attempt within the 26 characters that every venue takes.
 */
export class SignalIds {
  readonly #stem: string;
  #next: number;

  /** @param first - the number to begin with: after a restart, one above the last that the journal holds */
  constructor(journal: Journal, account: string, first = 0) {
    const tag = (fnv1a(account) % 36 ** 4).toString(36).padStart(4, '0');
    this.#stem = `${journal.id}-${tag}-`;
    this.#next = first;
  }

  /** Goes on after an id that came from a journal. */
  continueAfter(id: string): void {
    if (id.startsWith(this.#stem))
      this.#next = Math.max(this.#next, Number.parseInt(id.slice(this.#stem.length), 36) + 1);
  }

  next(): string {
    return this.#stem + (this.#next++).toString(36);
  }
}

/** What part of a signal an order is. */
const parts = { enter: 'e', reduce: 'x', flatten: 'x', protect: 'p' } as const;

/** The client order id of a signal's own order. Legs add their suffix. */
export const clientOrderId = (signalId: string, purpose: keyof typeof parts): string =>
  signalId + parts[purpose];
