import { orderState, transactionType } from '../constants.js';
import type { TradeAccount } from './account.js';
import type { Desk } from './desk.js';
import type { Order, Transaction } from './records.js';

const STOP_LIMITS: readonly number[] = [6, 7];

/** What a transaction tells of an order. */
const orderTransaction = (account: TradeAccount, type: number, order: Order): Transaction => ({
  type,
  order: order.ticket,
  symbol: order.symbol,
  orderType: order.type,
  orderState: order.state,
  timeType: order.typeTime,
  timeExpiration: order.expiration,
  price: order.priceOpen,
  priceTrigger: STOP_LIMITS.includes(order.type) ? order.priceOpen : 0,
  sl: order.sl,
  tp: order.tp,
  volume: order.volumeCurrent,
  position: account.identified(order.positionId)?.ticket ?? order.positionId,
  positionBy: order.positionById,
});

/** What a new order is made of; the rest has defaults. */
export type NewOrder = Pick<Order, 'symbol' | 'type' | 'volumeInitial' | 'priceOpen' | 'reason'> &
  Partial<Order>;

/** Takes an order among the working ones and tells it. */
export const addOrder = (desk: Desk, account: TradeAccount, given: NewOrder): Order => {
  const order: Order = {
    ticket: desk.tickets.order(),
    state: orderState.STARTED,
    volumeCurrent: given.volumeInitial,
    priceStopLimit: 0,
    sl: 0,
    tp: 0,
    priceCurrent: given.priceOpen,
    typeFilling: 0,
    typeTime: 0,
    expiration: 0,
    magic: '0',
    positionId: 0,
    positionById: 0,
    comment: '',
    timeSetup: desk.time.now(),
    timeDone: 0,
    ...given,
  };
  account.orders.set(order.ticket, order);
  tellOrder(account, transactionType.ORDER_ADD, order);
  return order;
};

/** Tells that a working order was added or changed. */
export const tellOrder = (account: TradeAccount, type: number, order: Order): void => {
  account.tell({ kind: 'order', order });
  account.tell({ kind: 'transaction', transaction: orderTransaction(account, type, order) });
};

/** Ends an order: it leaves the working ones and enters the history. */
export const endOrder = (desk: Desk, account: TradeAccount, order: Order, state: number): void => {
  order.state = state;
  order.timeDone = desk.time.now();
  account.orders.delete(order.ticket);
  account.tell({ kind: 'order-gone', ticket: order.ticket });
  const gone = orderTransaction(account, transactionType.ORDER_DELETE, order);
  account.tell({ kind: 'transaction', transaction: gone });
  account.keepOrder(order);
  account.tell({ kind: 'history-order', order });
  account.tell({ kind: 'transaction', transaction: { ...gone, type: transactionType.HISTORY_ADD } });
};
