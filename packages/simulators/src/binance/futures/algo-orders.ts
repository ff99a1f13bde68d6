import type { Amount } from './amounts.js';
import type { FuturesOrder, FuturesTimeInForce, OrderSide } from './orders.js';
import type { PositionSide } from './positions.js';
import type { FuturesSymbol } from './symbols.js';

/** Types of conditional orders. */
export const algoTypes = [
  'STOP',
  'STOP_MARKET',
  'TAKE_PROFIT',
  'TAKE_PROFIT_MARKET',
  'TRAILING_STOP_MARKET',
] as const;

/** See {@link algoTypes}. */
export type AlgoType = (typeof algoTypes)[number];

/** The venue's word for where a conditional order is in its life. Source: page "Event: Algo Order Update". */
export type AlgoStatus =
  | 'NEW'
  | 'CANCELED'
  | 'TRIGGERING'
  | 'TRIGGERED'
  | 'FINISHED'
  | 'REJECTED'
  | 'EXPIRED';

/** What a conditional order is asked to be, read and checked. */
export interface AlgoDraft {
  readonly symbol: FuturesSymbol;
  readonly side: OrderSide;
  readonly positionSide: PositionSide;
  readonly type: AlgoType;
  readonly timeInForce: FuturesTimeInForce;
  /** 0 where it closes the whole position. */
  readonly quantity: Amount;
  /** 0 of one that becomes a market order. */
  readonly price: Amount;
  /** 0 of a trailing stop. */
  readonly triggerPrice: Amount;
  /** Trailing stop only: from which price on it follows the market. */
  readonly activatePrice: Amount;
  /** Trailing stop only: percent that the market must come back, as in 0.5. */
  readonly callbackRate: Amount;
  readonly workingType: 'MARK_PRICE' | 'CONTRACT_PRICE';
  readonly priceMatch: string;
  readonly closePosition: boolean;
  readonly priceProtect: boolean;
  readonly reduceOnly: boolean;
  /** Made by the venue when undefined. */
  readonly clientAlgoId: string | undefined;
  readonly selfTradePreventionMode: string;
  /** Epoch ms; 0 for none. */
  readonly goodTillDate: number;
}

/** A conditional order. */
export interface AlgoOrder extends Omit<AlgoDraft, 'clientAlgoId'> {
  readonly algoId: bigint;
  readonly clientAlgoId: string;
  status: AlgoStatus;
  readonly createTime: number;
  updateTime: number;
  /** Epoch ms; 0 before. */
  triggerTime: number;
  /** The order that it became. */
  actual: FuturesOrder | undefined;
  /** Why it was rejected; empty otherwise. */
  reason: string;
  /** Trailing stop only: the best price since it follows; undefined before. */
  extreme: Amount | undefined;
}

/** Whether it becomes a market order. */
export const becomesMarket = (type: AlgoType): boolean => type.endsWith('_MARKET');
