import type { VenueCall } from '../../exchange.js';
import type { FuturesAccount } from '../account.js';
import { futuresErrors } from '../errors.js';
import { type FuturesOrder, isOpen } from '../orders.js';
import { inTime, optional, optionalSymbol, type Params, paged, symbolOf, whole } from '../params.js';
import type { FuturesVenue } from '../venue.js';
import { amendmentViews, orderView, tradeView } from '../views.js';
import { findOrder, isKept } from './find-order.js';
import { accountRoutes, type NamedRoute } from './route.js';

const SPAN = { limit: 500, most: 1000, days: 7 };
const FORCED_SPAN = { limit: 50, most: 100, days: 7 };
const listWeight = ({ symbol }: Params): number => (symbol === undefined ? 40 : 1);
const forcedWeight = ({ symbol }: Params): number => (symbol === undefined ? 50 : 20);

/** Routes by which orders and trades are asked for. */
export const orderReadRoutes = (venue: FuturesVenue): readonly NamedRoute[] => {
  const { user } = accountRoutes(venue);
  const found = (account: FuturesAccount, { params, now }: VenueCall): FuturesOrder => {
    const order = findOrder(account, symbolOf(venue.symbols, params), params);
    if (order === undefined || !isKept(order, now)) throw futuresErrors.noSuchOrder();
    return order;
  };
  const trades = (account: FuturesAccount, call: VenueCall): unknown => {
    const { params } = call;
    const symbol = symbolOf(venue.symbols, params);
    const [from, orderId] = [whole(params, 'fromId'), whole(params, 'orderId')];
    const isTimed = (optional(params, 'startTime') ?? optional(params, 'endTime')) !== undefined;
    if (from !== undefined && isTimed) throw futuresErrors.combination();
    const rows = account.trades.filter(
      ({ order, id }) =>
        order.symbol === symbol && (orderId === undefined || order.orderId === orderId) && id >= (from ?? 0n),
    );
    return paged(call, rows, ({ time }) => time, SPAN, from ?? orderId).map(tradeView);
  };
  const orders = (account: FuturesAccount, call: VenueCall): unknown => {
    const symbol = symbolOf(venue.symbols, call.params);
    const from = whole(call.params, 'orderId');
    const rows = [...account.orders.values()].filter(
      (order) => order.symbol === symbol && order.orderId >= (from ?? 0n) && isKept(order, call.now),
    );
    return paged(call, rows, ({ time }) => time, SPAN, from).map(orderView);
  };
  return [
    user('GET /fapi/v1/order', (account, call) => orderView(found(account, call)), {
      wsMethod: 'order.status',
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
    user('GET /fapi/v1/allOrders', orders, { weight: 5 }),
    user('GET /fapi/v1/userTrades', trades, { weight: 5 }),
    user('GET /fapi/v1/orderAmendment', (account, { params }) => {
      const order = findOrder(account, symbolOf(venue.symbols, params), params);
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
      { weight: forcedWeight },
    ),
  ];
};
