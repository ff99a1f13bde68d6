import type { OrderRequest, OrderType, Side } from '@mikrobot/core';
import { tidy } from './lots.js';
import type { LegName } from './names.js';

/** One order of MetaTrader's; an exit from several positions has several. */
interface Part {
  /** Lots ordered. */
  volume: number;
  /** Lots that did not trade. */
  left: number;
  ended: boolean;
}

/** How an order ended without having filled. */
export type Ending =
  | { readonly type: 'cancelled'; readonly reason: string }
  | { readonly type: 'expired' }
  | { readonly type: 'rejected'; readonly code: string; readonly detail: string };

/** An order of ours and what was told of it. */
export interface TrackedOrder {
  readonly id: string;
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  /** Lots in all. */
  quantity: number;
  price: number | undefined;
  /** The levels that it gives its position; undefined where that is not known. */
  readonly levels: Readonly<Record<LegName, number | undefined>> | undefined;
  /** MetaTrader's orders of it by ticket. */
  readonly parts: Map<string, Part>;
  /** Exits that name positions: lots that are still to be closed, by position. */
  readonly closing: Map<string, number>;
  /** Lots that the server took; undefined until it has answered. Less than were ordered where parts of an exit were refused. */
  taken: number | undefined;
  /** Lots that were told as filled. */
  filled: number;
  /** It was told that it works. */
  accepted: boolean;
  /** Its end, and when (epoch ms of the server): told when its trades are. */
  ending: (Ending & { readonly time: number }) | undefined;
  ended: boolean;
  /** The server did not show it when it should have: how it ended was not told, and it may come up again. */
  missing: boolean;
}

/** What is known of an order before anything was told of it. */
export type OrderStart = Pick<TrackedOrder, 'id' | 'symbol' | 'side' | 'type' | 'quantity'> &
  Partial<Pick<TrackedOrder, 'price' | 'levels' | 'accepted' | 'filled'>>;

/** A new order. */
export const track = (start: OrderStart): TrackedOrder => ({
  id: start.id,
  symbol: start.symbol,
  side: start.side,
  type: start.type,
  quantity: start.quantity,
  price: start.price,
  levels: start.levels,
  parts: new Map(),
  closing: new Map(),
  taken: undefined,
  filled: start.filled ?? 0,
  accepted: start.accepted ?? false,
  ending: undefined,
  ended: false,
  missing: false,
});

/** An order that is about to be sent. */
export const trackRequest = (
  { id, symbol, side, type, quantity, price }: OrderRequest,
  levels: TrackedOrder['levels'],
): TrackedOrder => track({ id, symbol, side, type, quantity, price, levels });

/** The one ticket of an order that works; undefined where it has none, or several. */
export const ticketOf = ({ parts }: TrackedOrder): string | undefined => {
  if (parts.size !== 1) return undefined;
  const [ticket] = parts.keys();
  return ticket;
};

/** Lots that can still trade, as far as is known. */
export const openOf = ({ quantity, filled }: TrackedOrder): number => Math.max(0, tidy(quantity - filled));

/** Lots that must have been told before its end can be. */
export const owedBefore = (order: TrackedOrder): number => {
  let traded = 0;
  for (const { volume, left, ended } of order.parts.values()) if (ended) traded += volume - left;
  return tidy(traded);
};
