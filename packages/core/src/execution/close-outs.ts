import { tidyQuantity } from '../model/grid.js';
import type { Fill } from '../model/order.js';
import { sign } from '../model/side.js';
import type { Draft, Signal } from '../model/signal.js';
import { type Closing, ledgerKey } from '../recovery/books.js';
import type { Desk } from './desk.js';
import { isExit } from './exit-gate.js';
import { type HaltScope, within } from './halts.js';
import type { OrderRecord } from './order-record.js';

/** Adds to what of a ledger was closed too much. */
export const addExcess = (excess: Map<string, Closing>, more: Closing): void => {
  const key = ledgerKey(more.symbol, more.owner);
  excess.set(key, { ...more, lots: (more.lots ?? 0) + (excess.get(key)?.lots ?? 0) });
};

/** A signal of core closes so many lots of what was closed too much, or the whole position. */
export const takeExcess = (excess: Map<string, Closing>, key: string, lots: number | undefined): void => {
  const closing = excess.get(key);
  excess.delete(key);
  // What is left is no dust of binary fractions: no lot is that small.
  const left = (closing?.lots ?? 0) - (lots ?? Number.POSITIVE_INFINITY);
  if (closing !== undefined && left > 1e-9) excess.set(key, { ...closing, lots: left });
};

/** Whether a signal is core's, to close so many lots that were closed too much. */
export const closesExcess = (signal: Signal): signal is Signal & { readonly quantity: number } =>
  signal.origin === 'core' && signal.intent === 'exit' && signal.quantity !== undefined;

/** An order has ended: what it was to close of what had been closed too much, and did not, is to be closed by another. */
export const addUnclosed = (
  excess: Map<string, Closing>,
  { order: { signal }, request, filled }: OrderRecord,
): void => {
  if (!closesExcess(signal) || signal.quantity <= filled) return;
  const { quantity, reason: why } = signal;
  const { symbol, owner } = request;
  addExcess(excess, { symbol, owner, why, lots: quantity - filled });
};

/**
 * What core wants closed, whatever strategies say: positions that lost their stop, that somebody flattened or killed, or that
 * closing orders turned. Wanted until it is done: a venue may refuse, and a process may end in between.
 */
export class CloseOuts {
  readonly #desk: Desk;
  /** Whole positions. By {@link ledgerKey}. */
  readonly wanted = new Map<string, Closing>();
  /** What was closed too much, and no order is closing again. By {@link ledgerKey}. */
  readonly excess = new Map<string, Closing>();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  /**
   * Closes one ledger's position by a signal that skips the queue.
   * @param lots - only so much of it, and what was closed too much before; all when left out
   */
  close(symbol: string, owner: string, why: string, lots?: number): void {
    const { book, signals } = this.#desk;
    const instrument = book.instrument(symbol);
    const held = Math.abs(book.position(symbol, owner).quantity);
    if (held === 0 || instrument === undefined) return;
    const key = ledgerKey(symbol, owner);
    if (lots === undefined) this.wanted.set(key, { symbol, owner, why });
    else addExcess(this.excess, { symbol, owner, why, lots });
    // What orders on their way may close of an excess is theirs until they have ended.
    const free = Math.max(0, tidyQuantity(instrument, held - book.reducing(symbol, owner)));
    const part = lots === undefined ? undefined : Math.min(this.excess.get(key)?.lots ?? 0, free);
    takeExcess(this.excess, key, part);
    const most = instrument.maxQuantity;
    // A venue may take less in one order than is open: as many signals as it needs.
    for (let left = part ?? held; left > 0; left -= most) {
      const quantity = part === undefined ? undefined : Math.min(left, most);
      const draft: Draft = {
        symbol,
        intent: 'exit',
        confidence: 1,
        priority: 'critical',
        reason: why,
        quantity,
      };
      signals.next(this.#desk.stamp(draft, { source: owner, origin: 'core' }));
    }
  }

  /** Tries again what is still open and that no order is closing. */
  retry(): void {
    const { book } = this.#desk;
    for (const { symbol, owner, why } of [...this.wanted.values()]) {
      if (book.position(symbol, owner).quantity === 0) this.wanted.delete(ledgerKey(symbol, owner));
      else if (book.reducing(symbol, owner) === 0) this.close(symbol, owner, why);
    }
    for (const closing of [...this.excess.values()]) this.#closeExcess(closing);
  }

  #closeExcess({ symbol, owner, why }: Closing): void {
    if (this.#desk.book.reducing(symbol, owner) === 0) this.close(symbol, owner, why, 0);
  }

  /**
   * An order has ended. What closed a part and expired, as market orders do in a thin market, is followed by another at once, and so is
   * an exit of somebody else's that closed nothing. What core sent and closed nothing is tried again later.
   */
  ended(record: OrderRecord): void {
    addUnclosed(this.excess, record);
    const { symbol, owner } = record.request;
    if (record.state === 'filled' || !isExit(record)) return;
    if (record.filled === 0 && record.order.signal.origin === 'core') return;
    const key = ledgerKey(symbol, owner);
    const excess = this.excess.get(key);
    if (excess !== undefined) this.#closeExcess(excess);
    const wanted = this.wanted.get(key);
    if (wanted !== undefined && this.#desk.book.reducing(symbol, owner) === 0)
      this.close(symbol, owner, wanted.why);
  }

  /** A trade was booked: what it brought to zero is closed, and what it turned has no part of the old position left. */
  traded({ symbol, owner, side, quantity }: Fill): void {
    const after = this.#desk.book.position(symbol, owner).quantity;
    const before = after - sign(side) * quantity;
    const key = ledgerKey(symbol, owner);
    if (after === 0) this.wanted.delete(key);
    if (after * before <= 0) this.excess.delete(key);
  }

  /** Who lets trading go on in a scope has seen what is open, and keeps it. */
  forget(scope: HaltScope): void {
    for (const [key, { symbol, owner }] of this.wanted)
      if (within(scope, symbol, owner)) this.wanted.delete(key);
  }
}
