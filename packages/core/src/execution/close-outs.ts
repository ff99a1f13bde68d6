import type { Draft } from '../model/signal.js';
import { type Closing, ledgerKey } from '../recovery/books.js';
import type { Desk } from './desk.js';
import { type HaltScope, within } from './halts.js';

/**
 * What core wants closed, whatever strategies say: positions that lost their stop, that somebody flattened or killed, or that
 * closing orders turned. Wanted until it is done: a venue may refuse, and a process may end in between.
 */
export class CloseOuts {
  readonly #desk: Desk;
  /** Whole positions. By {@link ledgerKey}. */
  readonly wanted = new Map<string, Closing>();
  /** What closing orders of an earlier life closed too much. By {@link ledgerKey}. */
  readonly excess = new Map<string, Closing>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /** Closes one ledger's position by a signal that skips the queue. @param lots - only so much of it; all when left out */
  close(symbol: string, owner: string, why: string, lots?: number): void {
    if (lots === undefined) this.wanted.set(ledgerKey(symbol, owner), { symbol, owner, why });
    const { book, signals } = this.#desk;
    const most = book.instrument(symbol)?.maxQuantity ?? Number.POSITIVE_INFINITY;
    const draft: Draft = {
      symbol,
      intent: 'exit',
      confidence: 1,
      priority: 'critical',
      reason: why,
      quantity: lots,
    };
    // A venue may take less in one order than is open: as many signals as it needs.
    for (let left = lots ?? Math.abs(book.position(symbol, owner).quantity); left > 0; left -= most)
      signals.next(this.#desk.stamp(draft, { source: owner, origin: 'core' }));
  }

  /** Tries again what is still open and that no order is closing. */
  retry(): void {
    const { book } = this.#desk;
    for (const { symbol, owner, why } of [...this.wanted.values()]) {
      if (book.position(symbol, owner).quantity === 0) this.done(symbol, owner);
      else if (book.reducing(symbol, owner) === 0) this.close(symbol, owner, why);
    }
    for (const [key, { symbol, owner, why, lots }] of this.excess) {
      this.excess.delete(key);
      const left = Math.min(lots ?? 0, Math.abs(book.position(symbol, owner).quantity));
      if (left > 0 && book.reducing(symbol, owner) === 0) this.close(symbol, owner, why, left);
    }
  }

  /** A ledger is flat. */
  done(symbol: string, owner: string): void {
    this.wanted.delete(ledgerKey(symbol, owner));
  }

  /** Who lets trading go on in a scope has seen what is open, and keeps it. */
  forget(scope: HaltScope): void {
    for (const { symbol, owner } of this.wanted.values())
      if (within(scope, symbol, owner)) this.done(symbol, owner);
  }
}
