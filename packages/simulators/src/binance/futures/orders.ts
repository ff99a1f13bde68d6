import type { AlgoOrder } from './algo-orders.js';
import { type Amount, divide, ONE } from './amounts.js';
import type { PositionSide } from './positions.js';
import type { FuturesSymbol } from './symbols.js';

/** Buys or sells. */
export type OrderSide = 'BUY' | 'SELL';

/** How long an order works. `GTE_GTC`: until the position that it closes is gone. */
export type FuturesTimeInForce = 'GTC' | 'IOC' | 'FOK' | 'GTX' | 'GTD' | 'GTE_GTC';

/** The venue's word for where an order is in its life. */
export type OrderStatus = 'NEW' | 'PARTIALLY_FILLED' | 'FILLED' | 'CANCELED' | 'EXPIRED';

/** What an order is asked to be, read and checked. */
export interface OrderDraft {
  readonly symbol: FuturesSymbol;
  readonly side: OrderSide;
  readonly positionSide: PositionSide;
  readonly type: 'LIMIT' | 'MARKET' | 'LIQUIDATION';
  /** What the client asked for: `STOP_MARKET` of an order that an algo order triggered into. */
  readonly origType: string;
  readonly timeInForce: FuturesTimeInForce;
  readonly quantity: Amount;
  /** 0 of a market order. */
  readonly price: Amount;
  readonly reduceOnly: boolean;
  readonly closePosition: boolean;
  /** Made by the venue when undefined. */
  readonly clientOrderId: string | undefined;
  /** Epoch ms; 0 for none. */
  readonly goodTillDate: number;
  readonly priceMatch: string;
  readonly selfTradePreventionMode: string;
  readonly workingType: string;
  readonly priceProtect: boolean;
  readonly stopPrice: Amount;
  readonly algo: AlgoOrder | undefined;
}

/** One change of an order's price and quantity. */
export interface Amendment {
  readonly id: bigint;
  readonly time: number;
  readonly price: readonly [before: Amount, after: Amount];
  readonly quantity: readonly [before: Amount, after: Amount];
}

/** An order in the book, or one that was. */
export interface FuturesOrder extends Omit<OrderDraft, 'price' | 'quantity' | 'clientOrderId'> {
  readonly orderId: bigint;
  readonly clientOrderId: string;
  price: Amount;
  quantity: Amount;
  executed: Amount;
  /** Sum of price x quantity of its trades, in units of 10^-16. */
  cost: bigint;
  status: OrderStatus;
  readonly time: number;
  updateTime: number;
  /** Whether its first event was told. */
  announced: boolean;
  /** While it is being ended: what it becomes, and the venue's number of the reason. */
  ending: { readonly status: 'CANCELED' | 'EXPIRED'; readonly reason: string } | undefined;
  /** Number of the expiry reason of its last event. */
  expiryReason: string;
  readonly amendments: Amendment[];
}

/** A trade of an order. */
export interface FuturesTrade {
  readonly id: bigint;
  readonly order: FuturesOrder;
  readonly price: Amount;
  readonly quantity: Amount;
  readonly maker: boolean;
  readonly commission: Amount;
  readonly realised: Amount;
  readonly time: number;
}

/** Whether an order can still trade. */
export const isOpen = ({ status }: FuturesOrder): boolean =>
  status === 'NEW' || status === 'PARTIALLY_FILLED';

/** Average price of its trades; 0 before the first. */
export const averagePrice = ({ cost, executed }: FuturesOrder): Amount =>
  executed === 0n ? 0n : divide(cost, executed);

/** Value of its trades in the quote asset. */
export const quoteValue = ({ cost }: FuturesOrder): Amount => divide(cost, ONE);

/** 1 buys, -1 sells. */
export const signOf = (side: OrderSide): 1n | -1n => (side === 'BUY' ? 1n : -1n);

/**
 * Whether an order can only shrink its position: on a hedge account each side is bought or sold to open, and the other way closes.
 */
export const reduces = (order: Pick<OrderDraft, 'side' | 'positionSide' | 'reduceOnly'>): boolean =>
  order.reduceOnly ||
  (order.positionSide === 'LONG' && order.side === 'SELL') ||
  (order.positionSide === 'SHORT' && order.side === 'BUY');
