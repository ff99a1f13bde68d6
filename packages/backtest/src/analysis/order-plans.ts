import { BoundedMap, type Decision, type Fill, type OrderEvent, type OrderRequest } from '@mikrobot/core';
import { parseLegId } from './leg-id.js';

/** Orders remembered: far more than can work at once, and bounded however long the run is. */
const MOST = 20_000;

/** Remembers what was meant by the orders that decisions sent, to compare it with what came of them. */
export class OrderPlans {
  readonly #orders = new BoundedMap<string, OrderRequest>(MOST);
  /** Price each order was sent at or moved to, by client order id; legs of a bracket only once they were moved. */
  readonly #prices = new BoundedMap<string, number>(MOST);

  decision(decision: Decision): void {
    if (decision.outcome !== 'executed' && decision.outcome !== 'unknown') return;
    const { order, signal } = decision;
    this.#orders.set(order.id, order);
    const quote = order.side === 'buy' ? signal.quote.ask : signal.quote.bid;
    const price = order.type === 'market' ? quote : order.price;
    if (price !== undefined) this.#prices.set(order.id, price);
  }

  event(event: OrderEvent): void {
    if (event.type === 'replaced' && event.price !== undefined) this.#prices.set(event.id, event.price);
  }

  /** The very order that filled; `undefined` for legs of a bracket and for orders long gone. */
  order(fill: Fill): OrderRequest | undefined {
    return this.#orders.get(fill.id);
  }

  /**
   * The price at which a fill was meant to happen: the quote that a market order's signal saw, else the order's own price, or where
   * it was moved to. `null` when it is not known, as for a trailing stop: nobody planned where it would end.
   */
  expected(fill: Fill): number | null {
    const own = this.#prices.get(fill.id);
    if (own !== undefined) return own;
    const named = parseLegId(fill.id);
    const bracket = named && this.#orders.get(named.parent)?.bracket;
    if (bracket === undefined) return null;
    if (named?.leg === 'target') return bracket.target ?? null;
    return bracket.trail === undefined ? (bracket.stop ?? null) : null;
  }
}
