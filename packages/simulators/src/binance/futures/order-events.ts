import type { FuturesAccount } from './account.js';
import type { UserPayload } from './account-events.js';
import { type AlgoOrder, becomesMarket } from './algo-orders.js';
import { type Amount, fixed, short, times } from './amounts.js';
import { averagePrice, type FuturesOrder, type FuturesTrade } from './orders.js';
import type { FuturesVenue } from './venue.js';

/** What happened to an order. */
export type ExecutionType = 'NEW' | 'CANCELED' | 'CALCULATED' | 'EXPIRED' | 'TRADE' | 'AMENDMENT';

const openValues = (account: FuturesAccount, order: FuturesOrder): readonly [bids: Amount, asks: Amount] => {
  let [bids, asks] = [0n, 0n];
  for (const other of account.open) {
    if (other.symbol !== order.symbol || other.positionSide !== order.positionSide) continue;
    const value = times(other.price, other.quantity - other.executed);
    if (other.side === 'BUY') bids += value;
    else asks += value;
  }
  return [bids, asks];
};

/** ORDER_TRADE_UPDATE. Source: page "Event: Order Update". */
export const orderTradeUpdate = (
  venue: FuturesVenue,
  account: FuturesAccount,
  order: FuturesOrder,
  execution: ExecutionType,
  trade?: FuturesTrade,
): UserPayload => {
  const [bids, asks] = openValues(account, order);
  const { now } = venue.market;
  const trailing = order.algo?.type === 'TRAILING_STOP_MARKET' ? order.algo : undefined;
  return {
    e: 'ORDER_TRADE_UPDATE',
    E: now,
    T: now,
    o: {
      s: order.symbol.name,
      c: order.clientOrderId,
      S: order.side,
      o: order.type,
      f: order.timeInForce,
      q: short(order.quantity),
      p: short(order.price),
      ap: short(averagePrice(order)),
      sp: short(order.stopPrice),
      x: execution,
      X: order.status,
      i: order.orderId,
      l: short(trade?.quantity ?? 0n),
      z: short(order.executed),
      L: short(trade?.price ?? 0n),
      N: order.symbol.options.quote,
      n: short(trade?.commission ?? 0n),
      T: now,
      t: trade?.id ?? 0,
      b: short(bids),
      a: short(asks),
      m: trade?.maker ?? false,
      R: order.reduceOnly,
      wt: order.workingType,
      ot: order.origType,
      ps: order.positionSide,
      cp: order.closePosition,
      AP: trailing && short(trailing.activatePrice),
      cr: trailing && short(trailing.callbackRate),
      rp: short(trade?.realised ?? 0n),
      pP: order.priceProtect,
      si: 0,
      ss: 0,
      V: order.selfTradePreventionMode,
      pm: order.priceMatch,
      gtd: order.goodTillDate,
      er: order.expiryReason,
    },
  };
};

/** TRADE_LITE. Source: page "Event: Trade Lite Update". */
export const tradeLite = (venue: FuturesVenue, { order, ...trade }: FuturesTrade): UserPayload => ({
  e: 'TRADE_LITE',
  E: venue.market.now,
  T: venue.market.now,
  s: order.symbol.name,
  q: short(order.quantity),
  p: fixed(order.price, order.symbol.options.pricePrecision),
  m: trade.maker,
  c: order.clientOrderId,
  S: order.side,
  L: fixed(trade.price, order.symbol.options.pricePrecision),
  l: short(trade.quantity),
  t: trade.id,
  i: order.orderId,
});

/** ALGO_UPDATE. Source: page "Event: Algo Order Update". */
export const algoUpdate = (venue: FuturesVenue, algo: AlgoOrder): UserPayload => ({
  e: 'ALGO_UPDATE',
  T: venue.market.now,
  E: venue.market.now,
  o: {
    caid: algo.clientAlgoId,
    aid: algo.algoId,
    at: 'CONDITIONAL',
    o: algo.type,
    s: algo.symbol.name,
    S: algo.side,
    ps: algo.positionSide,
    f: algo.timeInForce,
    q: short(algo.quantity),
    X: algo.status,
    ai: algo.actual?.orderId.toString() ?? '',
    ap: algo.actual && short(averagePrice(algo.actual)),
    aq: algo.actual && short(algo.actual.executed),
    act: algo.actual && (becomesMarket(algo.type) ? 'MARKET' : 'LIMIT'),
    tp: short(algo.triggerPrice),
    p: short(algo.price),
    V: algo.selfTradePreventionMode,
    wt: algo.workingType,
    pm: algo.priceMatch,
    cp: algo.closePosition,
    pP: algo.priceProtect,
    R: algo.reduceOnly,
    tt: algo.triggerTime,
    gtd: algo.goodTillDate,
    rm: algo.reason === '' ? undefined : algo.reason,
    ia: false,
  },
});
