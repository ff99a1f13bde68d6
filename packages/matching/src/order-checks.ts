import { type Instrument, type OrderRequest, roundPrice, tidyQuantity } from '@mikrobot/core';

/** Why the engine does not take a command. */
export interface Rejection {
  readonly outcome: 'rejected';
  readonly code: RejectionCode;
  readonly detail: string;
}

/** Codes of rejected commands, and what each means. */
export const rejectionCodes = {
  BAD_BRACKET:
    'A bracket price is on the wrong side of the entry, or its trailing distance is not above zero.',
  BAD_GOOD_TILL: 'A GTD order has no end, or one that has passed.',
  BAD_PRICE: 'A price that the order type needs is missing or not above zero.',
  DUPLICATE_ORDER: 'The client order id was used before.',
  INSUFFICIENT_MARGIN: 'The free margin does not carry the order.',
  NOTHING_TO_REDUCE: 'A reduce-only order meets no position that it could reduce.',
  NO_QUOTE: 'The instrument has not been quoted yet.',
  NO_RATE: 'No quoted cross converts the instrument’s currency into the account’s.',
  OFF_GRID_PRICE: 'A price is not on the instrument’s grid.',
  OFF_GRID_QUANTITY: 'The quantity is not on the instrument’s step.',
  ORDER_FINISHED: 'The order has ended.',
  QUANTITY_RANGE:
    'The quantity is below the least or above the most that the instrument allows, or below what has filled.',
  UNKNOWN_ORDER: 'The venue has no such order.',
  UNKNOWN_SYMBOL: 'The venue does not list the instrument.',
} as const;

/** See {@link rejectionCodes}. */
export type RejectionCode = keyof typeof rejectionCodes;

/** A rejection with what was wrong in this case. */
export const reject = (code: RejectionCode, detail: string): Rejection => ({
  outcome: 'rejected',
  code,
  detail,
});

const same = (a: number, b: number): boolean => Math.abs(a - b) <= 1e-9 * Math.max(1, Math.abs(b));

const checkPrice = (
  instrument: Instrument,
  name: string,
  price: number | undefined,
): Rejection | undefined => {
  if (price === undefined || !(price > 0) || !Number.isFinite(price)) {
    return reject('BAD_PRICE', `${name} is ${price === undefined ? 'missing' : price}`);
  }
  const near = roundPrice(instrument, price, 'nearest');
  return same(price, near) ? undefined : reject('OFF_GRID_PRICE', `${name} ${price}, the nearest is ${near}`);
};

const checkDistance = (name: string, distance: number | undefined): Rejection | undefined =>
  distance !== undefined && distance > 0 && Number.isFinite(distance)
    ? undefined
    : reject('BAD_PRICE', `${name} is ${distance === undefined ? 'missing' : distance}`);

/** Checks a quantity against the instrument's step and bounds. */
export const checkQuantity = (instrument: Instrument, quantity: number): Rejection | undefined => {
  const { minQuantity, maxQuantity } = instrument;
  if (!(quantity >= minQuantity && quantity <= maxQuantity)) {
    return reject('QUANTITY_RANGE', `${quantity} is not within ${minQuantity} to ${maxQuantity} lots`);
  }
  const near = tidyQuantity(instrument, quantity);
  return same(quantity, near)
    ? undefined
    : reject('OFF_GRID_QUANTITY', `${quantity}, the nearest is ${near}`);
};

/** Checks that an order has the prices that its type needs, on the grid. A trailing stop may start without a price. */
export const checkPrices = (instrument: Instrument, request: OrderRequest): Rejection | undefined => {
  const { type, price, limitPrice, trail } = request;
  if (type === 'market') return undefined;
  if (type === 'trailing-stop') {
    return (
      checkDistance('the trailing distance', trail) ??
      (price === undefined ? undefined : checkPrice(instrument, 'the price', price))
    );
  }
  return (
    checkPrice(instrument, 'the price', price) ??
    (type === 'stop-limit' ? checkPrice(instrument, 'the limit price', limitPrice) : undefined)
  );
};

const checkLeg = (
  instrument: Instrument,
  name: string,
  price: number | undefined,
  above: boolean,
  reference: number,
): Rejection | undefined => {
  if (price === undefined) return undefined;
  const isRight = above ? price > reference : price < reference;
  return (
    checkPrice(instrument, name, price) ??
    (isRight
      ? undefined
      : reject('BAD_BRACKET', `the ${name} ${price} is not ${above ? 'above' : 'below'} ${reference}`))
  );
};

/**
 * Checks a bracket against what the entry is expected to pay.
 * @param reference - the entry's price, or for a market order the quote at which the position would close
 */
export const checkBracket = (
  instrument: Instrument,
  request: OrderRequest,
  reference: number,
): Rejection | undefined => {
  const { bracket, side } = request;
  if (bracket === undefined) return undefined;
  const { stop, target, trail } = bracket;
  if (trail !== undefined && !(trail > 0)) return reject('BAD_BRACKET', `the trailing distance is ${trail}`);
  const buys = side === 'buy';
  return (
    checkLeg(instrument, 'stop', stop, !buys, reference) ??
    checkLeg(instrument, 'target', target, buys, reference)
  );
};

/** Checks the end of a GTD order. */
export const checkGoodTill = (request: OrderRequest, now: number): Rejection | undefined =>
  request.timeInForce !== 'GTD' || (request.goodTill !== undefined && request.goodTill > now)
    ? undefined
    : reject('BAD_GOOD_TILL', `good till ${request.goodTill ?? 'nothing'}, now ${now}`);
