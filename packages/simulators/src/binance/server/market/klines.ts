import { closeTimeOf, openTimeOf } from './intervals.js';

/** A kline; prices, volumes and turnover in units of 1e-8. */
export interface Kline {
  readonly openTime: number;
  readonly closeTime: number;
  open: bigint;
  high: bigint;
  low: bigint;
  close: bigint;
  volume: bigint;
  turnover: bigint;
  trades: number;
  takerVolume: bigint;
  takerTurnover: bigint;
  /** Ids of the first and the last trade; -1 without any. */
  firstTrade: bigint;
  lastTrade: bigint;
}

/** A trade as klines are made of it; price and quantity in units of 1e-8. */
export interface KlineTrade {
  readonly id: bigint;
  readonly time: number;
  readonly price: bigint;
  readonly quantity: bigint;
  readonly buyerIsMaker: boolean;
}

/** The latest time that a Date can tell, less a year for the end of its kline. */
const LATEST = 8.6e15;
const UNIT = 100_000_000n;
/** So many klines are kept of an interval: a year of minutes. */
const MOST = 530_000;

const begin = (interval: string, openTime: number, price: bigint): Kline => ({
  openTime,
  closeTime: closeTimeOf(interval, openTime),
  open: price,
  high: price,
  low: price,
  close: price,
  volume: 0n,
  turnover: 0n,
  trades: 0,
  takerVolume: 0n,
  takerTurnover: 0n,
  firstTrade: -1n,
  lastTrade: -1n,
});

const add = (into: Kline, part: Kline): void => {
  if (part.high > into.high) into.high = part.high;
  if (part.low < into.low) into.low = part.low;
  into.close = part.close;
  into.volume += part.volume;
  into.turnover += part.turnover;
  into.trades += part.trades;
  into.takerVolume += part.takerVolume;
  into.takerTurnover += part.takerTurnover;
  if (into.firstTrade < 0n) into.firstTrade = part.firstTrade;
  if (part.lastTrade >= 0n) into.lastTrade = part.lastTrade;
};

/** The klines of a symbol: seconds and minutes as they happen, longer ones put together when they are asked for. */
export class Klines {
  readonly #stored = new Map<string, Map<number, Kline>>([
    ['1s', new Map()],
    ['1m', new Map()],
  ]);
  #traded = false;

  /** Presets closed klines of an interval, oldest first. */
  preset(interval: string, klines: readonly Kline[]): void {
    const stored = this.#stored.get(interval) ?? new Map<number, Kline>();
    for (const kline of klines) stored.set(kline.openTime, kline);
    this.#stored.set(interval, stored);
  }

  trade(trade: KlineTrade): void {
    this.#traded = true;
    const turnover = (trade.price * trade.quantity) / UNIT;
    for (const interval of ['1s', '1m']) {
      const kline = this.#touch(interval, trade.time, trade.price);
      kline.volume += trade.quantity;
      kline.turnover += turnover;
      kline.trades++;
      kline.lastTrade = trade.id;
      if (kline.firstTrade < 0n) kline.firstTrade = trade.id;
      if (trade.buyerIsMaker) continue;
      kline.takerVolume += trade.quantity;
      kline.takerTurnover += turnover;
    }
  }

  /** A market that is told by quotes alone has klines of its bids, without volume; the first trade ends that. */
  bid(time: number, price: bigint): void {
    if (this.#traded) return;
    for (const interval of ['1s', '1m']) this.#touch(interval, time, price);
  }

  /** The kline that a time falls into, as far as it happened. */
  at(interval: string, time: number): Kline | undefined {
    const openTime = openTimeOf(interval, time);
    return this.between(interval, openTime, closeTimeOf(interval, openTime))[0];
  }

  /** Klines that open in [from, to], oldest first. */
  between(interval: string, from: number, to: number): readonly Kline[] {
    const found = new Map<number, Kline>();
    const end = Math.min(to, LATEST);
    if (interval !== '1s' && interval !== '1m')
      for (const minute of this.#kept('1m', from, closeTimeOf(interval, end))) {
        const openTime = openTimeOf(interval, minute.openTime);
        if (openTime < from || openTime > end) continue;
        const kline = found.get(openTime) ?? begin(interval, openTime, minute.open);
        add(kline, minute);
        found.set(openTime, kline);
      }
    for (const kline of this.#kept(interval, from, end)) found.set(kline.openTime, kline);
    return [...found.values()].sort((a, b) => a.openTime - b.openTime);
  }

  /** The klines that are kept and open in [from, to]; a short time is looked up, so that a long past costs nothing. */
  *#kept(interval: string, from: number, to: number): Iterable<Kline> {
    const klines = this.#stored.get(interval);
    if (klines === undefined) return;
    const step = interval === '1s' ? 1_000 : 60_000;
    if ((to - from) / step > klines.size) {
      for (const kline of klines.values()) if (kline.openTime >= from && kline.openTime <= to) yield kline;
      return;
    }
    // Every interval but a second begins at a minute.
    for (let at = Math.ceil(from / step) * step; at <= to; at += step) {
      const kline = klines.get(at);
      if (kline !== undefined) yield kline;
    }
  }

  #touch(interval: string, time: number, price: bigint): Kline {
    const klines = this.#stored.get(interval) as Map<number, Kline>;
    const openTime = openTimeOf(interval, time);
    const known = klines.get(openTime);
    if (known === undefined) {
      const kline = begin(interval, openTime, price);
      klines.set(openTime, kline);
      if (klines.size > MOST) klines.delete(klines.keys().next().value as number);
      return kline;
    }
    if (price > known.high) known.high = price;
    if (price < known.low) known.low = price;
    known.close = price;
    return known;
  }
}
