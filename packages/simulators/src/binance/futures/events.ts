import type { FuturesAccount } from './account.js';
import type { AlgoOrder } from './algo-orders.js';
import { becomesMarket } from './algo-orders.js';
import { type Amount, fixed, short, times } from './amounts.js';
import { positionMargin } from './margin.js';
import { averagePrice, type FuturesOrder, type FuturesTrade } from './orders.js';
import { breakEven, entryPrice, type Position, unrealised } from './positions.js';
import type { FuturesVenue } from './venue.js';

/** A message of the user stream. */
export type UserPayload = Readonly<Record<string, unknown>>;

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

/** Why a balance or a position changed. */
export type UpdateReason =
  | 'ORDER'
  | 'FUNDING_FEE'
  | 'INSURANCE_CLEAR'
  | 'DEPOSIT'
  | 'WITHDRAW'
  | 'MARGIN_TYPE_CHANGE';

/**
 * ACCOUNT_UPDATE. Source: page "Event: Balance and Position Update".
 * @param changes - by asset: the change of its wallet except for profit and commission
 */
export const accountUpdate = (
  venue: FuturesVenue,
  account: FuturesAccount,
  reason: UpdateReason,
  changes: Readonly<Record<string, Amount>>,
  positions: readonly Position[],
): UserPayload => ({
  e: 'ACCOUNT_UPDATE',
  E: venue.market.now,
  T: venue.market.now,
  a: {
    m: reason,
    B: Object.entries(changes).map(([asset, change]) => ({
      a: asset,
      wb: fixed(account.wallet(asset), 8),
      cw: fixed(account.wallet(asset), 8),
      bc: short(change),
    })),
    P: positions.map((position) => ({
      s: position.symbol.name,
      pa: short(position.size),
      ep: short(entryPrice(position)),
      bep: short(breakEven(position)),
      cr: short(position.realised),
      up: short(unrealised(position, venue.market.mark(position.symbol))),
      mt: account.settings(position.symbol).marginType === 'ISOLATED' ? 'isolated' : 'cross',
      iw: '0',
      ps: position.side,
      ma: position.symbol.options.quote,
    })),
  },
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

/** ACCOUNT_CONFIG_UPDATE. Source: page "Event: Account Configuration Update previous Leverage Update". */
export const configUpdate = (
  venue: FuturesVenue,
  change: { readonly ac: { s: string; l: number } } | { readonly ai: { j: boolean } },
): UserPayload => ({ e: 'ACCOUNT_CONFIG_UPDATE', E: venue.market.now, T: venue.market.now, ...change });

/** MARGIN_CALL. Source: page "Event: Margin Call". */
export const marginCall = (
  venue: FuturesVenue,
  account: FuturesAccount,
  asset: string,
  positions: readonly Position[],
): UserPayload => ({
  e: 'MARGIN_CALL',
  E: venue.market.now,
  cw: short(account.wallet(asset)),
  p: positions.map((position) => {
    const { profit, maintenance } = positionMargin(account, venue.market, position);
    return {
      s: position.symbol.name,
      ps: position.side,
      pa: short(position.size),
      mt: account.settings(position.symbol).marginType,
      iw: '0',
      mp: short(venue.market.mark(position.symbol)),
      up: short(profit),
      mm: short(maintenance),
    };
  }),
});
