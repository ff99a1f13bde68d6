import type { Instrument, OrderRequest } from '@mikrobot/core';
import { checkPrices, checkQuantity, type Rejection, reject } from './order-checks.js';
import { limitReached, type Sides, stopReached, tighter } from './triggers.js';
import type { WorkingOrder } from './working-order.js';

/** A stop leg may become one that trails; else an order keeps its type, and a triggered stop stays what it has become. */
const typeAfter = (order: WorkingOrder, request: OrderRequest): WorkingOrder['type'] =>
  order.leg === 'stop' && request.type === 'trailing-stop' ? 'trailing-stop' : order.type;

/** Changes a working order's price and quantity, or says why not. A bracket leg keeps the size of what it protects. */
export const applyAmendment = (
  order: WorkingOrder,
  request: OrderRequest,
  instrument: Instrument,
): Rejection | undefined => {
  const type = typeAfter(order, request);
  const refusal =
    checkPrices(instrument, { ...request, type }) ??
    (order.leg === undefined ? checkNewQuantity(order, request, instrument) : undefined);
  if (refusal !== undefined) return refusal;
  if (order.leg === undefined) {
    order.quantity = request.quantity;
    if (order.fills.length === 0 && request.bracket !== undefined) order.bracket = request.bracket;
  }
  order.type = type;
  const price = request.price ?? Number.NaN;
  if (type === 'trailing-stop') {
    order.trail = request.trail ?? Number.NaN;
    // A trailing stop never goes back, whoever moves it.
    order.price = tighter(order.sign, order.price, price);
  } else if (type !== 'market') order.price = price;
  if (type === 'stop-limit') order.limitPrice = request.limitPrice ?? Number.NaN;
  return undefined;
};

const checkNewQuantity = (
  order: WorkingOrder,
  request: OrderRequest,
  instrument: Instrument,
): Rejection | undefined =>
  checkQuantity(instrument, request.quantity) ??
  (request.quantity > order.filled
    ? undefined
    : reject('QUANTITY_RANGE', `${request.quantity} lots, ${order.filled} have filled`));

/** Whether a quote would trade an order at once. */
export const tradesAt = ({ type, sign, price }: WorkingOrder, quote: Sides): boolean => {
  if (type === 'limit') return limitReached(sign, price, quote);
  return type !== 'market' && stopReached(sign, price, quote);
};
