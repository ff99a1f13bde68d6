import { BoundedMap } from '@mikrobot/core';
import { OrderIds } from './order-ids.js';
import type { End, TrackedOrder } from './tracked-order.js';
import { readVenueId } from './venue-id.js';

/** Orders that are remembered, those that work and those that ended. */
const REMEMBERED = 20_000;

/** Our orders of this process, and those of earlier ones that TWS has shown, by each of their names. */
export class OrderBook {
  readonly ids = new OrderIds();
  readonly clientId: number;
  readonly #byRef = new BoundedMap<string, TrackedOrder>(REMEMBERED);
  readonly #byOrderId = new BoundedMap<number, TrackedOrder>(REMEMBERED);
  readonly #byPermId = new BoundedMap<number, TrackedOrder>(REMEMBERED);
  readonly #working = new Set<TrackedOrder>();

  constructor(clientId: number) {
    this.clientId = clientId;
  }

  add(order: TrackedOrder): void {
    this.#byRef.set(order.id, order);
    this.#working.add(order);
    this.named(order);
  }

  /** Nothing of it was sent. */
  forget(order: TrackedOrder): void {
    this.#byRef.delete(order.id);
    this.#working.delete(order);
    if (this.#byOrderId.get(order.orderId) === order) this.#byOrderId.delete(order.orderId);
  }

  /** Its ids are known now. */
  named(order: TrackedOrder): void {
    const { clientId, orderId, permId } = order;
    if (clientId === this.clientId && orderId > 0) {
      this.ids.saw(orderId);
      this.#byOrderId.set(orderId, order);
    }
    if (permId > 0) this.#byPermId.set(permId, order);
  }

  /** It has ended: it stays known, and works no more. */
  close(order: TrackedOrder, end: End): void {
    order.ended = end;
    order.disarm?.();
    order.disarm = undefined;
    this.#working.delete(order);
    // Legs of an entry that never traded end unheard of.
    if (order.filled === 0) for (const leg of order.legs) leg.withheld = [];
  }

  byRef(id: string): TrackedOrder | undefined {
    return this.#byRef.get(id);
  }

  /** The order of this client under an order id. */
  byOrderId(orderId: number): TrackedOrder | undefined {
    return this.#byOrderId.get(orderId);
  }

  /** The order that TWS means by an id of a client's, or by the one that lasts. */
  find(clientId: number | undefined, orderId: number, permId: number): TrackedOrder | undefined {
    const ours = clientId === this.clientId && orderId > 0 ? this.#byOrderId.get(orderId) : undefined;
    return ours ?? (permId > 0 ? this.#byPermId.get(permId) : undefined);
  }

  /** Orders without an end. */
  working(): readonly TrackedOrder[] {
    return [...this.#working];
  }

  /** Learns from an id that core has kept: its order id was used. */
  learn(venueId: string | undefined): void {
    const id = readVenueId(venueId);
    if (id?.clientId === this.clientId) this.ids.saw(id.orderId);
  }
}
