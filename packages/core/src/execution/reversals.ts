import type { Decision } from '../model/decision.js';
import { finalStates } from '../model/order.js';
import type { ApprovedOrder } from '../risk/approved-order.js';
import type { Desk } from './desk.js';
import { type HaltScope, within } from './halts.js';
import type { OrderManager } from './order-manager.js';

/** An entry that has to wait before the venue may hear of it. */
interface Waiting {
  readonly order: ApprovedOrder;
  readonly decide: (decision: Decision) => void;
}

/** Reversals whose old position is being left: only when that has filled may the new one be entered. */
export class Reversals {
  readonly #desk: Desk;
  readonly #orders: OrderManager;
  readonly #waiting = new Set<Waiting>();

  constructor(desk: Desk, orders: OrderManager) {
    this.#desk = desk;
    this.#orders = orders;
  }

  /** Sends `first`, and `order` when it has filled. */
  place(order: ApprovedOrder, first: ApprovedOrder, decide: (decision: Decision) => void): void {
    let refusal: Decision | undefined;
    const waiting = { order, decide };
    this.#waiting.add(waiting);
    const record = this.#orders.send(first, (decision) => {
      if (decision.outcome === 'refused') refusal = decision;
    });
    const go = (): void => {
      if (!this.#waiting.delete(waiting)) return;
      if (record.state === 'filled') this.#orders.send(order, decide);
      else
        decide(refusal ?? this.#orders.abandon(order, 'ORDER_DEAD', 'the old position closed', record.state));
      if (refusal !== undefined) this.#desk.book.release(order.request.id);
    };
    if (finalStates.has(record.state)) go();
    else record.ended = go;
  }

  /** Refuses what waits in a scope. */
  refuse(scope: HaltScope, why: string): void {
    for (const waiting of [...this.#waiting]) {
      const { symbol, owner } = waiting.order.request;
      if (!within(scope, symbol, owner)) continue;
      this.#waiting.delete(waiting);
      waiting.decide(this.#orders.abandon(waiting.order, 'HALTED', 'not halted', why));
    }
  }
}
