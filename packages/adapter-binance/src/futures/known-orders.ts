import { BoundedMap, type OrderRequest } from '@mikrobot/core';

/** Where an order was sent: to the order book, or to the service that keeps conditional orders until they trigger. */
export type Desk = 'regular' | 'algo';

/** How many of our orders are remembered. */
const ROOM = 20_000;

/** An order of this process. */
export interface SentOrder {
  readonly request: OrderRequest;
  readonly desk: Desk;
  /**
   * Venue time at which it left, epoch ms: infinite until it is stamped with a time, for it may wait its turn. Of an order that was
   * taken, the time of the answer: look-ups may lag behind.
   */
  left: number;
  /** The venue said no, so nothing of it can still arrive. */
  refused: boolean;
}

/**
 * What this process knows of its orders. After a restart it knows nothing, and every question goes to both desks of the venue.
 */
export class KnownOrders {
  readonly #sent = new BoundedMap<string, SentOrder>(ROOM);
  readonly #triggered = new BoundedMap<string, true>(ROOM);
  /** Ids of conditional orders by the venue's id of the order that they became. */
  readonly #origins = new BoundedMap<string, string>(ROOM);
  readonly #knockedOut = new BoundedMap<string, true>(ROOM);
  readonly #became = new BoundedMap<string, string>(ROOM);

  /** Notes that the venue ended an order for a reason outside of it: told as cancelled, though a look-up calls it expired. */
  knockOut(id: string): void {
    this.#knockedOut.set(id, true);
  }

  /** Whether {@link knockOut} was told. */
  wasKnockedOut(id: string): boolean {
    return this.#knockedOut.has(id);
  }

  /** Notes that an order is about to leave. */
  sending(request: OrderRequest, desk: Desk): SentOrder {
    const order: SentOrder = { request, desk, left: Number.POSITIVE_INFINITY, refused: false };
    this.#sent.set(request.id, order);
    return order;
  }

  /** An order of this process. */
  sent(id: string): SentOrder | undefined {
    return this.#sent.get(id);
  }

  /** Notes the order that a conditional one became. */
  became(id: string, orderId: string): void {
    this.#origins.set(orderId, id);
    this.#became.set(id, orderId);
  }

  /** The venue's id of the order that a conditional one became. */
  orderIdOf(id: string): string | undefined {
    return this.#became.get(id);
  }

  /** Our id of an order that the venue tells of: of the conditional order that it comes from, where it comes from one. */
  idOf(clientOrderId: string, orderId: string | undefined): string {
    return (orderId === undefined ? undefined : this.#origins.get(orderId)) ?? clientOrderId;
  }

  /** Whether an order was, or is, a conditional one. */
  isConditional(id: string): boolean {
    return this.#became.has(id) || this.#sent.get(id)?.desk === 'algo';
  }

  /** Notes that a conditional order became another. @returns false when that is known already: a trigger is told once */
  trigger(id: string): boolean {
    if (this.#triggered.has(id)) return false;
    this.#triggered.set(id, true);
    return true;
  }

  /** Whether {@link trigger} was told. */
  hasTriggered(id: string): boolean {
    return this.#triggered.has(id);
  }
}
