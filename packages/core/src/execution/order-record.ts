import type { Decision } from '../model/decision.js';
import type { OrderRequest, OrderState } from '../model/order.js';
import type { ApprovedOrder } from '../risk/approved-order.js';
import type { BracketState } from './bracket-state.js';

/** What the order manager knows of one order. Internal and mutable; the outside sees events and reports. */
export interface OrderRecord {
  readonly order: ApprovedOrder;
  readonly request: OrderRequest;
  state: OrderState;
  venueId: string | undefined;
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
