import { filling, orderState, orderType, reason, transactionType } from '../constants.js';
import type { Quote, SymbolMarket } from '../market/market.js';
import type { TradeAccount } from './account.js';
import type { Desk } from './desk.js';
import { fillOrder } from './fill.js';
import { closingPrice, judgeFunds } from './judge.js';
import { lots } from './numbers.js';
import { addOrder, endOrder, tellOrder } from './order-life.js';
import { pointsToActivation } from './pending.js';
import { isBuy, type Order, type Position } from './records.js';
import { figuresOf, revalue } from './valuation.js';

const { BUY_LIMIT, SELL_LIMIT, BUY_STOP_LIMIT, SELL_STOP_LIMIT } = orderType;

/** Closes a position at the market by an order of the server's own. */
const closeAtMarket = (
  desk: Desk,
  account: TradeAccount,
  position: Position,
  why: { readonly reason: number; readonly level: number; readonly comment: string },
): void => {
  const { quote } = desk.market.get(position.symbol);
  const buys = isBuy(position.type);
  const order = addOrder(desk, account, {
    symbol: position.symbol,
    type: buys ? orderType.SELL : orderType.BUY,
    volumeInitial: position.volume,
    priceOpen: why.level,
    magic: position.magic,
    positionId: position.identifier,
    reason: why.reason,
    comment: why.comment.slice(0, 31),
  });
  const price = closingPrice(quote as Quote, buys);
  fillOrder(desk, account, order, { volume: position.volume, price });
  endOrder(desk, account, order, orderState.FILLED);
};

/** Closes a position whose stop loss or take profit the market has reached. */
const checkLevels = (desk: Desk, account: TradeAccount, market: SymbolMarket, position: Position): void => {
  const buys = isBuy(position.type);
  const price = closingPrice(market.quote as Quote, buys);
  const { sl, tp } = position;
  const text = (level: number): string => level.toFixed(market.symbol.digits);
  if (sl > 0 && (buys ? price <= sl : price >= sl))
    closeAtMarket(desk, account, position, { reason: reason.SL, level: sl, comment: `[sl ${text(sl)}]` });
  else if (tp > 0 && (buys ? price >= tp : price <= tp))
    closeAtMarket(desk, account, position, { reason: reason.TP, level: tp, comment: `[tp ${text(tp)}]` });
};

/** Trades what the market gives of an order that has been activated. */
const trade = (desk: Desk, account: TradeAccount, market: SymbolMarket, order: Order): void => {
  const buys = isBuy(order.type);
  const price = closingPrice(market.quote as Quote, !buys);
  const { volumeStep } = market.symbol;
  const there = buys ? market.buyable : market.sellable;
  const wanted = order.volumeCurrent;
  const can = there >= wanted ? wanted : lots(Math.floor(there / volumeStep + 1e-9) * volumeStep);
  const exposure = { symbol: order.symbol, type: buys ? 0 : 1, volume: can, priceOpen: price };
  if (can < wanted && order.typeFilling === filling.FOK) {
    endOrder(desk, account, order, orderState.CANCELED);
    return;
  }
  if (can > 0 && order.positionId === 0 && judgeFunds(desk, account, exposure) !== undefined) {
    order.comment = 'no money';
    endOrder(desk, account, order, orderState.CANCELED);
    return;
  }
  if (can > 0) {
    desk.market.take(market, buys, can);
    fillOrder(desk, account, order, { volume: can, price });
  }
  if (order.volumeCurrent === 0) endOrder(desk, account, order, orderState.FILLED);
  else if (order.typeFilling === filling.IOC) endOrder(desk, account, order, orderState.CANCELED);
  else if (can > 0) {
    order.state = orderState.PARTIAL;
    tellOrder(account, transactionType.ORDER_UPDATE, order);
  }
};

/** Activates a working order when its price is there. */
export const checkOrder = (desk: Desk, account: TradeAccount, market: SymbolMarket, order: Order): void => {
  const quote = market.quote as Quote;
  order.priceCurrent = closingPrice(quote, !isBuy(order.type));
  if (order.type > orderType.SELL && pointsToActivation(market.symbol, quote, order) > 0) return;
  if (order.type !== BUY_STOP_LIMIT && order.type !== SELL_STOP_LIMIT) {
    trade(desk, account, market, order);
    return;
  }
  order.type = isBuy(order.type) ? BUY_LIMIT : SELL_LIMIT;
  order.priceOpen = order.priceStopLimit;
  order.priceStopLimit = 0;
  tellOrder(account, transactionType.ORDER_UPDATE, order);
  if (pointsToActivation(market.symbol, quote, order) <= 0) trade(desk, account, market, order);
};

/** Closes the worst positions until the margin level is above the stop-out. */
const checkMargin = (desk: Desk, account: TradeAccount): void => {
  for (;;) {
    const { equity, margin, marginLevel } = figuresOf(desk, account);
    if (margin === 0 || marginLevel > account.terms.stopOut) return;
    const tradable = [...account.positions.values()].filter(({ symbol }) => {
      const market = desk.market.get(symbol);
      return market.quote !== undefined && desk.market.isOpen(market);
    });
    const worst = tradable.sort((a, b) => a.profit + a.swap - b.profit - b.swap)[0];
    if (worst === undefined) return;
    closeAtMarket(desk, account, worst, {
      reason: reason.SO,
      level: worst.priceCurrent,
      comment: `[so ${marginLevel.toFixed(2)}%/${equity.toFixed(2)}/${margin.toFixed(2)}]`,
    });
  }
};

/** What a new quote of a symbol does to an account. */
export const onQuote = (desk: Desk, account: TradeAccount, market: SymbolMarket): void => {
  if (account.positions.size + account.orders.size === 0) return;
  const name = market.symbol.name;
  let isChanged = false;
  for (const position of account.positions.values()) {
    if (!revalue(desk, account, position)) continue;
    isChanged = true;
    account.tell({ kind: 'position', position });
  }
  if (isChanged) account.tell({ kind: 'account' });
  if (!desk.market.isOpen(market)) return;
  for (const position of [...account.positions.values()])
    if (position.symbol === name) checkLevels(desk, account, market, position);
  for (const order of [...account.orders.values()])
    if (order.symbol === name) checkOrder(desk, account, market, order);
  checkMargin(desk, account);
};
