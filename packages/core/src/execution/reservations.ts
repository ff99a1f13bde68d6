import { tidyQuantity } from '../model/grid.js';
import type { Instrument } from '../model/instrument.js';
import type { OrderRequest } from '../model/order.js';
import { sign } from '../model/side.js';

interface Reservation {
  readonly symbol: string;
  readonly owner: string;
  readonly instrument: Instrument;
  readonly reducing: boolean;
  /** Signed lots not yet filled. */
  open: number;
}

/**
 * What is approved but neither filled nor dead. Approval reserves at once, so ten signals of one moment cannot pass one limit;
 * a fill converts the reservation into a position, a rejection or expiry releases it.
 */
export class Reservations {
  readonly #byOrder = new Map<string, Reservation>();

  get size(): number {
    return this.#byOrder.size;
  }

  reserve(request: OrderRequest, instrument: Instrument): void {
    const { id, symbol, owner, purpose, side, quantity } = request;
    const reducing = purpose !== 'enter';
    this.#byOrder.set(id, { symbol, owner, instrument, reducing, open: sign(side) * quantity });
  }

  /** So many lots of the order became a position. */
  convert(id: string, quantity: number): void {
    const reservation = this.#byOrder.get(id);
    if (reservation === undefined) return;
    const { instrument, open } = reservation;
    reservation.open = tidyQuantity(instrument, open - Math.sign(open) * quantity);
    if (reservation.open * open <= 0) this.#byOrder.delete(id);
  }

  release(id: string): void {
    this.#byOrder.delete(id);
  }

  /** Signed lots that entries will add, of the account or one owner. */
  entering(symbol: string, owner?: string): number {
    return this.#sum(symbol, owner, false);
  }

  /** Signed lots that reductions will take, of the account or one owner. */
  reducing(symbol: string, owner?: string): number {
    return this.#sum(symbol, owner, true);
  }

  symbols(): readonly string[] {
    return [...new Set([...this.#byOrder.values()].map((r) => r.symbol))];
  }

  #sum(symbol: string, owner: string | undefined, reducing: boolean): number {
    if (this.#byOrder.size === 0) return 0;
    let sum = 0;
    let instrument: Instrument | undefined;
    for (const r of this.#byOrder.values()) {
      if (r.symbol !== symbol || r.reducing !== reducing || (owner !== undefined && r.owner !== owner))
        continue;
      sum += r.open;
      instrument = r.instrument;
    }
    return instrument === undefined ? 0 : tidyQuantity(instrument, sum);
  }
}
