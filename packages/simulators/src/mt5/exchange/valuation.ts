import { calcMode } from '../constants.js';
import type { Mt5Symbol } from '../market/symbol.js';
import type { TradeAccount } from './account.js';
import type { Desk } from './desk.js';
import { rounded } from './numbers.js';
import { isBuy, type Position } from './records.js';

/** The figures of an account, in its currency. */
export interface AccountFigures {
  readonly balance: number;
  readonly credit: number;
  readonly profit: number;
  readonly equity: number;
  readonly margin: number;
  readonly freeMargin: number;
  /** Percent; 0 when no margin is used. */
  readonly marginLevel: number;
}

/** A position, or what would be one. */
export interface Exposure {
  readonly symbol: string;
  readonly type: number;
  readonly volume: number;
  readonly priceOpen: number;
  readonly marginRate: number;
}

/** Profit of closing lots at a price, in account currency. Undefined when there is no price to convert it. */
export const profitOf = (
  desk: Desk,
  account: TradeAccount,
  position: Pick<Position, 'symbol' | 'type' | 'priceOpen'>,
  price: number,
  volume: number,
): number | undefined => {
  const { symbol } = desk.market.get(position.symbol);
  const gained = (isBuy(position.type) ? 1 : -1) * (price - position.priceOpen);
  const amount = gained * symbol.contractSize * volume;
  const money = desk.rates.money(amount, symbol.currencyProfit, account.terms.currency);
  return money === undefined ? undefined : rounded(money, account.terms.currencyDigits);
};

/** What the margin currency is worth when a position is opened. */
export const marginRateOf = (
  desk: Desk,
  account: TradeAccount,
  symbol: Mt5Symbol,
  buys: boolean,
): number | undefined =>
  desk.rates.rate(symbol.currencyMargin, account.terms.currency, buys ? 'bought' : 'sold');

const marginOf = (
  symbol: Mt5Symbol,
  leverage: number,
  volume: number,
  price: number,
  size: number,
): number => {
  if (symbol.marginInitial > 0) return volume * symbol.marginInitial;
  if (symbol.calcMode === calcMode.FOREX) return (volume * size) / leverage;
  if (symbol.calcMode === calcMode.FOREX_NO_LEVERAGE) return volume * size;
  const worth = volume * size * price;
  return symbol.calcMode === calcMode.CFD_LEVERAGE ? worth / leverage : worth;
};

const sum = (exposures: readonly Exposure[], of: (exposure: Exposure) => number): number =>
  exposures.reduce((total, exposure) => total + of(exposure), 0);

/** Margin of the positions of one symbol: the larger side in full, covered lots by the hedged contract size. */
const symbolMargin = (symbol: Mt5Symbol, leverage: number, all: readonly Exposure[]): number => {
  const side = (buys: boolean): readonly Exposure[] => all.filter(({ type }) => isBuy(type) === buys);
  const volumes = [sum(side(true), (one) => one.volume), sum(side(false), (one) => one.volume)] as const;
  const covered = Math.min(...volumes);
  const mean = (of: readonly Exposure[], what: (one: Exposure) => number): number =>
    sum(of, (one) => one.volume * what(one)) / sum(of, (one) => one.volume);
  const part = (of: readonly Exposure[], volume: number, size: number): number =>
    marginOf(
      symbol,
      leverage,
      volume,
      mean(of, (one) => one.priceOpen),
      size,
    ) * mean(of, (one) => one.marginRate);
  const open = Math.abs(volumes[0] - volumes[1]);
  const larger = side(volumes[0] > volumes[1]);
  return (
    (open > 1e-9 ? part(larger, open, symbol.contractSize) : 0) +
    (covered > 0 ? part(all, covered, symbol.marginHedged) : 0)
  );
};

/** Margin of exposures, in account currency. */
export const marginFor = (desk: Desk, account: TradeAccount, exposures: Iterable<Exposure>): number => {
  const bySymbol = new Map<string, Exposure[]>();
  for (const exposure of exposures) {
    const same = bySymbol.get(exposure.symbol);
    if (same === undefined) bySymbol.set(exposure.symbol, [exposure]);
    else same.push(exposure);
  }
  let margin = 0;
  for (const [name, all] of bySymbol)
    margin += symbolMargin(desk.market.get(name).symbol, account.terms.leverage, all);
  return rounded(margin, account.terms.currencyDigits);
};

/** Brings price and profit of a position up to the present quote. @returns whether they changed */
export const revalue = (desk: Desk, account: TradeAccount, position: Position): boolean => {
  const { quote } = desk.market.get(position.symbol);
  if (quote === undefined) return false;
  const price = isBuy(position.type) ? quote.bid : quote.ask;
  const profit = profitOf(desk, account, position, price, position.volume) ?? position.profit;
  if (price === position.priceCurrent && profit === position.profit) return false;
  position.priceCurrent = price;
  position.profit = profit;
  return true;
};

/** The figures of an account, now. */
export const figuresOf = (desk: Desk, account: TradeAccount): AccountFigures => {
  const digits = account.terms.currencyDigits;
  let profit = 0;
  let swap = 0;
  for (const position of account.positions.values()) {
    profit += position.profit;
    swap += position.swap;
  }
  const { balance, credit } = account;
  const equity = rounded(balance + credit + profit + swap, digits);
  const margin = marginFor(desk, account, account.positions.values());
  return {
    balance,
    credit,
    profit: rounded(profit, digits),
    equity,
    margin,
    freeMargin: rounded(equity - margin, digits),
    marginLevel: margin === 0 ? 0 : (equity / margin) * 100,
  };
};
