import type { OrderType, Side } from '@mikrobot/core';
import type { Contract, Order, OrderState } from '@stoqey/ib';
import { finite, positive } from '../line/numbers.js';
import { orderTypeOf, sideOfAction } from './words.js';

/** An order as TWS shows it, checked. */
export interface SeenOrder {
  /** 0 in completed orders, and for those made by hand. */
  readonly orderId: number;
  /** Undefined in completed orders, which do not tell it. */
  readonly clientId: number | undefined;
  /** 0 until TWS has given it. */
  readonly permId: number;
  readonly account: string;
  /** Client order id, where the order has one. */
  readonly ref: string;
  readonly contract: Contract;
  readonly side: Side;
  readonly type: OrderType;
  readonly tif: string;
  /** Lots in all. Completed orders tell 0, so that it is at least what has filled. */
  readonly quantity: number;
  /** Lots; told of completed orders only. */
  readonly filled: number | undefined;
  /** The limit's price, or the trigger where the stop stands. */
  readonly price: number | undefined;
  /** 0 where it has none. */
  readonly parentId: number;
  readonly status: string;
  /** Words of TWS for how a completed order ended. */
  readonly completed: string;
  readonly completedTime: string;
  /** Why TWS warns of it. */
  readonly warning: string;
  readonly order: Order;
  readonly state: OrderState;
}

const priceOf = (type: OrderType, { lmtPrice, auxPrice, trailStopPrice }: Order): number | undefined => {
  // Prices of spreads can be below zero; 0 is how TWS says that there is none.
  const price =
    type === 'limit'
      ? lmtPrice
      : type === 'trailing-stop'
        ? trailStopPrice
        : type === 'market'
          ? 0
          : auxPrice;
  return finite(price) === 0 ? undefined : finite(price);
};

const id = (value: number | undefined): number =>
  value !== undefined && Number.isSafeInteger(value) && value > 0 ? value : 0;

/**
 * Reads what `openOrder` and `completedOrder` tell.
 * @returns undefined for what makes no sense as an order
 */
export const readSeenOrder = (contract: Contract, order: Order, state: OrderState): SeenOrder | undefined => {
  const side = sideOfAction(order.action);
  if (side === undefined) return undefined;
  const type = orderTypeOf(order.orderType, order.lmtPrice);
  const filled = finite(order.filledQuantity);
  const { clientId } = order;
  return {
    orderId: id(order.orderId),
    clientId: clientId !== undefined && Number.isSafeInteger(clientId) ? clientId : undefined,
    permId: id(order.permId),
    account: order.account ?? '',
    ref: order.orderRef ?? '',
    contract,
    side,
    type,
    tif: order.tif ?? '',
    quantity: Math.max(positive(order.totalQuantity) ?? 0, filled ?? 0),
    filled: filled !== undefined && filled >= 0 ? filled : undefined,
    price: priceOf(type, order),
    parentId: id(order.parentId),
    status: state.status,
    completed: state.completedStatus ?? '',
    completedTime: state.completedTime ?? '',
    warning: state.warningText ?? '',
    order,
    state,
  };
};
