import type { FuturesAccount } from './account.js';
import { algoTypes } from './algo-orders.js';
import type { Amount } from './amounts.js';
import { futuresErrors } from './errors.js';
import type { FuturesTimeInForce, OrderDraft, OrderSide } from './orders.js';
import {
  clientId,
  decimal,
  flag,
  integer,
  oneOf,
  optional,
  type Params,
  required,
  symbolOf,
} from './params.js';
import type { PositionSide } from './positions.js';
import { matchedPrice, priceMatches } from './price-match.js';
import type { FuturesVenue } from './venue.js';

const LATEST = 253_402_300_799_000;
const LEAST_AHEAD = 600_000;

/** Whether the answer to a new order waits for what became of it. */
export type ResponseType = 'ACK' | 'RESULT';

/** @throws VenueError -1102, -1117 */
export const sideOf = (params: Params): OrderSide => {
  required(params, 'side');
  return oneOf(params, 'side', ['BUY', 'SELL'], futuresErrors.side)!;
};

/**
 * Which position an order is for.
 * @throws VenueError -4060 for no such side, -4061 where the account's mode does not have it
 */
export const positionSideOf = (account: FuturesAccount, params: Params): PositionSide => {
  const words = ['BOTH', 'LONG', 'SHORT'] as const;
  const side = oneOf(params, 'positionSide', words, futuresErrors.positionSide) ?? 'BOTH';
  if (account.dual !== (side !== 'BOTH')) throw futuresErrors.positionSideMismatch();
  return side;
};

/**
 * Whether an order may only shrink a position.
 * @throws VenueError -1106 in hedge mode, where the side says it
 */
export const reduceOnlyOf = (account: FuturesAccount, params: Params): boolean => {
  if (account.dual && optional(params, 'reduceOnly') !== undefined)
    throw futuresErrors.notRequired('reduceonly');
  return flag(params, 'reduceOnly');
};

/**
 * When an order that is good till a date ends; 0 for others. Milliseconds are ignored.
 * @throws VenueError -1102 without a date, -5040 for one that is too near or too far
 */
export const goodTillOf = (params: Params, timeInForce: FuturesTimeInForce, now: number): number => {
  if (timeInForce !== 'GTD') return 0;
  required(params, 'goodTillDate');
  const date = Math.floor(integer(params, 'goodTillDate')! / 1000) * 1000;
  if (date <= now + LEAST_AHEAD || date >= LATEST) throw futuresErrors.goodTillDate();
  return date;
};

/** @throws VenueError -1115 */
export const timeInForceOf = (params: Params): FuturesTimeInForce | undefined =>
  oneOf(params, 'timeInForce', ['GTC', 'IOC', 'FOK', 'GTX', 'GTD'], futuresErrors.timeInForce);

/** @throws VenueError -5039 */
export const selfTradePreventionOf = (params: Params): string =>
  oneOf(
    params,
    'selfTradePreventionMode',
    ['NONE', 'EXPIRE_TAKER', 'EXPIRE_MAKER', 'EXPIRE_BOTH'],
    futuresErrors.selfTradePrevention,
  ) ?? 'EXPIRE_MAKER';

/** @throws VenueError -1136 */
export const responseTypeOf = (params: Params): ResponseType =>
  oneOf(params, 'newOrderRespType', ['ACK', 'RESULT'], futuresErrors.respType) ?? 'ACK';

/**
 * The limit of an order: named, or taken from the book.
 * @throws VenueError -1102, -1106, -5037, -5041
 */
export const limitOf = (
  venue: FuturesVenue,
  params: Params,
  side: OrderSide,
): { readonly price: Amount; readonly priceMatch: string } => {
  const symbol = symbolOf(venue.symbols, params);
  const priceMatch = oneOf(params, 'priceMatch', priceMatches, futuresErrors.priceMatch) ?? 'NONE';
  if (priceMatch === 'NONE') {
    required(params, 'price');
    return { price: decimal(params, 'price', symbol.options.pricePrecision)!, priceMatch };
  }
  if (optional(params, 'price') !== undefined) throw futuresErrors.notRequired('price');
  return { price: matchedPrice(venue.market, symbol, side, priceMatch), priceMatch };
};

const typeOf = (params: Params): 'LIMIT' | 'MARKET' => {
  const type = required(params, 'type');
  if (algoTypes.some((conditional) => conditional === type)) throw futuresErrors.useAlgo();
  return oneOf(params, 'type', ['LIMIT', 'MARKET'], futuresErrors.orderType) as 'LIMIT' | 'MARKET';
};

/**
 * Reads a new order and checks what the request alone tells.
 * @throws VenueError -11xx, -4015, -4060, -4061, -4120, -50xx
 */
export const readOrder = (venue: FuturesVenue, account: FuturesAccount, params: Params): OrderDraft => {
  const symbol = symbolOf(venue.symbols, params);
  const side = sideOf(params);
  const type = typeOf(params);
  const positionSide = positionSideOf(account, params);
  const reduceOnly = reduceOnlyOf(account, params);
  const isLimit = type === 'LIMIT';
  const timeInForce = timeInForceOf(params);
  if (isLimit && timeInForce === undefined) throw futuresErrors.mandatory('timeinforce');
  required(params, 'quantity');
  const quantity = decimal(params, 'quantity', symbol.options.quantityPrecision)!;
  const limit = isLimit ? limitOf(venue, params, side) : { price: 0n, priceMatch: 'NONE' };
  if (!isLimit && optional(params, 'price') !== undefined) throw futuresErrors.notRequired('price');
  return {
    symbol,
    side,
    positionSide,
    type,
    origType: type,
    timeInForce: isLimit ? timeInForce! : 'GTC',
    quantity,
    ...limit,
    reduceOnly,
    closePosition: false,
    clientOrderId: clientId(params, 'newClientOrderId'),
    goodTillDate: isLimit ? goodTillOf(params, timeInForce!, venue.market.now) : 0,
    selfTradePreventionMode: selfTradePreventionOf(params),
    workingType: 'CONTRACT_PRICE',
    priceProtect: false,
    stopPrice: 0n,
    algo: undefined,
  };
};
