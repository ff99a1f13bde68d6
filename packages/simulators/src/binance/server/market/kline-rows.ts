import { fromUnits, scaleOf, toUnits } from '../../shared/decimal.js';
import { closeTimeOf } from './intervals.js';
import type { Kline } from './klines.js';
import type { SymbolMarket } from './symbol-market.js';

/** A kline as REST lists it: open time, open, high, low, close, volume, close time, turnover, trades, taker's volumes. */
export type KlineRow = readonly (string | number)[];

const texts = (market: SymbolMarket, kline: Kline) => {
  const price = (units: bigint): string => market.priceText(Number(fromUnits(units, 8)));
  const amount = (units: bigint): string => fromUnits(units, 8);
  return {
    open: price(kline.open),
    high: price(kline.high),
    low: price(kline.low),
    close: price(kline.close),
    volume: amount(kline.volume),
    turnover: amount(kline.turnover),
    takerVolume: amount(kline.takerVolume),
    takerTurnover: amount(kline.takerTurnover),
  };
};

/** A kline as a row of the REST answer. */
export const klineRow = (market: SymbolMarket, kline: Kline): KlineRow => {
  const t = texts(market, kline);
  return [
    kline.openTime,
    t.open,
    t.high,
    t.low,
    t.close,
    t.volume,
    kline.closeTime,
    t.turnover,
    kline.trades,
    t.takerVolume,
    t.takerTurnover,
    '0',
  ];
};

/** A kline as the field `k` of a stream's event. */
export const klineFields = (market: SymbolMarket, interval: string, kline: Kline, closed: boolean) => {
  const t = texts(market, kline);
  return {
    t: kline.openTime,
    T: kline.closeTime,
    s: market.rule.symbol,
    i: interval,
    f: kline.firstTrade,
    L: kline.lastTrade,
    o: t.open,
    c: t.close,
    h: t.high,
    l: t.low,
    v: t.volume,
    n: kline.trades,
    x: closed,
    q: t.turnover,
    V: t.takerVolume,
    Q: t.takerTurnover,
    B: '0',
  };
};

/**
 * A kline from a row as REST lists it; of a row with six columns the rest is zero.
 * @throws RangeError when a number is none
 */
export const klineOf = (interval: string, row: KlineRow): Kline => {
  const units = (at: number): bigint => {
    const text = String(row[at] ?? '0');
    return toUnits(text, Math.max(8, scaleOf(text))) / 10n ** BigInt(Math.max(8, scaleOf(text)) - 8);
  };
  const openTime = Number(row[0]);
  return {
    openTime,
    closeTime: closeTimeOf(interval, openTime),
    open: units(1),
    high: units(2),
    low: units(3),
    close: units(4),
    volume: units(5),
    turnover: units(7),
    trades: Number(row[8] ?? 0),
    takerVolume: units(9),
    takerTurnover: units(10),
    firstTrade: -1n,
    lastTrade: -1n,
  };
};
