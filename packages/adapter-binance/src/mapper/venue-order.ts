import type { FillEvent, OrderEvent, OrderReport, OrderState, OrderType, Side } from '@mikrobot/core';
import { decimal, decimalText, minus } from '../filters/decimal.js';
import type { VenueTrade } from './trades.js';
import { waitsForTrigger } from './words.js';

/** An order as the venue tells of it: the model's report, and what adapters need beside it. */
export interface VenueOrder {
  readonly report: OrderReport;
  /** Venue time of the last change, epoch ms; 0 where it is not told. */
  readonly time: number;
  /** When it began to work, epoch ms; undefined while it does not, and where the venue does not tell it. */
  readonly arrived: number | undefined;
  /** Spot: id of its list; undefined outside a list. */
  readonly listId: string | undefined;
}

/** What an order is told by, however it is told. Amounts are decimal texts. */
export interface OrderPieces {
  readonly symbol: string;
  readonly id: string;
  readonly venueId: string;
  readonly type: { readonly wire: string; readonly word: OrderType };
  readonly state: OrderState;
  readonly side: Side;
  readonly quantity: string;
  readonly filled: string;
  /** Quote currency; 0 before the first fill. */
  readonly averagePrice: number;
  readonly price: string;
  readonly trigger: string | null | undefined;
  /** Venue time of the last change, epoch ms; 0 where it is not told. */
  readonly time: number;
  readonly arrived?: number | undefined;
  readonly listId?: string | undefined;
}

/** The order that these pieces tell of. What waits for a trigger has that as its price. */
export const toVenueOrder = (pieces: OrderPieces): VenueOrder => {
  const { symbol, id, venueId, type, state, side, averagePrice, time, arrived, listId } = pieces;
  const price = Number(waitsForTrigger(type.wire) ? (pieces.trigger ?? '0') : pieces.price);
  return {
    report: {
      id,
      venueId,
      symbol,
      side,
      type: type.word,
      state,
      quantity: Number(pieces.quantity),
      filled: Number(pieces.filled),
      averagePrice,
      price: price === 0 ? undefined : price,
    },
    time,
    arrived,
    listId,
  };
};

/** One event of the user stream about an order. */
export interface Execution {
  /** The order after the event. */
  readonly order: VenueOrder;
  readonly event: OrderEvent['type'] | 'none';
  /** The venue's words for why it was cancelled, expired or rejected; empty where it gives none. */
  readonly reason: string;
  /** With `fill` only. */
  readonly trade: VenueTrade | undefined;
  /** Units of the order still open. */
  readonly remaining: number;
  /** Venue time, epoch ms. */
  readonly time: number;
}

/** What is left of an order, from the venue's exact texts. */
export const leftOf = (quantity: string, filled: string): number =>
  Number(decimalText(minus(decimal(quantity), decimal(filled))));

/** The event of core that an execution is; undefined for fills (see `toFill`) and for what changes nothing. */
export const toOrderEvent = (execution: Execution): Exclude<OrderEvent, FillEvent> | undefined => {
  const { order, event, reason, time } = execution;
  const { id, symbol, venueId, quantity, price } = order.report;
  const base = { id, symbol, time, venueId };
  switch (event) {
    case 'none':
    case 'fill':
      return undefined;
    case 'replaced':
      return { ...base, type: event, quantity, price };
    case 'cancelled':
      return { ...base, type: event, reason };
    case 'rejected':
      return { ...base, type: event, code: reason === '' ? 'REJECTED' : reason, detail: reason };
    default:
      return { ...base, type: event };
  }
};
