import { execution, orderMode, orderState, orderType, transactionType } from '../constants.js';
import type { Quote, SymbolMarket } from '../market/market.js';
import type { Mt5Symbol } from '../market/symbol.js';
import { retcode } from '../retcodes.js';
import type { TradeAccount } from './account.js';
import { answer } from './answer.js';
import type { Desk } from './desk.js';
import { judgeExpiration, keptExpiration } from './expiration.js';
import {
  firstOf,
  judgeFilling,
  judgeMarket,
  judgePrice,
  judgeStops,
  judgeTradeMode,
  judgeVolume,
  judgeVolumeLimit,
  type Verdict,
} from './judge.js';
import { pointsAbove } from './numbers.js';
import { addOrder, endOrder, tellOrder } from './order-life.js';
import { isBuy, type Order, type TradeRequest, type TradeResult } from './records.js';

const { BUY_LIMIT, SELL_LIMIT, BUY_STOP, SELL_STOP, BUY_STOP_LIMIT, SELL_STOP_LIMIT } = orderType;

const isStopLimit = (type: number): boolean => type === BUY_STOP_LIMIT || type === SELL_STOP_LIMIT;
const isLimit = (type: number): boolean => type === BUY_LIMIT || type === SELL_LIMIT;

/** Points that the market is away from what activates an order; at zero and below it is activated. */
export const pointsToActivation = (
  { point }: Mt5Symbol,
  quote: Quote,
  { type, priceOpen }: Pick<Order, 'type' | 'priceOpen'>,
): number => {
  if (type === BUY_LIMIT) return pointsAbove(quote.ask, priceOpen, point);
  if (type === SELL_LIMIT) return pointsAbove(priceOpen, quote.bid, point);
  if (isBuy(type)) return pointsAbove(priceOpen, quote.ask, point);
  return pointsAbove(quote.bid, priceOpen, point);
};

const flagOf = (type: number): number => {
  if (isLimit(type)) return orderMode.LIMIT;
  return type === BUY_STOP || type === SELL_STOP ? orderMode.STOP : orderMode.STOP_LIMIT;
};

type Levels = Pick<TradeRequest, 'type' | 'price' | 'stopLimit' | 'sl' | 'tp'>;

/** Prices of a pending order: on the digits, on the right side of the market and far enough from it. */
const judgeLevels = (symbol: Mt5Symbol, quote: Quote, levels: Levels): Verdict => {
  const { type, price, stopLimit } = levels;
  const buys = isBuy(type);
  const away = pointsToActivation(symbol, quote, { type, priceOpen: price });
  const mayCross = symbol.execution === execution.EXCHANGE && isLimit(type);
  const far = mayCross || away >= Math.max(symbol.stopsLevel, 1);
  const beyond = (buys ? 1 : -1) * pointsAbove(price, stopLimit, symbol.point);
  return firstOf(
    () => judgePrice(symbol, price),
    () => (far ? undefined : retcode.INVALID_PRICE),
    () => (isStopLimit(type) ? judgePrice(symbol, stopLimit) : undefined),
    () => (isStopLimit(type) && beyond < Math.max(symbol.stopsLevel, 1) ? retcode.INVALID_PRICE : undefined),
    () => judgeStops(symbol, buys, levels, isStopLimit(type) ? stopLimit : price),
  );
};

const judgePending = (
  desk: Desk,
  account: TradeAccount,
  market: SymbolMarket,
  request: TradeRequest,
): Verdict => {
  const { symbol } = market;
  const buys = isBuy(request.type);
  const { limitOrders } = account.terms;
  return firstOf(
    () => ((symbol.orderMode & flagOf(request.type)) === 0 ? retcode.INVALID : undefined),
    () => judgeVolume(symbol, request.volume),
    () => judgeTradeMode(symbol, buys, false),
    () => judgeMarket(desk, market),
    () => judgeFilling(symbol, request.typeFilling, true),
    () => judgeLevels(symbol, market.quote as Quote, request),
    () => judgeExpiration(desk, symbol, request),
    () => (limitOrders > 0 && account.orders.size >= limitOrders ? retcode.LIMIT_ORDERS : undefined),
    () => judgeVolumeLimit(account, symbol, buys, request.volume),
  );
};

/** TRADE_ACTION_PENDING: an order that waits for its price. */
export const placePending = (
  desk: Desk,
  account: TradeAccount,
  request: TradeRequest,
  reason: number,
): TradeResult => {
  const market = desk.market.find(request.symbol);
  if (market === undefined || request.type < BUY_LIMIT || request.type > SELL_STOP_LIMIT)
    return answer(retcode.INVALID, market?.quote);
  const verdict = judgePending(desk, account, market, request);
  if (verdict !== undefined) return answer(verdict, market.quote);
  const order = addOrder(desk, account, {
    symbol: request.symbol,
    type: request.type,
    state: orderState.PLACED,
    volumeInitial: request.volume,
    priceOpen: request.price,
    priceStopLimit: isStopLimit(request.type) ? request.stopLimit : 0,
    sl: request.sl,
    tp: request.tp,
    priceCurrent: isBuy(request.type) ? (market.quote as Quote).ask : (market.quote as Quote).bid,
    typeFilling: request.typeFilling,
    typeTime: request.typeTime,
    expiration: keptExpiration(request),
    magic: request.magic,
    reason,
    comment: desk.comment(request.comment),
  });
  return answer(retcode.DONE, market.quote, { order: order.ticket, volume: request.volume });
};

const judgeNotFrozen = (symbol: Mt5Symbol, quote: Quote | undefined, order: Order): Verdict => {
  if (symbol.freezeLevel === 0 || quote === undefined) return undefined;
  return pointsToActivation(symbol, quote, order) <= symbol.freezeLevel ? retcode.FROZEN : undefined;
};

/** TRADE_ACTION_MODIFY: prices and expiration of a pending order; its volume stays. */
export const modifyPending = (desk: Desk, account: TradeAccount, request: TradeRequest): TradeResult => {
  const order = account.orders.get(request.order);
  if (order === undefined || order.type < BUY_LIMIT || order.type > SELL_STOP_LIMIT)
    return answer(retcode.INVALID_ORDER, undefined);
  const market = desk.market.get(order.symbol);
  const { symbol, quote } = market;
  const next = {
    priceOpen: request.price,
    priceStopLimit: isStopLimit(order.type) ? request.stopLimit : 0,
    sl: request.sl,
    tp: request.tp,
    typeTime: request.typeTime,
    expiration: keptExpiration(request),
  };
  const isSame = (Object.keys(next) as (keyof typeof next)[]).every((key) => order[key] === next[key]);
  const verdict = firstOf(
    () => judgeMarket(desk, market),
    () => judgeNotFrozen(symbol, quote, order),
    () => (isSame ? retcode.NO_CHANGES : undefined),
    () => judgeLevels(symbol, quote as Quote, { ...request, type: order.type }),
    () => judgeExpiration(desk, symbol, next),
  );
  if (verdict !== undefined) return answer(verdict, quote);
  Object.assign(order, next);
  tellOrder(account, transactionType.ORDER_UPDATE, order);
  return answer(retcode.DONE, quote, { order: order.ticket, price: order.priceOpen });
};

/** TRADE_ACTION_REMOVE: takes a working order back. */
export const removeOrder = (desk: Desk, account: TradeAccount, request: TradeRequest): TradeResult => {
  const order = account.orders.get(request.order);
  if (order === undefined) return answer(retcode.INVALID_ORDER, undefined);
  const market = desk.market.get(order.symbol);
  const verdict = firstOf(
    () => (desk.market.isOpen(market) ? undefined : retcode.MARKET_CLOSED),
    () => judgeNotFrozen(market.symbol, market.quote, order),
  );
  if (verdict !== undefined) return answer(verdict, market.quote);
  endOrder(desk, account, order, orderState.CANCELED);
  return answer(retcode.DONE, market.quote, { order: order.ticket });
};
