import { type VenueCall, VenueError } from '../../exchange.js';
import type { FuturesAccount } from '../account.js';
import type { Desk } from '../desk.js';
import { futuresErrors } from '../errors.js';
import type { OrderEntry } from '../order-entry.js';
import { limitOf, readOrder, responseTypeOf, sideOf } from '../order-params.js';
import { isOpen } from '../orders.js';
import { decimal, flag, type Params, required, symbolOf, whole } from '../params.js';
import type { FuturesSymbol } from '../symbols.js';
import type { FuturesVenue } from '../venue.js';
import { cancelledView, modifiedView, newOrderView } from '../views.js';
import { findOrder } from './find-order.js';
import { readList, readObjects } from './lists.js';
import { accountRoutes, type NamedRoute } from './route.js';

const MOST_IN_BATCH = { place: 5, cancel: 10 };
const ALL_DONE = { code: 200, msg: 'The operation of cancel all open order is done.' };

/** What is told in a list, where others may have gone well. */
const orError = (work: () => unknown): unknown => {
  try {
    return work();
  } catch (error) {
    if (error instanceof VenueError) return { code: error.code, msg: error.message };
    throw error;
  }
};

/** Routes by which orders are placed, changed and cancelled. */
export const orderRoutes = (venue: FuturesVenue, entry: OrderEntry, desk: Desk): readonly NamedRoute[] => {
  const { trade } = accountRoutes(venue);
  const symbolIn = (params: Params): FuturesSymbol => symbolOf(venue.symbols, params);
  const place = (account: FuturesAccount, params: Params): unknown => {
    const response = responseTypeOf(params);
    return newOrderView(entry.place(account, readOrder(venue, account, params)), response);
  };
  const cancel = (account: FuturesAccount, params: Params): unknown =>
    cancelledView(entry.cancel(account, findOrder(account, symbolIn(params), params)));
  const modify = (account: FuturesAccount, params: Params): unknown => {
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
  const each =
    (work: (account: FuturesAccount, params: Params) => unknown) =>
    (account: FuturesAccount, { params }: VenueCall): unknown => {
      const orders = readObjects(required(params, 'batchOrders'), 'batchOrders');
      if (orders.length === 0 || orders.length > MOST_IN_BATCH.place)
        throw futuresErrors.batchSize(orders.length);
      return orders.map((one) => orError(() => work(account, one)));
    };
  return [
    trade('POST /fapi/v1/order', (account, { params }) => place(account, params), {
      weight: 0,
      orders: 1,
      wsMethod: 'order.place',
    }),
    trade('PUT /fapi/v1/order', (account, { params }) => modify(account, params), {
      weight: 0,
      orders: 1,
      wsMethod: 'order.modify',
    }),
    trade('DELETE /fapi/v1/order', (account, { params }) => cancel(account, params), {
      wsMethod: 'order.cancel',
    }),
    trade('POST /fapi/v1/order/test', (account, { params }) => {
      const draft = readOrder(venue, account, params);
      entry.check(account, draft);
      return testView(draft.clientOrderId);
    }),
    trade('POST /fapi/v1/batchOrders', each(place), { weight: 5, orders: 5 }),
    trade('PUT /fapi/v1/batchOrders', each(modify), { weight: 5, orders: 5 }),
    trade('DELETE /fapi/v1/batchOrders', cancelList),
    trade('DELETE /fapi/v1/allOpenOrders', (account, { params }) => {
      for (const order of account.openOrders(symbolIn(params))) desk.end(account, order, 'CANCELED');
      return ALL_DONE;
    }),
  ];
};

/** Nothing was taken: only the client's id comes back. */
const testView = (clientOrderId: string | undefined): unknown => ({ clientOrderId: clientOrderId ?? '' });
