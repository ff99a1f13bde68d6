import { isOpen, type SpotOrder } from './order.js';

/** Orders that belong together. */
export interface OrderList {
  readonly id: bigint;
  readonly account: string;
  readonly symbol: string;
  readonly contingencyType: 'OCO' | 'OTO';
  readonly clientId: string;
  /** Epoch ms. */
  readonly time: number;
  /** All of it, in the order of their ids. */
  readonly orders: readonly SpotOrder[];
  /** Of an OTO or OTOCO: the order that must fill first. */
  readonly working: SpotOrder | undefined;
  /** The two of an OCO, or what an OTO places later. */
  readonly others: readonly SpotOrder[];
  /** Whether it has been told that all of it ended. */
  told: boolean;
}

/** Whether nothing of a list can trade any more. */
export const isDone = ({ orders }: OrderList): boolean => !orders.some(isOpen);

/** The other one of an OCO pair, while it is open. */
export const rivalOf = ({ others }: OrderList, order: SpotOrder): SpotOrder | undefined =>
  others.length === 2 && others.includes(order)
    ? others.find((one) => one !== order && isOpen(one))
    : undefined;

const names = ({ orders }: OrderList): readonly object[] =>
  orders.map(({ symbol, id, openName }) => ({
    symbol: symbol.symbol,
    orderId: id,
    clientOrderId: openName,
  }));

/** A list as the order list endpoints answer it. */
export const listView = (list: OrderList): Record<string, unknown> => ({
  orderListId: list.id,
  contingencyType: list.contingencyType,
  listStatusType: isDone(list) ? 'ALL_DONE' : 'EXEC_STARTED',
  listOrderStatus: isDone(list) ? 'ALL_DONE' : 'EXECUTING',
  listClientOrderId: list.clientId,
  transactionTime: list.time,
  symbol: list.symbol,
  orders: names(list),
});

/** The event `listStatus`; fields: user-data-stream.md. */
export const listStatus = (
  list: OrderList,
  statusType: 'EXEC_STARTED' | 'UPDATED' | 'ALL_DONE',
  now: number,
): Record<string, unknown> => ({
  e: 'listStatus',
  E: now,
  s: list.symbol,
  g: list.id,
  c: list.contingencyType,
  l: statusType,
  L: statusType === 'ALL_DONE' ? 'ALL_DONE' : 'EXECUTING',
  r: 'NONE',
  C: list.clientId,
  T: now,
  O: list.orders.map(({ symbol, id, openName }) => ({ s: symbol.symbol, i: id, c: openName })),
});
