import type { Decision } from '../model/decision.js';
import { tidyLots } from '../model/grid.js';
import type { Instrument } from '../model/instrument.js';
import { type FillEvent, finalStates, type OrderRequest, type OrderState } from '../model/order.js';
import type { ApprovedOrder } from '../risk/approved-order.js';
import { RecentMap } from '../runtime/recent-map.js';
import type { BracketState } from './bracket-state.js';

/** Finished orders that are remembered, so that a repeated id or a late event is recognised. */
const REMEMBERED = 1_024;

/** What the order manager knows of one order. Internal and mutable; the outside sees events and reports. */
export interface OrderRecord {
  readonly order: ApprovedOrder;
  readonly request: OrderRequest;
  state: OrderState;
  venueId: string | undefined;
  /** Lots in all, as last changed. */
  quantity: number;
  /** Why it is to be cancelled; undefined while it may work on. */
  cancelling: string | undefined;
  /** Lots filled so far. */
  filled: number;
  /** The venue's ids of the trades booked, so that a repeated event is booked once. */
  readonly trades: string[];
  /** Told once what became of the signal. Undefined afterwards, and for orders that no signal waits for. */
  decide: ((decision: Decision) => void) | undefined;
  decision: Decision | undefined;
  /** Told once when nothing more can happen. */
  ended: (() => void) | undefined;
  /** The bracket that this order opened or protects. */
  bracket: BracketState | undefined;
}

/** The record of an order that the venue has not heard of. */
export const newRecord = (
  order: ApprovedOrder,
  bracket: BracketState | undefined,
  decide: OrderRecord['decide'],
): OrderRecord => ({
  order,
  request: order.request,
  state: 'intended',
  venueId: undefined,
  quantity: order.request.quantity,
  cancelling: undefined,
  filled: 0,
  trades: [],
  decide,
  decision: undefined,
  ended: undefined,
  bracket,
});

/** Adds a trade to its order, once. @returns whether it is new */
export const addTrade = (
  record: OrderRecord,
  { tradeId, quantity }: FillEvent,
  instrument: Instrument | undefined,
): boolean => {
  if (record.trades.includes(tradeId)) return false;
  record.trades.push(tradeId);
  const filled = record.filled + quantity;
  record.filled = tidyLots(instrument, filled);
  return true;
};

/** The orders that the venue may still act on, and those that ended last. */
export class OrderRecords {
  readonly #working = new Map<string, OrderRecord>();
  readonly #finished = new RecentMap<OrderRecord>(REMEMBERED);

  /** Orders that the venue may still act on. */
  working(): Iterable<OrderRecord> {
    return this.#working.values();
  }

  /** The orders that ended last, at most so many, the oldest first. */
  finished(most: number): readonly OrderRecord[] {
    return this.#finished.newest(most);
  }

  /** All that are remembered, those that ended first. */
  all(): readonly OrderRecord[] {
    return [...this.finished(Number.POSITIVE_INFINITY), ...this.#working.values()];
  }

  /** @param id - client order id */
  get(id: string): OrderRecord | undefined {
    return this.#working.get(id) ?? this.#finished.get(id);
  }

  /** An order that may still be acted on; undefined when it ended or is none of ours. */
  live(id: string): OrderRecord | undefined {
    return this.#working.get(id);
  }

  add(record: OrderRecord): void {
    if (finalStates.has(record.state)) this.#finished.set(record.request.id, record);
    else this.#working.set(record.request.id, record);
  }

  /** Nothing more can happen to the order. */
  finish(record: OrderRecord): void {
    this.#working.delete(record.request.id);
    this.#finished.set(record.request.id, record);
  }
}
