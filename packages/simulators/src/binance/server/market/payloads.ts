import type { VenueStyle } from '../venue.js';
import type { DepthChange } from './book.js';
import { klineFields } from './kline-rows.js';
import type { Kline } from './klines.js';
import type { Print, SymbolMarket } from './symbol-market.js';

type Payload = Readonly<Record<string, unknown>>;

/** Words what happens as the streams of a venue do. Sources: web-socket-streams.md; "Websocket Market Streams" of futures. */
export class Payloads {
  readonly #futures: boolean;
  readonly #now: () => number;

  constructor(style: VenueStyle, now: () => number) {
    this.#futures = style.name === 'futures';
    this.#now = now;
  }

  trade(market: SymbolMarket, print: Print): Payload {
    const { symbol } = market.rule;
    const common = { t: print.id, p: print.price, q: print.quantity };
    return this.#futures
      ? { ...this.#head('trade', print.time), s: symbol, ...common, X: 'MARKET', m: print.buyerIsMaker }
      : { ...this.#event('trade'), s: symbol, ...common, T: print.time, m: print.buyerIsMaker, M: true };
  }

  aggTrade(market: SymbolMarket, print: Print): Payload {
    const trade = {
      ...this.#event('aggTrade'),
      s: market.rule.symbol,
      a: print.id,
      p: print.price,
      q: print.quantity,
    };
    const ids = { f: print.id, l: print.id, T: print.time, m: print.buyerIsMaker };
    return this.#futures ? { ...trade, nq: print.quantity, ...ids } : { ...trade, ...ids, M: true };
  }

  bookTicker(market: SymbolMarket): Payload {
    const { bid, ask } = market;
    const prices = { s: market.rule.symbol, b: bid?.[0], B: bid?.[1], a: ask?.[0], A: ask?.[1] };
    const u = market.book.updateId;
    return this.#futures
      ? { e: 'bookTicker', u, E: this.#time(), T: Math.floor(market.time), ...prices }
      : { u, ...prices };
  }

  depthUpdate(market: SymbolMarket, change: DepthChange): Payload {
    const { first: U, last: u, previous: pu, bids: b, asks: a } = change;
    const s = market.rule.symbol;
    return this.#futures
      ? { ...this.#head('depthUpdate', market.time), s, U, u, pu, b, a }
      : { ...this.#event('depthUpdate'), s, U, u, b, a };
  }

  partialDepth(market: SymbolMarket, levels: number, previous: bigint): Payload {
    const { bids, asks } = market.book.top(levels);
    const last = market.book.updateId;
    if (!this.#futures) return { lastUpdateId: last, bids, asks };
    return this.depthUpdate(market, { first: previous + 1n, last, previous, bids, asks });
  }

  kline(market: SymbolMarket, interval: string, kline: Kline, closed: boolean): Payload {
    const { symbol } = market.rule;
    return { ...this.#event('kline'), s: symbol, k: klineFields(market, interval, kline, closed) };
  }

  markPrice(market: SymbolMarket, nextFunding: number): Payload {
    const price = market.markPrice.toFixed(8);
    const p = { p: price, i: price, P: price, r: market.fundingRate.toFixed(8), T: nextFunding };
    return { ...this.#event('markPriceUpdate'), s: market.rule.symbol, ...p };
  }

  #time(): number {
    return Math.floor(this.#now());
  }

  #event(e: string): Payload {
    return { e, E: this.#time() };
  }

  #head(e: string, T: number): Payload {
    return { e, E: this.#time(), T: Math.floor(T) };
  }
}
