import {
  type FillEvent,
  finalStates,
  type LegName,
  type OrderReport,
  type OrderRequest,
  type OrderState,
  sign,
} from '@mikrobot/core';
import type { Holding } from './positions/position-book.js';

/** An order as the engine works it. Prices are NaN where the type has none. */
export interface WorkingOrder {
  readonly id: string;
  readonly venueId: string;
  /** Position of its instrument in the engine's list. */
  readonly symbol: number;
  readonly request: OrderRequest;
  /** 1 buys, -1 sells. */
  readonly sign: 1 | -1;
  /** What the order is now: a triggered stop is a market order, a triggered stop-limit a limit. */
  type: OrderRequest['type'];
  /** The limit, or the stop's trigger. */
  price: number;
  /** Limit of a stop-limit, once triggered. */
  limitPrice: number;
  /** Distance of a trailing stop. */
  trail: number;
  quantity: number;
  filled: number;
  /** Sum of price times lots of its fills. */
  notional: number;
  state: OrderState;
  /** When it has reached the venue, epoch ms. */
  activeAt: number;
  /** When it ends by itself, epoch ms; Infinity for never. */
  readonly expiresAt: number;
  /** No tick has been matched against it since it arrived, was amended or was triggered: it takes, it does not rest. */
  fresh: boolean;
  /** Only shrinks a position: what it cannot close it does not trade. */
  readonly reducing: boolean;
  /** The holding that a protective leg closes; undefined for other orders. */
  readonly protects: Holding | undefined;
  readonly leg: LegName | undefined;
  bracket: OrderRequest['bracket'];
  fills: FillEvent[];
  /** Commission before the minimum, account currency. */
  rawCommission: number;
  /** Commission booked, minor units. */
  bookedCommission: bigint;
}

/** Whether an order can still trade. */
export const isWorking = (order: WorkingOrder): boolean => !finalStates.has(order.state);

/** What the venue tells of an order. */
export const reportOf = (order: WorkingOrder, decimals: number): OrderReport => ({
  id: order.id,
  venueId: order.venueId,
  symbol: order.request.symbol,
  side: order.request.side,
  type: order.request.type,
  state: order.state,
  quantity: order.quantity,
  filled: order.filled,
  averagePrice: order.filled > 0 ? Number((order.notional / order.filled).toFixed(decimals)) : 0,
  price: Number.isNaN(order.price) ? undefined : order.price,
});

/** What {@link createOrder} needs beside the request. */
export interface OrderOrigin {
  readonly venueId: string;
  readonly symbol: number;
  readonly activeAt: number;
  readonly expiresAt: number;
  readonly reducing: boolean;
  readonly protects: Holding | undefined;
  readonly leg: LegName | undefined;
}

/**
 * An order that has not traded yet. Every field is named: an object that begins as a spread copy and grows becomes a slow
 * dictionary.
 */
export const createOrder = (request: OrderRequest, origin: OrderOrigin): WorkingOrder => ({
  id: request.id,
  venueId: origin.venueId,
  symbol: origin.symbol,
  request,
  sign: sign(request.side),
  type: request.type,
  price: request.price ?? Number.NaN,
  limitPrice: request.limitPrice ?? Number.NaN,
  trail: request.trail ?? Number.NaN,
  quantity: request.quantity,
  filled: 0,
  notional: 0,
  state: 'accepted',
  activeAt: origin.activeAt,
  expiresAt: origin.expiresAt,
  fresh: true,
  reducing: origin.reducing,
  protects: origin.protects,
  leg: origin.leg,
  bracket: request.bracket,
  fills: [],
  rawCommission: 0,
  bookedCommission: 0n,
});
