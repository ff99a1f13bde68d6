import type { Route, VenueCall } from '../../exchange.js';
import { spotErrors } from '../errors.js';
import { checkArchive, findList, findOrder } from '../look-up.js';
import type { OrderDesk } from '../order-desk.js';
import { isDone, listView } from '../order-list.js';
import { orderView } from '../order-views.js';
import { ParamReader } from '../param-reader.js';
import { readMarket } from './read-market.js';
import { userRoutes } from './user-route.js';
import { cut, readWindow } from './windows.js';

const one = ({ venue }: OrderDesk, { params, account }: VenueCall): unknown => {
  const reader = new ParamReader(params, ['symbol', 'orderId', 'origClientOrderId']);
  const { symbol } = readMarket(venue, reader).symbol;
  const names = { id: 'orderId', clientId: 'origClientOrderId' };
  const order = findOrder(venue, reader, { account, symbol }, names, spotErrors.noSuchOrder);
  checkArchive(order, venue.now);
  return orderView(order);
};

const open = ({ venue }: OrderDesk, { params, account }: VenueCall): unknown => {
  const reader = new ParamReader(params, ['symbol']);
  const symbol = reader.has('symbol') ? readMarket(venue, reader).symbol.symbol : undefined;
  return venue.orders.open(account, symbol).map(orderView);
};

const all = ({ venue }: OrderDesk, { params, account }: VenueCall): unknown => {
  const reader = new ParamReader(params, ['symbol', 'orderId', 'startTime', 'endTime', 'limit']);
  const { symbol } = readMarket(venue, reader).symbol;
  const from = reader.long('orderId');
  const orders = venue.orders.all(account, symbol).filter(({ id }) => from === undefined || id >= from);
  return cut(orders, readWindow(reader), from !== undefined, ({ time }) => time).map(orderView);
};

const oneList = ({ venue }: OrderDesk, { params, account }: VenueCall): unknown => {
  const reader = new ParamReader(params, ['orderListId', 'origClientOrderId']);
  return listView(findList(venue, reader, account, 'origClientOrderId', spotErrors.noSuchOrder));
};

const openLists = ({ venue }: OrderDesk, { params, account }: VenueCall): unknown => {
  new ParamReader(params, []);
  return [...venue.lists.values()].filter((list) => list.account === account && !isDone(list)).map(listView);
};

const allLists = ({ venue }: OrderDesk, { params, account }: VenueCall): unknown => {
  const reader = new ParamReader(params, ['fromId', 'startTime', 'endTime', 'limit']);
  const from = reader.long('fromId');
  if (from !== undefined && (reader.has('startTime') || reader.has('endTime')))
    throw spotErrors.combination();
  const lists = [...venue.lists.values()].filter(
    (list) => list.account === account && list.id >= (from ?? 0n),
  );
  return cut(lists, readWindow(reader), from !== undefined, ({ time }) => time).map(listView);
};

/** Asking for orders and lists. */
export const queryRoutes = (desk: OrderDesk): readonly (readonly [string, Route])[] => {
  const route = userRoutes(desk);
  return [
    ['GET /api/v3/order', route(4, 'order.status', one)],
    [
      'GET /api/v3/openOrders',
      route(({ symbol }) => (symbol === undefined ? 80 : 6), 'openOrders.status', open),
    ],
    ['GET /api/v3/allOrders', route(20, 'allOrders', all)],
    ['GET /api/v3/orderList', route(4, 'orderList.status', oneList)],
    ['GET /api/v3/openOrderList', route(6, 'openOrderLists.status', openLists)],
    ['GET /api/v3/allOrderList', route(20, 'allOrderLists', allLists)],
  ];
};
