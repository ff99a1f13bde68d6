import type { Route, VenueCall } from '../../exchange.js';
import { spotErrors } from '../errors.js';
import { findList, findOrder } from '../look-up.js';
import { isOpen, type SpotOrder } from '../order.js';
import type { OrderDesk } from '../order-desk.js';
import { listView, type OrderList } from '../order-list.js';
import { canceledView } from '../order-views.js';
import { ParamReader } from '../param-reader.js';
import { readMarket } from './read-market.js';

/** Cancels a whole list. Returns the answer. */
const cancelList = (desk: OrderDesk, list: OrderList, cancelId: string): Record<string, unknown> => {
  const open = list.orders.filter(isOpen);
  desk.lists.cancel(list, cancelId);
  return {
    ...listView(list),
    transactionTime: desk.venue.now,
    orderReports: open.map((order) => canceledView(order, order.openName)),
  };
};

/** Cancels an order, or the list that it is part of. Returns the answer. @throws VenueError -2011 when it has ended */
export const cancelOrder = (desk: OrderDesk, order: SpotOrder, cancelId: string): Record<string, unknown> => {
  if (!isOpen(order)) throw spotErrors.unknownOrder();
  const list = desk.venue.lists.get(order.listId);
  if (list !== undefined) return cancelList(desk, list, cancelId);
  const origClientOrderId = order.clientOrderId;
  desk.trading.cancel(order, cancelId);
  return canceledView(order, origClientOrderId);
};

/** @throws VenueError -1145, -2011 */
export const checkRestrictions = (reader: ParamReader, { status }: SpotOrder): void => {
  const restriction = reader.oneOf(
    'cancelRestrictions',
    ['ONLY_NEW', 'ONLY_PARTIALLY_FILLED'],
    spotErrors.cancelRestrictions,
  );
  const wanted = restriction === 'ONLY_NEW' ? 'NEW' : 'PARTIALLY_FILLED';
  if (restriction !== undefined && status !== wanted) throw spotErrors.cancelRestricted();
};

const cancelOne = (desk: OrderDesk, { params, account }: VenueCall): unknown => {
  const reader = new ParamReader(params, [
    'symbol',
    'orderId',
    'origClientOrderId',
    'newClientOrderId',
    'cancelRestrictions',
  ]);
  const { symbol } = readMarket(desk.venue, reader).symbol;
  const names = { id: 'orderId', clientId: 'origClientOrderId' };
  const order = findOrder(desk.venue, reader, { account, symbol }, names, spotErrors.unknownOrder);
  const cancelId = reader.clientId('newClientOrderId') ?? desk.venue.newClientId();
  if (!isOpen(order)) throw spotErrors.unknownOrder();
  checkRestrictions(reader, order);
  const view = cancelOrder(desk, order, cancelId);
  desk.venue.settle();
  return view;
};

const cancelAll = (desk: OrderDesk, { params, account }: VenueCall): unknown => {
  const reader = new ParamReader(params, ['symbol']);
  const { symbol } = readMarket(desk.venue, reader).symbol;
  const open = desk.venue.orders.open(account, symbol);
  if (open.length === 0) throw spotErrors.unknownOrder();
  const cancelId = desk.venue.newClientId();
  // The second order of a list has ended with the first.
  const views = open.flatMap((order) => (isOpen(order) ? [cancelOrder(desk, order, cancelId)] : []));
  desk.venue.settle();
  return views;
};

const cancelWholeList = (desk: OrderDesk, { params, account }: VenueCall): unknown => {
  const reader = new ParamReader(params, ['symbol', 'orderListId', 'listClientOrderId', 'newClientOrderId']);
  const { symbol } = readMarket(desk.venue, reader).symbol;
  const list = findList(desk.venue, reader, account, 'listClientOrderId', spotErrors.unknownOrder);
  const cancelId = reader.clientId('newClientOrderId') ?? desk.venue.newClientId();
  if (list.symbol !== symbol || !list.orders.some(isOpen)) throw spotErrors.unknownOrder();
  const view = cancelList(desk, list, cancelId);
  desk.venue.settle();
  return view;
};

/** Cancelling one order, all of a symbol, a list. */
export const cancelRoutes = (desk: OrderDesk): readonly (readonly [string, Route])[] => [
  [
    'DELETE /api/v3/order',
    { security: 'TRADE', weight: 1, wsMethod: 'order.cancel', handle: (call) => cancelOne(desk, call) },
  ],
  [
    'DELETE /api/v3/openOrders',
    {
      security: 'TRADE',
      weight: 1,
      wsMethod: 'openOrders.cancelAll',
      handle: (call) => cancelAll(desk, call),
    },
  ],
  [
    'DELETE /api/v3/orderList',
    {
      security: 'TRADE',
      weight: 1,
      wsMethod: 'orderList.cancel',
      handle: (call) => cancelWholeList(desk, call),
    },
  ],
];
