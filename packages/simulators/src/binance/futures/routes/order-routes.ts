import { type VenueCall, VenueError } from '../../exchange.js';
import type { FuturesAccount } from '../account.js';
import type { Desk } from '../desk.js';
import { futuresErrors } from '../errors.js';
import type { OrderEntry } from '../order-entry.js';
import { limitOf, readOrder, responseTypeOf, sideOf } from '../order-params.js';
import { type FuturesOrder, isOpen } from '../orders.js';
import {
  decimal,
  flag,
  inTime,
  optional,
  optionalSymbol,
  type Params,
  required,
  symbolOf,
  whole,
} from '../params.js';
import type { FuturesSymbol } from '../symbols.js';
import type { FuturesVenue } from '../venue.js';
import { amendmentViews, cancelledView, modifiedView, newOrderView, orderView, tradeView } from '../views.js';
import { readList, readObjects } from './lists.js';
import { accountRoutes, type NamedRoute } from './route.js';

const MOST_IN_BATCH = { place: 5, cancel: 10 };
const ORDER_SPAN = { limit: 500, most: 1000, days: 7 };
const FORCED_SPAN = { limit: 50, most: 100, days: 7 };
const DAY = 86_400_000;
const ALL_DONE = { code: 200, msg: 'The operation of cancel all open order is done.' };
const listWeight = ({ symbol }: Params): number => (symbol === undefined ? 40 : 1);

/** What is told in a list, where others may have gone well. */
const orError = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    if (error instanceof VenueError) return { code: error.code, msg: error.message };
    throw error;
  }
};

/** Orders that ended without a trade are forgotten after three days, all others after ninety. Source: page "Query Order". */
const isKept = (order: FuturesOrder, now: number): boolean =>
  now - order.time <= (isOpen(order) || order.executed > 0n ? 90 : 3) * DAY;

/** The order that is meant, the latest where an id was used again. */
const findOrder = (
  account: FuturesAccount,
  symbol: FuturesSymbol,
  params: Params,
): FuturesOrder | undefined => {
  const id = whole(params, 'orderId');
  const name = optional(params, 'origClientOrderId');
  if (id === undefined && name === undefined) throw futuresErrors.eitherOf('origClientOrderId', 'orderId');
  if (id !== undefined) {
    const order = account.orders.get(id);
    return order?.symbol === symbol ? order : undefined;
  }
  return [...account.orders.values()]
    .reverse()
    .find((order) => order.symbol === symbol && order.clientOrderId === name);
};

/** Routes of orders and trades. */
export const orderRoutes = (venue: FuturesVenue, entry: OrderEntry, desk: Desk): readonly NamedRoute[] => {
  const { user, trade } = accountRoutes(venue);
  const symbolIn = (params: Params): FuturesSymbol => symbolOf(venue.symbols, params);
  const found = (account: FuturesAccount, { params, now }: VenueCall): FuturesOrder => {
    const order = findOrder(account, symbolIn(params), params);
    if (order === undefined || !isKept(order, now)) throw futuresErrors.noSuchOrder();
    return order;
  };
  const place = (account: FuturesAccount, params: Params): unknown => {
    const response = responseTypeOf(params);
    return newOrderView(entry.place(account, readOrder(venue, account, params)), response);
  };
  const cancel = (account: FuturesAccount, params: Params): unknown =>
    cancelledView(entry.cancel(account, findOrder(account, symbolIn(params), params)));
  const modify = (account: FuturesAccount, { params }: VenueCall): unknown => {
    const symbol = symbolIn(params);
    required(params, 'quantity');
    const quantity = decimal(params, 'quantity', symbol.options.quantityPrecision)!;
    const { price } = limitOf(venue, params, sideOf(params));
    const order = findOrder(account, symbol, params);
    if (order === undefined || !isOpen(order)) throw futuresErrors.noSuchOrder();
    if (sideOf(params) !== order.side) throw futuresErrors.side();
    entry.modify(account, order, { price, quantity, reduceOnly: flag(params, 'reduceOnly') });
    return modifiedView(order, whole(params, 'modifyId'));
  };
  const cancelList = (account: FuturesAccount, { params }: VenueCall): unknown => {
    const symbol = required(params, 'symbol');
    const ids = readList(params, 'orderIdList').map((orderId) => ({ symbol, orderId }));
    const names = readList(params, 'origClientOrderIdList').map((name) => ({
      symbol,
      origClientOrderId: name,
    }));
    const wanted: readonly Params[] = ids.length > 0 ? ids : names;
    if (wanted.length === 0) throw futuresErrors.eitherOf('origClientOrderIdList', 'orderIdList');
    if (wanted.length > MOST_IN_BATCH.cancel) throw futuresErrors.batchSize(wanted.length);
    return wanted.map((one) => orError(() => cancel(account, one)));
  };
  const placeList = (account: FuturesAccount, { params }: VenueCall): unknown => {
    const orders = readObjects(required(params, 'batchOrders'), 'batchOrders');
    if (orders.length === 0 || orders.length > MOST_IN_BATCH.place)
      throw futuresErrors.batchSize(orders.length);
    return orders.map((one) => orError(() => place(account, one)));
  };
  const trades = (account: FuturesAccount, { params }: VenueCall): unknown => {
    const symbol = symbolIn(params);
    const [from, orderId] = [whole(params, 'fromId'), whole(params, 'orderId')];
    if (from !== undefined && (optional(params, 'startTime') ?? optional(params, 'endTime')) !== undefined)
      throw futuresErrors.combination();
    const rows = account.trades.filter(
      ({ order, id }) =>
        order.symbol === symbol && (orderId === undefined || order.orderId === orderId) && id >= (from ?? 0n),
    );
    const isFirst = from !== undefined && optional(params, 'startTime') === undefined;
    const paged = isFirst ? { ...params, startTime: '0' } : params;
    return inTime(paged, rows, ({ time }) => time, ORDER_SPAN).map(tradeView);
  };
  return [
    trade('POST /fapi/v1/order', (account, { params }) => place(account, params), {
      weight: 0,
      orders: 1,
      wsMethod: 'order.place',
    }),
    trade('PUT /fapi/v1/order', modify, { weight: 0, orders: 1, wsMethod: 'order.modify' }),
    trade('DELETE /fapi/v1/order', (account, { params }) => cancel(account, params), {
      wsMethod: 'order.cancel',
    }),
    user('GET /fapi/v1/order', (account, call) => orderView(found(account, call)), {
      wsMethod: 'order.status',
    }),
    trade('POST /fapi/v1/order/test', (account, { params }) => {
      const draft = readOrder(venue, account, params);
      entry.check(account, draft);
      return testView(draft.clientOrderId);
    }),
    trade('POST /fapi/v1/batchOrders', placeList, { weight: 5, orders: 5 }),
    trade('DELETE /fapi/v1/batchOrders', cancelList),
    trade('DELETE /fapi/v1/allOpenOrders', (account, { params }) => {
      for (const order of account.openOrders(symbolIn(params))) desk.end(account, order, 'CANCELED');
      return ALL_DONE;
    }),
    user('GET /fapi/v1/openOrder', (account, call) => {
      const order = found(account, call);
      if (!isOpen(order)) throw futuresErrors.noSuchOrder();
      return orderView(order);
    }),
    user(
      'GET /fapi/v1/openOrders',
      (account, { params }) => account.openOrders(optionalSymbol(venue.symbols, params)).map(orderView),
      { weight: listWeight },
    ),
    user(
      'GET /fapi/v1/allOrders',
      (account, { params, now }) => {
        const symbol = symbolIn(params);
        const from = whole(params, 'orderId');
        const rows = [...account.orders.values()].filter(
          (order) => order.symbol === symbol && order.orderId >= (from ?? 0n) && isKept(order, now),
        );
        const paged = from === undefined ? params : { startTime: '0', ...params };
        return inTime(paged, rows, ({ time }) => time, ORDER_SPAN).map(orderView);
      },
      { weight: 5 },
    ),
    user('GET /fapi/v1/userTrades', trades, { weight: 5 }),
    user('GET /fapi/v1/orderAmendment', (account, { params }) => {
      const order = findOrder(account, symbolIn(params), params);
      return order === undefined ? [] : amendmentViews(order);
    }),
    user(
      'GET /fapi/v1/forceOrders',
      (account, { params }) => {
        const symbol = optionalSymbol(venue.symbols, params);
        const rows = [...account.orders.values()].filter(
          (order) => order.type === 'LIQUIDATION' && (symbol === undefined || order.symbol === symbol),
        );
        return inTime(params, rows, ({ time }) => time, FORCED_SPAN).map(orderView);
      },
      { weight: ({ symbol }) => (symbol === undefined ? 50 : 20) },
    ),
  ];
};

/** Nothing was taken: only the client's id comes back. */
const testView = (clientOrderId: string | undefined): unknown => ({ clientOrderId: clientOrderId ?? '' });
