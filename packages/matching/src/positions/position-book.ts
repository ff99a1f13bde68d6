import type { OrderRequest, VenuePosition } from '@mikrobot/core';
import type { WorkingOrder } from '../working-order.js';

/** Lots held together: the net position of a symbol, one ledger's part of it, or one ticket of a hedging account. */
export interface Holding {
  readonly symbol: number;
  readonly owner: string;
  /** Id of the entry that opened it on a hedging account; empty on a netting one. */
  readonly ticket: string;
  /** Signed lots. */
  quantity: number;
  /** 0 when flat. */
  averagePrice: number;
  /** Epoch ms; 0 when flat. */
  since: number;
}

/** What a trade did to the book. */
export interface TradeEffect {
  /** Sum of (exit - entry) * lots over what it closed, with the sign of the profit. Times contract size it is quote currency. */
  readonly points: number;
  /** What the order's bracket is to protect. */
  readonly holding: Holding;
}

/** How an account books trades. One implementation for netting, one for hedging. */
export interface PositionBook {
  /** Holdings that carry floating profit and margin, over all symbols. */
  readonly open: readonly Holding[];
  /** The ticket that a protective order sent by a client belongs to; a netting account has none. */
  ticketOf(symbol: number, request: OrderRequest): Holding | undefined;
  /** Lots that an order may close. */
  closable(order: WorkingOrder): number;
  /** By how many lots a trade of an order would raise what its symbol needs margin for; negative when it frees some. */
  added(order: WorkingOrder, quantity: number): number;
  apply(order: WorkingOrder, quantity: number, price: number, time: number): TradeEffect;
  /** Open positions of a symbol as the venue reports them. */
  report(symbol: number, name: string): readonly VenuePosition[];
}

/** Signed lots of `holding` that an order of `sign` closes against. */
export const against = (holding: Holding, sign: 1 | -1): number => Math.max(0, -sign * holding.quantity);
