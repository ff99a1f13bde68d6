import { execution, filling, orderMode, orderState, transactionType } from '../constants.js';
import type { Quote, SymbolMarket } from '../market/market.js';
import { retcode } from '../retcodes.js';
import type { TradeAccount } from './account.js';
import { answer } from './answer.js';
import type { Desk } from './desk.js';
import { fillOrder } from './fill.js';
import {
  closingPrice,
  firstOf,
  judgeFilling,
  judgeFrozen,
  judgeFunds,
  judgeMarket,
  judgePrice,
  judgeStops,
  judgeTradeMode,
  judgeVolume,
  judgeVolumeLimit,
  type Verdict,
} from './judge.js';
import { lots, pointsAbove } from './numbers.js';
import { addOrder, endOrder, tellOrder } from './order-life.js';
import { isBuy, type Position, type TradeRequest, type TradeResult } from './records.js';

/** Whether the position that a request names can be closed by it. */
const judgeClosing = (
  account: TradeAccount,
  market: SymbolMarket,
  request: TradeRequest,
  position: Position,
): Verdict => {
  if (position.symbol !== market.symbol.name || isBuy(position.type) === isBuy(request.type))
    return retcode.INVALID;
  if (request.volume > position.volume + 1e-9) return retcode.INVALID_CLOSE_VOLUME;
  let closing = request.volume;
  for (const order of account.orders.values())
    if (order.positionId === position.identifier && isBuy(order.type) !== isBuy(position.type))
      closing += order.volumeCurrent;
  if (lots(closing) > position.volume) return retcode.CLOSE_ORDER_EXIST;
  return market.quote === undefined ? undefined : judgeFrozen(market.symbol, market.quote, position);
};

/** In instant and request execution the price must be the present one, give or take the deviation. */
const judgeQuoted = (market: SymbolMarket, quote: Quote, request: TradeRequest, requote: number): Verdict => {
  const { symbol } = market;
  if (symbol.execution !== execution.INSTANT && symbol.execution !== execution.REQUEST) return undefined;
  const now = isBuy(request.type) ? quote.ask : quote.bid;
  const away = Math.abs(pointsAbove(now, request.price, symbol.point));
  return judgePrice(symbol, request.price) ?? (away > request.deviation ? requote : undefined);
};

/** What a deal may be refused for. */
const judgeDeal = (
  desk: Desk,
  account: TradeAccount,
  market: SymbolMarket,
  request: TradeRequest,
  terms: DealTerms,
): Verdict => {
  const { symbol } = market;
  const buys = isBuy(request.type);
  const named = request.position === 0 ? undefined : account.positions.get(request.position);
  const net = account.hedging ? undefined : account.net(symbol.name);
  const opposite = named ?? (net !== undefined && isBuy(net.type) !== buys ? net : undefined);
  const closes = opposite !== undefined && request.volume <= opposite.volume + 1e-9;
  const { quote } = market;
  const price = quote === undefined ? 0 : closingPrice(quote, !buys);
  const { type, volume } = request;
  return firstOf(
    () => ((symbol.orderMode & orderMode.MARKET) === 0 ? retcode.INVALID : undefined),
    () => judgeVolume(symbol, volume),
    () => judgeTradeMode(symbol, buys, closes),
    () => judgeMarket(desk, market),
    () => (named === undefined ? undefined : judgeClosing(account, market, request, named)),
    () => judgeFilling(symbol, request.typeFilling, false),
    () => judgeQuoted(market, quote as Quote, request, terms.requote),
    () =>
      named === undefined ? judgeStops(symbol, buys, request, closingPrice(quote as Quote, buys)) : undefined,
    () => (closes ? undefined : judgeVolumeLimit(account, symbol, buys, volume)),
    () =>
      closes ? undefined : judgeFunds(desk, account, { symbol: symbol.name, type, volume, priceOpen: price }),
  );
};

/** How a deal is done beside what the request says. */
export interface DealTerms {
  /** ORDER_REASON_… */
  readonly reason: number;
  /** The code for a price that has changed: 10004 or 10020. */
  readonly requote: number;
}

/** Lots in whole steps that the market can give now. */
const obtainable = (market: SymbolMarket, buys: boolean, volume: number): number => {
  const { volumeStep } = market.symbol;
  const there = buys ? market.buyable : market.sellable;
  if (there >= volume) return volume;
  return lots(Math.floor(there / volumeStep + 1e-9) * volumeStep);
};

/** TRADE_ACTION_DEAL: a market order. */
export const dealNow = (
  desk: Desk,
  account: TradeAccount,
  request: TradeRequest,
  terms: DealTerms,
): TradeResult => {
  const named = account.positions.get(request.position);
  const market = desk.market.find(request.symbol === '' ? (named?.symbol ?? '') : request.symbol);
  if (request.position !== 0 && named === undefined) return answer(retcode.POSITION_CLOSED, market?.quote);
  if (market === undefined || request.type > 1) return answer(retcode.INVALID, undefined);
  const verdict = judgeDeal(desk, account, market, request, terms);
  if (verdict !== undefined) return answer(verdict, market.quote);
  const quote = market.quote as Quote;
  const buys = isBuy(request.type);
  const can = obtainable(market, buys, request.volume);
  const waits = request.typeFilling === filling.RETURN;
  if (can < request.volume && !waits && (request.typeFilling === filling.FOK || can === 0))
    return answer(retcode.REJECT, quote);
  const price = closingPrice(quote, !buys);
  const order = addOrder(desk, account, {
    symbol: market.symbol.name,
    type: request.type,
    volumeInitial: request.volume,
    priceOpen: price,
    sl: named === undefined ? request.sl : 0,
    tp: named === undefined ? request.tp : 0,
    typeFilling: request.typeFilling,
    magic: request.magic,
    positionId: named?.identifier ?? 0,
    reason: terms.reason,
    comment: desk.comment(request.comment),
  });
  const about = { order: order.ticket, volume: can, price };
  if (can === 0) {
    order.state = orderState.PLACED;
    tellOrder(account, transactionType.ORDER_UPDATE, order);
    return answer(retcode.PLACED, quote, about);
  }
  desk.market.take(market, buys, can);
  const deal = fillOrder(desk, account, order, { volume: can, price });
  const done = { ...about, deal: deal.ticket };
  if (order.volumeCurrent === 0) {
    endOrder(desk, account, order, orderState.FILLED);
    return answer(retcode.DONE, quote, done);
  }
  if (waits) {
    order.state = orderState.PARTIAL;
    tellOrder(account, transactionType.ORDER_UPDATE, order);
  } else endOrder(desk, account, order, orderState.CANCELED);
  return answer(retcode.DONE_PARTIAL, quote, done);
};
