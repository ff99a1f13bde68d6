import { type Route, type VenueCall, VenueError } from '../../exchange.js';
import { rejectReasonOf, spotErrors } from '../errors.js';
import { findOrder } from '../look-up.js';
import { newOrder } from '../new-order.js';
import { isOpen } from '../order.js';
import { isEngineRejection, type OrderDesk } from '../order-desk.js';
import { readOrder } from '../order-params.js';
import { placedView } from '../order-views.js';
import { ParamReader } from '../param-reader.js';
import { cancelOrder, checkRestrictions } from './cancel-routes.js';
import { checkStpMode, placementNames, readResponseType, usualResponse } from './place-routes.js';
import { readMarket } from './read-market.js';

const OWN_NAMES = [
  'cancelReplaceMode',
  'cancelNewClientOrderId',
  'cancelOrigClientOrderId',
  'cancelOrderId',
  'cancelRestrictions',
  'orderRateLimitExceededMode',
] as const;

const MODES = ['STOP_ON_FAILURE', 'ALLOW_FAILURE'] as const;

type Attempt =
  | { readonly result: 'SUCCESS'; readonly response: unknown }
  | { readonly result: 'FAILURE'; readonly response: unknown }
  | { readonly result: 'NOT_ATTEMPTED'; readonly response: null };

const attempt = (work: () => unknown): Attempt => {
  try {
    return { result: 'SUCCESS', response: work() };
  } catch (error) {
    if (!(error instanceof VenueError)) throw error;
    return { result: 'FAILURE', response: { code: error.code, msg: error.message } };
  }
};

const cancelReplace = (desk: OrderDesk, { params, account }: VenueCall): unknown => {
  const { venue } = desk;
  const reader = new ParamReader(params, [...placementNames, ...OWN_NAMES]);
  const market = readMarket(venue, reader);
  const terms = readOrder(reader, '', undefined, venue.newClientId);
  reader.mandatory('cancelReplaceMode');
  const mode = reader.oneOf('cancelReplaceMode', MODES, () => spotErrors.invalid('cancelReplaceMode'));
  const response = readResponseType(reader, usualResponse(terms));
  const cancelId = reader.clientId('cancelNewClientOrderId') ?? venue.newClientId();
  if (!reader.has('cancelOrderId') && !reader.has('cancelOrigClientOrderId')) {
    throw spotErrors.eitherOf('cancelOrigClientOrderId', 'cancelOrderId');
  }
  checkStpMode(reader, market);
  if (!market.symbol.cancelReplaceAllowed) {
    throw spotErrors.notTaken('Order cancel-replace is not supported for this symbol.');
  }
  // Filters are evaluated before anything is cancelled.
  const [screened = terms] = desk.screen(account, market, [terms]);
  const names = { id: 'cancelOrderId', clientId: 'cancelOrigClientOrderId' };
  const where = { account, symbol: market.symbol.symbol };
  const cancelled = attempt(() => {
    const order = findOrder(venue, reader, where, names, spotErrors.unknownOrder);
    if (!isOpen(order)) throw spotErrors.unknownOrder();
    checkRestrictions(reader, order);
    return cancelOrder(desk, order, cancelId);
  });
  const placed: Attempt =
    cancelled.result === 'FAILURE' && mode === 'STOP_ON_FAILURE'
      ? { result: 'NOT_ATTEMPTED', response: null }
      : attempt(() => placeOrTell(desk, account, market, screened, response));
  venue.settle();
  const results = { cancelResult: cancelled.result, newOrderResult: placed.result };
  const data = { ...results, cancelResponse: cancelled.response, newOrderResponse: placed.response };
  const successes = [cancelled, placed].filter(({ result }) => result === 'SUCCESS').length;
  if (successes === 2) return data;
  if (successes === 1) throw new VenueError(-2021, 'Order cancel-replace partially failed.', 409, { data });
  throw new VenueError(-2022, 'Order cancel-replace failed.', 400, { data });
};

/** Places the new order; where the engine refuses it, its account is told of an order that was rejected. */
const placeOrTell = (
  desk: OrderDesk,
  account: string,
  market: Parameters<OrderDesk['place']>[1],
  terms: Parameters<OrderDesk['place']>[2],
  response: Parameters<typeof placedView>[1],
): unknown => {
  try {
    return placedView(desk.place(account, market, terms), response);
  } catch (error) {
    if (isEngineRejection(error)) {
      const order = newOrder(desk.venue, account, market, terms);
      order.status = 'REJECTED';
      desk.venue.report(order, 'REJECTED', { rejectReason: rejectReasonOf(error.message) });
    }
    throw error;
  }
};

/** Cancelling an order and placing another in one request. */
export const replaceRoutes = (desk: OrderDesk): readonly (readonly [string, Route])[] => [
  [
    'POST /api/v3/order/cancelReplace',
    {
      security: 'TRADE',
      weight: 1,
      orders: 1,
      wsMethod: 'order.cancelReplace',
      handle: (call) => cancelReplace(desk, call),
    },
  ],
];
