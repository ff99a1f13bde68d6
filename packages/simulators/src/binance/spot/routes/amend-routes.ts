import type { Route, VenueCall } from '../../exchange.js';
import { SCALE } from '../../filters/filter-checks.js';
import { fromUnits } from '../../shared/decimal.js';
import { checkName } from '../engine-checks.js';
import { spotErrors } from '../errors.js';
import { findOrder } from '../look-up.js';
import { isOpen, type SpotOrder } from '../order.js';
import type { OrderDesk } from '../order-desk.js';
import { checkFilters } from '../order-filters.js';
import { listView } from '../order-list.js';
import { readQuantity } from '../order-params.js';
import { amendedView } from '../order-views.js';
import { ParamReader } from '../param-reader.js';
import { filterOf } from '../symbols.js';
import { readMarket } from './read-market.js';

const UNKNOWN = 'Unknown order sent.';
const NO_CHANGE = 'The requested action would change no state; rejecting';
const NO_INCREASE = 'Order amend (quantity increase) is not supported.';

/** @throws VenueError -2038 */
const check = (order: SpotOrder, quantity: bigint): void => {
  if (!isOpen(order)) throw spotErrors.amendRejected(UNKNOWN);
  if (quantity > order.quantity) throw spotErrors.amendRejected(NO_INCREASE);
  if (quantity === order.quantity || quantity <= order.executed) throw spotErrors.amendRejected(NO_CHANGE);
  const most = filterOf(order.symbol, 'MAX_NUM_ORDER_AMENDS')?.maxNumOrderAmends;
  if (most !== undefined && order.amendments.length >= most) {
    throw spotErrors.amendRejected('Filter failure: MAX_NUM_ORDER_AMENDS');
  }
};

const amend = (desk: OrderDesk, { params, account }: VenueCall): unknown => {
  const { venue } = desk;
  const reader = new ParamReader(params, [
    'symbol',
    'orderId',
    'origClientOrderId',
    'newClientOrderId',
    'newQty',
  ]);
  const market = readMarket(venue, reader);
  const quantity = readQuantity(reader, 'newQty');
  const clientId = reader.clientId('newClientOrderId') ?? venue.newClientId();
  if (!market.symbol.amendAllowed) throw spotErrors.notTaken('Order amend is not supported for this symbol.');
  const names = { id: 'orderId', clientId: 'origClientOrderId' };
  const where = { account, symbol: market.symbol.symbol };
  const order = findOrder(venue, reader, where, names, () => spotErrors.amendRejected(UNKNOWN));
  check(order, quantity);
  checkFilters(market, { ...order.terms, quantity }, venue.now);
  const origClientOrderId = order.clientOrderId;
  if (clientId !== origClientOrderId) checkName(venue, account, market, clientId);
  const list = venue.lists.get(order.listId);
  const executionId = desk.trading.amend(order, quantity, clientId);
  // The two of an OCO have the same quantity, so the other one shrinks as well.
  const rival =
    list?.others.length === 2 && list.others.includes(order)
      ? list.others.find((o) => o !== order)
      : undefined;
  if (rival !== undefined && isOpen(rival)) desk.trading.amend(rival, quantity, rival.clientOrderId);
  if (list !== undefined && clientId !== origClientOrderId) desk.lists.renamed(order);
  const { listStatusType: _, transactionTime: __, ...listStatus } = list === undefined ? {} : listView(list);
  const view = {
    transactTime: venue.now,
    executionId,
    amendedOrder: amendedView(order, origClientOrderId),
    ...(list === undefined ? {} : { listStatus }),
  };
  venue.settle();
  return view;
};

const amendments = ({ venue }: OrderDesk, { params, account }: VenueCall): unknown => {
  const reader = new ParamReader(params, ['symbol', 'orderId', 'fromExecutionId', 'limit']);
  const { symbol } = readMarket(venue, reader).symbol;
  reader.mandatory('orderId');
  const order = venue.orders.byId(account, symbol, reader.long('orderId') ?? 0n);
  if (order === undefined) throw spotErrors.noSuchOrder();
  const from = reader.long('fromExecutionId') ?? 0n;
  return order.amendments
    .filter(({ executionId }) => executionId >= from)
    .slice(0, reader.limit('limit', 500, 1000))
    .map(({ origQty, newQty, ...rest }) => ({
      symbol,
      orderId: order.id,
      ...rest,
      origQty: fromUnits(origQty, SCALE),
      newQty: fromUnits(newQty, SCALE),
    }));
};

/** Shrinking an order that keeps its place, and what was done so far. */
export const amendRoutes = (desk: OrderDesk): readonly (readonly [string, Route])[] => [
  [
    'PUT /api/v3/order/amend/keepPriority',
    {
      security: 'TRADE',
      weight: 4,
      wsMethod: 'order.amend.keepPriority',
      handle: (call) => amend(desk, call),
    },
  ],
  [
    'GET /api/v3/order/amendments',
    {
      security: 'USER_DATA',
      weight: 4,
      wsMethod: 'order.amendments',
      handle: (call) => amendments(desk, call),
    },
  ],
];
