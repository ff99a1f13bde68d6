import type { OrderType, SpotSymbol } from './symbols.js';

/** Side of an order on the wire. */
export type WireSide = 'BUY' | 'SELL';

/** Time in force on the wire. */
export type WireTimeInForce = 'GTC' | 'IOC' | 'FOK';

/** What a client asks for. Prices and quantities are units of 10^-8; zero where the type has none. */
export interface OrderTerms {
  readonly side: WireSide;
  readonly type: OrderType;
  readonly timeInForce: WireTimeInForce;
  readonly quantity: bigint;
  /** Of a market order by amount: what it spends or wants to get, in the quote asset. */
  readonly quoteOrderQty: bigint;
  readonly price: bigint;
  readonly stopPrice: bigint;
  /** Basis points of a trailing stop. */
  readonly trailingDelta: number | undefined;
  readonly icebergQty: bigint | undefined;
  readonly strategyId: bigint | undefined;
  readonly strategyType: bigint | undefined;
  /** Given by the client or made for it. */
  readonly clientOrderId: string;
}

/** Statuses of an order; see enums.md, "Order status". */
export type OrderStatus =
  | 'NEW'
  | 'PENDING_NEW'
  | 'PARTIALLY_FILLED'
  | 'FILLED'
  | 'CANCELED'
  | 'REJECTED'
  | 'EXPIRED';

/** Why an order expired; see user-data-stream.md, "Order Expiry Reason". */
export type ExpiryReason =
  | 'REJECTED'
  | 'OCO_TRIGGER'
  | 'OTO_PHASE_ONE_EXPIRED'
  | 'UNFILLED_IOC_QUANTITY_EXPIRED'
  | 'UNFILLED_FOK_ORDER_EXPIRED'
  | 'INSUFFICIENT_LIQUIDITY';

/** A trade of an order. Amounts are units of 10^-8. */
export interface SpotTrade {
  readonly id: bigint;
  readonly price: bigint;
  readonly quantity: bigint;
  readonly quoteQuantity: bigint;
  readonly commission: bigint;
  readonly commissionAsset: string;
  readonly isMaker: boolean;
  readonly time: number;
}

/** What an order, or the two of an OCO together, keep locked of an account. */
export interface Hold {
  readonly asset: string;
  amount: bigint;
  /** Whose needs it covers: an OCO locks once for both. */
  readonly owners: SpotOrder[];
}

/** A price that a trailing stop follows. */
export interface Trail {
  /** Epoch ms since when prices are tracked; -1 before. */
  since: number;
  extreme: bigint;
}

/** A change of quantity that kept the order's place. */
export interface Amendment {
  readonly executionId: bigint;
  readonly origClientOrderId: string;
  readonly newClientOrderId: string;
  readonly origQty: bigint;
  readonly newQty: bigint;
  readonly time: number;
}

/** An order of an account, from its placement on. */
export interface SpotOrder {
  readonly id: bigint;
  readonly account: string;
  readonly symbol: SpotSymbol;
  readonly terms: OrderTerms;
  /** -1 outside of lists. */
  readonly listId: bigint;
  /** At which price a buy locks the quote asset. */
  readonly holdPrice: bigint;
  readonly time: number;
  clientOrderId: string;
  /** Its name while it was open: a cancel does not change it, as {@link clientOrderId}, but an amendment does. */
  openName: string;
  quantity: bigint;
  status: OrderStatus;
  executed: bigint;
  cumulativeQuote: bigint;
  updateTime: number;
  /** Epoch ms; -1 before it has been on the book. */
  workingTime: number;
  expiryReason: ExpiryReason | undefined;
  readonly hold: Hold;
  readonly trail: Trail | undefined;
  readonly trades: SpotTrade[];
  readonly amendments: Amendment[];
}

/** An order that still can trade, or will. */
export const isOpen = ({ status }: SpotOrder): boolean =>
  status === 'NEW' || status === 'PARTIALLY_FILLED' || status === 'PENDING_NEW';

/** Types that wait for a price before they go on the book ("algo" orders in filters.md). */
export const isContingent = (type: OrderType): boolean =>
  type.startsWith('STOP_LOSS') || type.startsWith('TAKE_PROFIT');

/** Types that trade at any price once they work. */
export const isAtMarket = (type: OrderType): boolean =>
  type === 'MARKET' || type === 'STOP_LOSS' || type === 'TAKE_PROFIT';

/** Whether its trigger lies above the market: stop-loss buys and take-profit sells. */
export const triggersAbove = ({ side, type }: Pick<OrderTerms, 'side' | 'type'>): boolean =>
  (side === 'BUY') === type.startsWith('STOP_LOSS');

/** What has not traded yet. */
export const openQuantity = (order: SpotOrder): bigint => order.quantity - order.executed;
