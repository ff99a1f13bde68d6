import type { TrackedOrder } from './tracked-order.js';

/** Orders that ended last, of which late news may come. */
const ENDED_KEPT = 2_000;

/** The orders of ours that work, and those that ended last. */
export class TrackedOrders {
  readonly #working = new Map<string, TrackedOrder>();
  readonly #ended = new Map<string, TrackedOrder>();

  get(id: string): TrackedOrder | undefined {
    return this.#working.get(id) ?? this.#ended.get(id);
  }

  working(): IterableIterator<TrackedOrder> {
    return this.#working.values();
  }

  add(order: TrackedOrder): TrackedOrder {
    this.#working.set(order.id, order);
    return order;
  }

  /** Nothing came of it: the server never had it. */
  drop(id: string): void {
    this.#working.delete(id);
  }

  /** The server does not show it: its end was missed, or it is still on its way to the server. */
  miss(order: TrackedOrder): void {
    order.missing = true;
    this.end(order);
  }

  /** News of an order; one that was missing has come up. */
  heard(id: string): TrackedOrder | undefined {
    const order = this.get(id);
    if (!order?.missing) return order;
    order.missing = false;
    order.ended = false;
    this.#ended.delete(id);
    return this.add(order);
  }

  end(order: TrackedOrder): void {
    order.ended = true;
    order.closing.clear();
    this.#working.delete(order.id);
    this.#ended.set(order.id, order);
    if (this.#ended.size <= ENDED_KEPT) return;
    for (const oldest of this.#ended.keys()) {
      this.#ended.delete(oldest);
      break;
    }
  }
}
