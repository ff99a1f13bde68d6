import { accountTradeMode, marginMode } from '../constants.js';
import type { TradeAccount } from '../exchange/account.js';
import type { Desk } from '../exchange/desk.js';
import { figuresOf } from '../exchange/valuation.js';
import type { SymbolMarket } from '../market/market.js';
import type { Mt5Symbol } from '../market/symbol.js';
import { type Field, lineOf, lineOfTexts, pairs } from './fields.js';
import { barLine, newsLine, quoteLine } from './records.js';

/** Names of the broker. */
export interface BrokerNames {
  readonly server: string;
  readonly company: string;
}

/** What of an account moves with its trades and the market. */
export const figureValues = (desk: Desk, account: TradeAccount): Readonly<Record<string, Field>> => {
  const { balance, credit, equity, margin } = figuresOf(desk, account);
  return { balance, credit, equity, margin };
};

/** Everything that a terminal knows of an account. */
const accountValues = (
  desk: Desk,
  account: TradeAccount,
  names: BrokerNames,
): Readonly<Record<string, Field>> => {
  const { terms } = account;
  return {
    login: terms.login,
    name: terms.name,
    server: names.server,
    company: names.company,
    currency: terms.currency,
    currency_digits: terms.currencyDigits,
    leverage: terms.leverage,
    trade_mode: accountTradeMode[terms.tradeMode],
    margin_mode: marginMode[terms.marginMode],
    so_mode: 0,
    so_call: terms.marginCall,
    so_so: terms.stopOut,
    ...figureValues(desk, account),
    trade_allowed: terms.tradeAllowed,
    trade_expert: terms.expertAllowed,
    limit_orders: terms.limitOrders,
  };
};

/** What a tick of one lot is worth, in account currency, on four digits; 0 while there are no prices. */
export const tickValueOf = (desk: Desk, account: TradeAccount, symbol: Mt5Symbol): number => {
  const amount = symbol.tickSize * symbol.contractSize;
  const worth = desk.rates.money(amount, symbol.currencyProfit, account.terms.currency) ?? 0;
  return Number(worth.toPrecision(4));
};

const symbolValues = (symbol: Mt5Symbol, tickValue: number): Readonly<Record<string, Field>> => ({
  digits: symbol.digits,
  point: symbol.point,
  trade_tick_size: symbol.tickSize,
  trade_tick_value: tickValue,
  contract_size: symbol.contractSize,
  volume_min: symbol.volumeMin,
  volume_max: symbol.volumeMax,
  volume_step: symbol.volumeStep,
  volume_limit: symbol.volumeLimit,
  stops_level: symbol.stopsLevel,
  freeze_level: symbol.freezeLevel,
  exemode: symbol.execution,
  filling_mode: symbol.fillingMode,
  expiration_mode: symbol.expirationMode,
  order_mode: symbol.orderMode,
  trade_mode: symbol.tradeMode,
  calc_mode: symbol.calcMode,
  currency_base: symbol.currencyBase,
  currency_profit: symbol.currencyProfit,
  currency_margin: symbol.currencyMargin,
  swap_mode: symbol.swapMode,
  swap_long: symbol.swapLong,
  swap_short: symbol.swapShort,
  swap_rollover3days: symbol.swapRollover3Days,
  margin_initial: symbol.marginInitial,
  margin_maintenance: symbol.marginMaintenance,
  margin_hedged: symbol.marginHedged,
  description: symbol.description,
  path: symbol.path,
  session_from: symbol.sessionFrom,
  session_to: symbol.sessionTo,
});

const symbolLine = (desk: Desk, account: TradeAccount, { symbol }: SymbolMarket): string =>
  lineOfTexts('symbol', symbol.name, ...pairs(symbolValues(symbol, tickValueOf(desk, account, symbol))));

/** All that a terminal is told when it has logged in, in the order of the link. */
export const greetingOf = (desk: Desk, account: TradeAccount, names: BrokerNames): readonly string[] => {
  const markets = [...desk.market.all];
  return [
    lineOfTexts('account', ...pairs(accountValues(desk, account, names))),
    ...markets.map((market) => symbolLine(desk, account, market)),
    ...markets.flatMap(({ symbol, bars }) => bars.bars.map((bar) => barLine(symbol.name, bar))),
    ...markets.flatMap(({ symbol, quote }) => (quote === undefined ? [] : [quoteLine(symbol.name, quote)])),
    ...[...account.orders.values()].map((order) => newsLine({ kind: 'order', order })),
    ...[...account.positions.values()].map((position) => newsLine({ kind: 'position', position })),
    ...account.history.map((order) => newsLine({ kind: 'history-order', order })),
    ...account.deals.map((deal) => newsLine({ kind: 'deal', deal })),
    lineOf('synced', desk.time.now(), desk.time.offset),
  ];
};
