import { dealEntry, transactionType } from '../constants.js';
import type { TradeAccount } from './account.js';
import type { Desk } from './desk.js';
import { lots, rounded } from './numbers.js';
import { type Deal, isBuy, type Order, type Position } from './records.js';
import { marginRateOf, profitOf, revalue } from './valuation.js';

/** Which position an order trades: the one that it names, the symbol's only one, or the one that it has opened itself. */
const positionOf = (account: TradeAccount, order: Order): Position | undefined => {
  if (!account.hedging) return account.net(order.symbol);
  return account.identified(order.positionId === 0 ? order.ticket : order.positionId);
};

const openPosition = (desk: Desk, account: TradeAccount, order: Order, price: number): Position => {
  const { symbol } = desk.market.get(order.symbol);
  const now = desk.time.now();
  return {
    ticket: order.ticket,
    identifier: order.ticket,
    symbol: order.symbol,
    type: isBuy(order.type) ? 0 : 1,
    volume: 0,
    priceOpen: price,
    sl: order.sl,
    tp: order.tp,
    priceCurrent: price,
    swap: 0,
    profit: 0,
    magic: order.magic,
    reason: order.reason,
    comment: order.comment,
    time: now,
    timeUpdate: now,
    marginRate: marginRateOf(desk, account, symbol, isBuy(order.type)) ?? 0,
  };
};

/** More of the same direction: the price becomes the mean, and on a netting account the last order's levels hold. */
const grow = (desk: Desk, account: TradeAccount, position: Position, order: Order, fill: Fill): void => {
  const { symbol } = desk.market.get(order.symbol);
  const rate = marginRateOf(desk, account, symbol, isBuy(order.type)) ?? position.marginRate;
  const volume = lots(position.volume + fill.volume);
  const mean = (before: number, added: number): number =>
    (before * position.volume + added * fill.volume) / volume;
  position.marginRate = mean(position.marginRate, rate);
  // A mean price has more digits than the symbol; the server keeps eight.
  position.priceOpen = rounded(mean(position.priceOpen, fill.price), 8);
  position.volume = volume;
  if (account.hedging) return;
  position.sl = order.sl;
  position.tp = order.tp;
};

/** Part or all of a position ends. @returns swap that the deal takes along */
const shrink = (account: TradeAccount, position: Position, volume: number): number => {
  const left = lots(position.volume - volume);
  const share = left === 0 ? 1 : volume / position.volume;
  const swap = rounded(position.swap * share, account.terms.currencyDigits);
  position.swap = rounded(position.swap - swap, account.terms.currencyDigits);
  position.volume = left;
  return swap;
};

/** What is left over of an opposite deal turns the position: identifier stays, ticket becomes the order's. */
const reverse = (desk: Desk, account: TradeAccount, position: Position, order: Order, fill: Fill): void => {
  account.positions.delete(position.ticket);
  account.tell({ kind: 'position-gone', ticket: position.ticket });
  const turned = openPosition(desk, account, order, fill.price);
  Object.assign(position, turned, { identifier: position.identifier, volume: fill.volume });
  account.positions.set(position.ticket, position);
};

/** Lots and the price that they traded at. */
export interface Fill {
  readonly volume: number;
  readonly price: number;
  /** Where the profit is known already, as of the second leg of a close-by. */
  readonly profit?: number;
  readonly entry?: number;
  /** Of a close-by, whose order has no direction and two positions. */
  readonly leg?: { readonly position: Position; readonly buys: boolean };
}

/** Trades lots of an order: books the deal, changes the position and the balance, and tells them. */
export const fillOrder = (desk: Desk, account: TradeAccount, order: Order, fill: Fill): Deal => {
  const existing = fill.leg?.position ?? positionOf(account, order);
  const position = existing ?? openPosition(desk, account, order, fill.price);
  const buys = fill.leg?.buys ?? isBuy(order.type);
  const isSame = buys === isBuy(position.type);
  const closed = isSame ? 0 : Math.min(fill.volume, position.volume);
  const excess = isSame ? 0 : lots(fill.volume - position.volume);
  const levels = isSame || excess > 0 ? order : position;
  const { sl, tp } = levels;
  const profit = isSame ? 0 : (fill.profit ?? profitOf(desk, account, position, fill.price, closed) ?? 0);
  const turned = excess > 0 ? dealEntry.INOUT : dealEntry.OUT;
  const swap = isSame ? 0 : shrink(account, position, closed);
  if (existing === undefined) {
    position.volume = fill.volume;
    account.positions.set(position.ticket, position);
  } else if (isSame) grow(desk, account, position, order, fill);
  else if (excess > 0) reverse(desk, account, position, order, { ...fill, volume: excess });
  else if (position.volume === 0) account.positions.delete(position.ticket);
  const deal: Deal = {
    ticket: desk.tickets.deal(),
    order: order.ticket,
    positionId: position.identifier,
    symbol: order.symbol,
    type: buys ? 0 : 1,
    entry: fill.entry ?? (isSame ? dealEntry.IN : turned),
    reason: order.reason,
    volume: fill.volume,
    price: fill.price,
    commission: rounded(-account.terms.commissionPerLot * fill.volume, account.terms.currencyDigits),
    fee: 0,
    swap,
    profit,
    magic: order.magic,
    comment: order.comment,
    time: desk.time.now(),
    sl,
    tp,
  };
  position.timeUpdate = deal.time;
  if (fill.leg === undefined) {
    order.positionId = position.identifier;
    order.volumeCurrent = lots(order.volumeCurrent - fill.volume);
  }
  book(desk, account, deal, position);
  return deal;
};

const book = (desk: Desk, account: TradeAccount, deal: Deal, position: Position): void => {
  const change = deal.profit + deal.swap + deal.commission + deal.fee;
  account.balance = rounded(account.balance + change, account.terms.currencyDigits);
  account.keepDeal(deal);
  account.tell({ kind: 'deal', deal });
  if (position.volume > 0) {
    revalue(desk, account, position);
    account.tell({ kind: 'position', position });
  } else account.tell({ kind: 'position-gone', ticket: position.ticket });
  account.tell({ kind: 'account' });
  const { ticket, order, symbol, type, price, sl, tp, volume } = deal;
  const about = { deal: ticket, order, symbol, dealType: type, price, sl, tp, volume };
  account.tell({
    kind: 'transaction',
    transaction: { type: transactionType.DEAL_ADD, ...about, position: position.ticket },
  });
};
