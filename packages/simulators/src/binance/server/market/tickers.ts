import { fromUnits } from '../../shared/decimal.js';
import type { SymbolMarket } from './symbol-market.js';

const DAY = 86_400_000;

/** What happened in the last 24 hours. */
export const dayOf = (market: SymbolMarket, now: number) => {
  const minutes = market.klines.between('1m', now - DAY, now);
  const first = minutes[0];
  const unit = (units: bigint | undefined): number => Number(fromUnits(units ?? 0n, 8));
  const sum = (of: (kline: (typeof minutes)[number]) => bigint): bigint =>
    minutes.reduce((total, kline) => total + of(kline), 0n);
  const open = unit(first?.open);
  const last = Number(market.last);
  const volume = sum((kline) => kline.volume);
  const turnover = sum((kline) => kline.turnover);
  const ids = minutes.filter((kline) => kline.firstTrade >= 0n);
  return {
    priceChange: market.priceText(last - open),
    priceChangePercent: (open === 0 ? 0 : ((last - open) / open) * 100).toFixed(3),
    weightedAvgPrice: market.priceText(volume === 0n ? last : unit((turnover * 100_000_000n) / volume)),
    lastPrice: market.last,
    lastQty: market.prints.at(-1)?.quantity ?? market.quantityText(0),
    openPrice: market.priceText(open),
    highPrice: market.priceText(minutes.reduce((most, kline) => Math.max(most, unit(kline.high)), 0)),
    lowPrice: market.priceText(
      minutes.reduce((least, kline) => Math.min(least, unit(kline.low)), first === undefined ? 0 : open),
    ),
    volume: fromUnits(volume, 8),
    quoteVolume: fromUnits(turnover, 8),
    openTime: now - DAY,
    closeTime: now,
    firstId: ids[0]?.firstTrade ?? -1n,
    lastId: ids.at(-1)?.lastTrade ?? -1n,
    count: minutes.reduce((total, kline) => total + kline.trades, 0),
  };
};

/** The average price of the last five minutes, weighted by volume; the last price without trades. */
export const averagePrice = (market: SymbolMarket, now: number): string => {
  const minutes = market.klines.between('1m', now - 5 * 60_000, now);
  const volume = minutes.reduce((total, kline) => total + kline.volume, 0n);
  const turnover = minutes.reduce((total, kline) => total + kline.turnover, 0n);
  if (volume === 0n) return market.last;
  return market.priceText(Number(fromUnits((turnover * 100_000_000n) / volume, 8)));
};

type Ticker = (market: SymbolMarket, now: number) => Readonly<Record<string, unknown>>;

const miniTicker: Ticker = (market, now) => {
  const day = dayOf(market, now);
  const prices = { c: day.lastPrice, o: day.openPrice, h: day.highPrice, l: day.lowPrice };
  return { e: '24hrMiniTicker', E: now, s: market.rule.symbol, ...prices, v: day.volume, q: day.quoteVolume };
};

const ticker: Ticker = (market, now) => {
  const day = dayOf(market, now);
  return {
    e: '24hrTicker',
    E: now,
    s: market.rule.symbol,
    p: day.priceChange,
    P: day.priceChangePercent,
    w: day.weightedAvgPrice,
    x: day.openPrice,
    c: day.lastPrice,
    Q: day.lastQty,
    b: market.bid?.[0],
    B: market.bid?.[1],
    a: market.ask?.[0],
    A: market.ask?.[1],
    o: day.openPrice,
    h: day.highPrice,
    l: day.lowPrice,
    v: day.volume,
    q: day.quoteVolume,
    O: day.openTime,
    C: day.closeTime,
    F: day.firstId,
    L: day.lastId,
    n: day.count,
  };
};

const average: Ticker = (market, now) => ({
  e: 'avgPrice',
  E: now,
  s: market.rule.symbol,
  i: '5m',
  w: averagePrice(market, now),
  T: Math.floor(market.time),
});

/** Streams of statistics, by the kind in their name. */
export const tickers: Readonly<Record<string, Ticker | undefined>> = {
  miniTicker,
  ticker,
  avgPrice: average,
};
