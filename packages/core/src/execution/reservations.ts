import type { PendingEntry } from '../model/book.js';
import { tidyQuantity } from '../model/grid.js';
import type { Instrument } from '../model/instrument.js';
import type { OrderRequest } from '../model/order.js';
import { sign } from '../model/side.js';

interface Reservation {
  readonly symbol: string;
  readonly owner: string;
  readonly instrument: Instrument;
  readonly reducing: boolean;
  readonly price: number | undefined;
  readonly stop: number | undefined;
  /** Signed lots not yet filled. */
  open: number;
}

/**
 * What is approved but neither filled nor dead. Approval reserves at once, so ten signals of one moment cannot pass one limit;
 * a fill converts the reservation into a position, a rejection or expiry releases it.
 */
export class Reservations {
  readonly #byOrder = new Map<string, Reservation>();
  /** What {@link entries} answers, until the next change. */
  #entries: readonly PendingEntry[] | undefined;

  get size(): number {
    return this.#byOrder.size;
  }

  reserve(request: OrderRequest, instrument: Instrument): void {
    const { id, symbol, owner, purpose, side, quantity, price, bracket } = request;
    const reducing = purpose !== 'enter';
    const open = sign(side) * quantity;
    this.#entries = undefined;
    this.#byOrder.set(id, { symbol, owner, instrument, reducing, price, stop: bracket?.stop, open });
  }

  /** So many lots of the order became a position. */
  convert(id: string, quantity: number): void {
    const reservation = this.#byOrder.get(id);
    if (reservation === undefined) return;
    const { instrument, open } = reservation;
    this.#entries = undefined;
    reservation.open = tidyQuantity(instrument, open - Math.sign(open) * quantity);
    if (reservation.open * open <= 0) this.#byOrder.delete(id);
  }

  release(id: string): void {
    this.#byOrder.delete(id);
    this.#entries = undefined;
  }

  /** Signed lots that entries will add, of the account or one owner. */
  entering(symbol: string, owner?: string): number {
    return this.#sum(symbol, (r) => !r.reducing && (owner === undefined || r.owner === owner));
  }

  /**
   * Lots that reductions will take of a position. What was on its way to close one that has turned since takes nothing of the new
   * one.
   * @param held - signed lots of the position
   */
  reducing(symbol: string, owner: string, held: number): number {
    return Math.abs(this.#sum(symbol, (r) => r.reducing && r.owner === owner && r.open * held < 0));
  }

  /** Every entry with what of it is still to be filled. */
  entries(): readonly PendingEntry[] {
    if (this.#entries !== undefined) return this.#entries;
    const entries: PendingEntry[] = [];
    for (const { symbol, owner, price, stop, open, reducing } of this.#byOrder.values())
      if (!reducing) entries.push({ symbol, owner, price, stop, quantity: open });
    this.#entries = entries;
    return entries;
  }

  symbols(): readonly string[] {
    return [...new Set([...this.#byOrder.values()].map((r) => r.symbol))];
  }

  #sum(symbol: string, counts: (reservation: Reservation) => boolean): number {
    if (this.#byOrder.size === 0) return 0;
    let sum = 0;
    let instrument: Instrument | undefined;
    for (const r of this.#byOrder.values()) {
      if (r.symbol !== symbol || !counts(r)) continue;
      sum += r.open;
      instrument = r.instrument;
    }
    return instrument === undefined ? 0 : tidyQuantity(instrument, sum);
  }
}
