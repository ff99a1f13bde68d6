import type { Side } from './side.js';
import type { OrderType, TimeInForce } from './signal.js';

/** Why an order exists. Only `enter` can add exposure; `assess()` proves that the others reduce it. */
export type Purpose = 'enter' | 'reduce' | 'protect' | 'flatten';

/** Protection that travels with an entry. Prices, or a distance in price for `trail`. */
export interface Bracket {
  readonly stop: number | undefined;
  readonly target: number | undefined;
  readonly trail: number | undefined;
}

/** An order as risk approved it: on the instrument's grid, with its client order id. */
export interface OrderRequest {
  /** Client order id: at most 26 ASCII characters, never used twice. */
  readonly id: string;
  readonly symbol: string;
  /** The ledger (run or person) that the order belongs to. */
  readonly owner: string;
  readonly purpose: Purpose;
  readonly side: Side;
  /** Lots. */
  readonly quantity: number;
  readonly type: OrderType;
  /** The limit's price, or the stop's trigger. */
  readonly price: number | undefined;
  /** Stop-limit only. */
  readonly limitPrice: number | undefined;
  /** Trailing stop only: distance in price. */
  readonly trail: number | undefined;
  readonly timeInForce: TimeInForce;
  /** GTD only: epoch ms. */
  readonly goodTill: number | undefined;
  /** Entries only. */
  readonly bracket: Bracket | undefined;
  /** The venue may only let it shrink the account's position. */
  readonly reduceOnly: boolean;
}

/** How a venue and we name one order. */
export interface OrderRef {
  /** Client order id. */
  readonly id: string;
  readonly symbol: string;
  readonly venueId?: string | undefined;
}

/**
 * Where an order is in its life. `unknown`: sent, and nobody has told us what became of it.
 * `intended` is before the venue heard of it.
 */
export type OrderState =
  | 'intended'
  | 'submitted'
  | 'accepted'
  | 'partially-filled'
  | 'filled'
  | 'cancelled'
  | 'expired'
  | 'replaced'
  | 'rejected'
  | 'unknown';

/** States after which nothing more happens to an order. */
export const finalStates: ReadonlySet<OrderState> = new Set(['filled', 'cancelled', 'expired', 'rejected']);

interface OrderEventBase {
  /** Client order id. Bracket legs that a venue keeps itself are named `<entry id>` + `s` (stop) or `t` (target). */
  readonly id: string;
  readonly symbol: string;
  /** Venue time, epoch ms. */
  readonly time: number;
  readonly venueId?: string | undefined;
}

/** A trade of one of our orders. */
export interface FillEvent extends OrderEventBase {
  readonly type: 'fill';
  /** The venue's id of the trade: a second event with the same id is the same trade. */
  readonly tradeId: string;
  readonly side: Side;
  /** Lots of this trade. */
  readonly quantity: number;
  readonly price: number;
  /** Lots of the order still open after this trade. */
  readonly remaining: number;
  /** Venue time from which the order could trade, epoch ms. Undefined where the venue does not tell it. */
  readonly arrived?: number | undefined;
  /** Account currency; positive is paid. */
  readonly commission: number;
  /** Realised profit in account currency before commission; 0 for a trade that opens. */
  readonly profit: number;
}

/** A trade as the bot books it: whose it is, and which signal led to it. */
export interface Fill extends FillEvent {
  readonly owner: string;
  readonly purpose: Purpose;
  /** Id of the signal that the order came from. */
  readonly signal: string;
}

/** What a venue says about an order after it was submitted. */
export type OrderEvent =
  | (OrderEventBase & { readonly type: 'accepted' })
  | (OrderEventBase & { readonly type: 'triggered' })
  | FillEvent
  | (OrderEventBase & {
      readonly type: 'replaced';
      readonly quantity: number;
      readonly price: number | undefined;
    })
  | (OrderEventBase & { readonly type: 'cancelled'; readonly reason: string })
  | (OrderEventBase & { readonly type: 'expired' })
  | (OrderEventBase & { readonly type: 'rejected'; readonly code: string; readonly detail: string });

/** An order as a venue reports it when asked. */
export interface OrderReport {
  readonly id: string;
  readonly venueId: string | undefined;
  readonly symbol: string;
  readonly side: Side;
  readonly type: OrderType;
  readonly state: OrderState;
  readonly quantity: number;
  readonly filled: number;
  readonly averagePrice: number;
  readonly price: number | undefined;
}
