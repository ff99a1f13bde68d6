import type { OrderEvent } from '@mikrobot/core';
import type { Outbox } from './outbox.js';
import { isWorking, type WorkingOrder } from './working-order.js';

/** Finished orders that can still be asked for in full: enough for answers that got lost, few enough to die young in the heap. */
const REMEMBERED = 256;

/** All orders of an account: those that work, by symbol and age, and the last finished ones. Tells of every change. */
export class OrderStore {
  readonly #outbox: Outbox;
  readonly #working: (readonly WorkingOrder[])[];
  readonly #byId = new Map<string, WorkingOrder>();
  readonly #finished: WorkingOrder[] = [];
  readonly #forgotten = new Set<string>();
  #cursor = 0;

  constructor(symbols: number, outbox: Outbox) {
    this.#outbox = outbox;
    this.#working = Array.from({ length: symbols }, () => []);
  }

  /** Working orders of a symbol, oldest first. The list itself never changes; a later call may give another. */
  working(symbol: number): readonly WorkingOrder[] {
    return this.#working[symbol]!;
  }

  all(): readonly WorkingOrder[] {
    return this.#working.flat();
  }

  find(id: string): WorkingOrder | undefined {
    return this.#byId.get(id);
  }

  /** Whether an id has named an order of a client before. */
  wasUsed(id: string): boolean {
    return this.#byId.has(id) || this.#forgotten.has(id);
  }

  /** Whether an order of this id may have finished so long ago that it is no longer kept. Of brackets the entry's id is kept. */
  isForgotten(id: string): boolean {
    return this.#forgotten.has(id) || (/[st]$/.test(id) && this.#forgotten.has(id.slice(0, -1)));
  }

  add(order: WorkingOrder, time: number): void {
    this.#byId.set(order.id, order);
    this.#working[order.symbol] = this.#working[order.symbol]!.concat(order);
    this.#outbox.order({
      type: 'accepted',
      id: order.id,
      symbol: order.request.symbol,
      time,
      venueId: order.venueId,
    });
  }

  tell(event: OrderEvent): void {
    this.#outbox.order(event);
  }

  triggered(order: WorkingOrder, time: number): void {
    this.tell({
      type: 'triggered',
      id: order.id,
      symbol: order.request.symbol,
      time,
      venueId: order.venueId,
    });
  }

  resize(order: WorkingOrder, quantity: number, time: number): void {
    order.quantity = quantity;
    this.replaced(order, time);
  }

  replaced(order: WorkingOrder, time: number): void {
    this.tell({
      type: 'replaced',
      id: order.id,
      symbol: order.request.symbol,
      time,
      venueId: order.venueId,
      quantity: order.quantity,
      price: Number.isNaN(order.price) ? undefined : order.price,
    });
  }

  /** Ends an order unless it has ended. */
  cancel(order: WorkingOrder, reason: string, time: number): void {
    if (!isWorking(order)) return;
    this.finish(order, 'cancelled');
    this.tell({
      type: 'cancelled',
      id: order.id,
      symbol: order.request.symbol,
      time,
      venueId: order.venueId,
      reason,
    });
  }

  expire(order: WorkingOrder, time: number): void {
    this.finish(order, 'expired');
    this.tell({ type: 'expired', id: order.id, symbol: order.request.symbol, time, venueId: order.venueId });
  }

  /** Takes an order off the book; the caller tells why. */
  finish(order: WorkingOrder, state: 'filled' | 'cancelled' | 'expired'): void {
    order.state = state;
    this.#working[order.symbol] = this.#working[order.symbol]!.filter((o) => o !== order);
    // A ring: the oldest finished order makes room, and only its id stays, so that it is never taken for a new one.
    const oldest = this.#finished[this.#cursor];
    if (oldest !== undefined) {
      this.#byId.delete(oldest.id);
      if (oldest.leg === undefined) this.#forgotten.add(oldest.id);
    }
    this.#finished[this.#cursor] = order;
    this.#cursor = (this.#cursor + 1) % REMEMBERED;
  }
}
