import { execution, filling, tradeMode } from '../constants.js';
import type { Quote, SymbolMarket } from '../market/market.js';
import type { Mt5Symbol } from '../market/symbol.js';
import { retcode } from '../retcodes.js';
import type { TradeAccount } from './account.js';
import type { Desk } from './desk.js';
import { isOnGrid, lots, pointsAbove } from './numbers.js';
import { isBuy, type Position } from './records.js';
import { type Exposure, figuresOf, marginFor, marginRateOf } from './valuation.js';

/** The code of a refusal, or undefined: nothing against it. */
export type Verdict = number | undefined;

/** The first refusal of some checks. */
export const firstOf = (...checks: readonly (() => Verdict)[]): Verdict => {
  for (const check of checks) {
    const verdict = check();
    if (verdict !== undefined) return verdict;
  }
  return undefined;
};

/** Volume between minimum and maximum, in steps. */
export const judgeVolume = (symbol: Mt5Symbol, volume: number): Verdict => {
  const fits =
    volume >= symbol.volumeMin - 1e-9 &&
    volume <= symbol.volumeMax + 1e-9 &&
    isOnGrid(volume, symbol.volumeStep);
  return fits ? undefined : retcode.INVALID_VOLUME;
};

/** What the symbol's trade mode allows. */
export const judgeTradeMode = ({ tradeMode: mode }: Mt5Symbol, buys: boolean, closes: boolean): Verdict => {
  if (mode === tradeMode.DISABLED) return retcode.TRADE_DISABLED;
  if (closes) return undefined;
  if (mode === tradeMode.CLOSE_ONLY) return retcode.CLOSE_ONLY;
  if (mode === tradeMode.LONG_ONLY && !buys) return retcode.LONG_ONLY;
  if (mode === tradeMode.SHORT_ONLY && buys) return retcode.SHORT_ONLY;
  return undefined;
};

/** Whether the market trades and has prices. */
export const judgeMarket = (desk: Desk, market: SymbolMarket): Verdict => {
  if (!desk.market.isOpen(market)) return retcode.MARKET_CLOSED;
  return market.quote === undefined ? retcode.PRICE_OFF : undefined;
};

/** Filling modes: FOK and IOC by the symbol's flags, all of them in instant and request execution; RETURN not for market execution. */
export const judgeFilling = (symbol: Mt5Symbol, mode: number, pending: boolean): Verdict => {
  const free = symbol.execution === execution.INSTANT || symbol.execution === execution.REQUEST;
  const allowed: Readonly<Record<number, boolean>> = {
    [filling.FOK]: free || (symbol.fillingMode & 1) !== 0,
    [filling.IOC]: free || (symbol.fillingMode & 2) !== 0,
    [filling.RETURN]: pending || symbol.execution !== execution.MARKET,
  };
  return allowed[mode] === true ? undefined : retcode.INVALID_FILL;
};

/** A price above zero on the symbol's digits. */
export const judgePrice = (symbol: Mt5Symbol, price: number): Verdict =>
  price > 0 && isOnGrid(price, symbol.tickSize) ? undefined : retcode.INVALID_PRICE;

/**
 * Stop loss and take profit on their sides of a price, at the distance of the stops level.
 * @param from - the price at which a position would be closed, or a pending order's own price
 */
export const judgeStops = (
  symbol: Mt5Symbol,
  buys: boolean,
  { sl, tp }: { readonly sl: number; readonly tp: number },
  from: number,
): Verdict => {
  const least = Math.max(symbol.stopsLevel, 1);
  const sign = buys ? 1 : -1;
  const isBad = (level: number, away: number): boolean =>
    level !== 0 && !(level > 0 && isOnGrid(level, symbol.tickSize) && away >= least);
  const below = sign * pointsAbove(from, sl, symbol.point);
  const above = sign * pointsAbove(tp, from, symbol.point);
  return isBad(sl, below) || isBad(tp, above) ? retcode.INVALID_STOPS : undefined;
};

/** The price at which a position of a direction is closed. */
export const closingPrice = (quote: Quote, buys: boolean): number => (buys ? quote.bid : quote.ask);

/** Whether stop loss or take profit are so near that the position is frozen. */
export const judgeFrozen = (symbol: Mt5Symbol, quote: Quote, position: Position): Verdict => {
  if (symbol.freezeLevel === 0) return undefined;
  const price = closingPrice(quote, isBuy(position.type));
  const near = [position.sl, position.tp].some(
    (level) => level > 0 && Math.abs(pointsAbove(price, level, symbol.point)) <= symbol.freezeLevel,
  );
  return near ? retcode.FROZEN : undefined;
};

/** Lots of positions and working orders of one direction together. */
export const judgeVolumeLimit = (
  account: TradeAccount,
  symbol: Mt5Symbol,
  buys: boolean,
  volume: number,
): Verdict => {
  if (symbol.volumeLimit === 0) return undefined;
  let total = volume;
  for (const { symbol: name, type, volume: held } of account.positions.values())
    if (name === symbol.name && isBuy(type) === buys) total += held;
  for (const order of account.orders.values())
    if (order.symbol === symbol.name && isBuy(order.type) === buys) total += order.volumeCurrent;
  return lots(total) > symbol.volumeLimit ? retcode.LIMIT_VOLUME : undefined;
};

/** What the account would hold after a deal that names no position. */
const after = (account: TradeAccount, deal: Exposure): readonly Exposure[] => {
  const held: readonly Exposure[] = [...account.positions.values()];
  const net = account.hedging ? undefined : account.net(deal.symbol);
  if (net === undefined || net.type === deal.type) return [...held, deal];
  const others = held.filter(({ symbol }) => symbol !== deal.symbol);
  const volume = lots(deal.volume - net.volume);
  return volume > 0 ? [...others, { ...deal, volume }] : [...others, { ...net, volume: -volume }];
};

/** Whether free margin is enough for the margin that a deal adds. */
export const judgeFunds = (
  desk: Desk,
  account: TradeAccount,
  deal: Omit<Exposure, 'marginRate'>,
): Verdict => {
  const { symbol } = desk.market.get(deal.symbol);
  const marginRate = marginRateOf(desk, account, symbol, isBuy(deal.type));
  if (marginRate === undefined) return retcode.PRICE_OFF;
  const { freeMargin, margin } = figuresOf(desk, account);
  const added = marginFor(desk, account, after(account, { ...deal, marginRate })) - margin;
  return added > 0 && added > freeMargin ? retcode.NO_MONEY : undefined;
};
