import { dealEntry, orderMode, orderState, orderType, transactionType } from '../constants.js';
import type { Quote } from '../market/market.js';
import { retcode } from '../retcodes.js';
import type { TradeAccount } from './account.js';
import { answer } from './answer.js';
import type { Desk } from './desk.js';
import { fillOrder } from './fill.js';
import { closingPrice, firstOf, judgeFrozen, judgeMarket, judgeStops } from './judge.js';
import { addOrder, endOrder } from './order-life.js';
import { isBuy, type Position, type TradeRequest, type TradeResult } from './records.js';

/** Tells that a position was changed by something else than a deal. */
export const tellPosition = (account: TradeAccount, position: Position): void => {
  account.tell({ kind: 'position', position });
  const { symbol, type, priceOpen: price, sl, tp, volume, ticket } = position;
  account.tell({
    kind: 'transaction',
    transaction: {
      type: transactionType.POSITION,
      symbol,
      dealType: type,
      price,
      sl,
      tp,
      volume,
      position: ticket,
    },
  });
};

/** TRADE_ACTION_SLTP: stop loss and take profit of a position, by its ticket or, on a netting account, by its symbol. */
export const protect = (desk: Desk, account: TradeAccount, request: TradeRequest): TradeResult => {
  const byTicket = account.hedging || request.position !== 0;
  const position = byTicket ? account.positions.get(request.position) : account.net(request.symbol);
  if (position === undefined) return answer(retcode.POSITION_CLOSED, desk.market.find(request.symbol)?.quote);
  const market = desk.market.get(position.symbol);
  const { symbol, quote } = market;
  const buys = isBuy(position.type);
  const { sl, tp } = request;
  const flags = (sl === 0 ? 0 : orderMode.SL) | (tp === 0 ? 0 : orderMode.TP);
  const verdict = firstOf(
    () => ((symbol.orderMode & flags) === flags ? undefined : retcode.INVALID),
    () => judgeMarket(desk, market),
    () => judgeFrozen(symbol, quote as Quote, position),
    () => (position.sl === sl && position.tp === tp ? retcode.NO_CHANGES : undefined),
    () => judgeStops(symbol, buys, request, closingPrice(quote as Quote, buys)),
  );
  if (verdict !== undefined) return answer(verdict, quote);
  Object.assign(position, { sl, tp, timeUpdate: desk.time.now() });
  tellPosition(account, position);
  return answer(retcode.DONE, quote);
};

/** TRADE_ACTION_CLOSE_BY: two opposite positions close each other, at no spread. */
export const closeBy = (
  desk: Desk,
  account: TradeAccount,
  request: TradeRequest,
  reason: number,
): TradeResult => {
  const position = account.positions.get(request.position);
  const by = account.positions.get(request.positionBy);
  if (!account.hedging) return answer(retcode.INVALID, undefined);
  if (position === undefined || by === undefined) return answer(retcode.POSITION_CLOSED, undefined);
  const market = desk.market.get(position.symbol);
  const { symbol, quote } = market;
  const fits = position.symbol === by.symbol && isBuy(position.type) !== isBuy(by.type);
  const verdict = firstOf(
    () => (fits && (symbol.orderMode & orderMode.CLOSE_BY) !== 0 ? undefined : retcode.INVALID),
    () => judgeMarket(desk, market),
    () => judgeFrozen(symbol, quote as Quote, position) ?? judgeFrozen(symbol, quote as Quote, by),
  );
  if (verdict !== undefined) return answer(verdict, quote);
  const volume = Math.min(position.volume, by.volume);
  const price = by.priceOpen;
  const opened = position.priceOpen;
  const order = addOrder(desk, account, {
    symbol: position.symbol,
    type: orderType.CLOSE_BY,
    volumeInitial: volume,
    priceOpen: price,
    magic: request.magic,
    positionId: position.identifier,
    positionById: by.identifier,
    reason,
    comment: desk.comment(request.comment),
  });
  const entry = dealEntry.OUT_BY;
  const leg = (of: Position): { readonly position: Position; readonly buys: boolean } => ({
    position: of,
    buys: !isBuy(of.type),
  });
  const deal = fillOrder(desk, account, order, { volume, price, entry, leg: leg(position) });
  // The pair's profit is one sum: the first deal has it all.
  fillOrder(desk, account, order, { volume, price: opened, entry, profit: 0, leg: leg(by) });
  order.volumeCurrent = 0;
  endOrder(desk, account, order, orderState.FILLED);
  return answer(retcode.DONE, quote, { order: order.ticket, deal: deal.ticket, volume, price });
};
