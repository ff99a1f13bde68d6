import type { Clock } from '@mikrobot/core';
import type { StreamHub } from '../stream-hub.js';
import type { VenueStyle } from '../venue.js';
import type { MarketFeed } from './feed.js';
import { isInterval, openTimeOf } from './intervals.js';
import type { SymbolMarket } from './symbol-market.js';
import { tickers } from './tickers.js';

/** Funding is paid every eight hours from midnight UTC. */
const FUNDING = 8 * 3_600_000;

/** Next time of funding after `now`, epoch ms. */
export const nextFunding = (now: number): number => (Math.floor(now / FUNDING) + 1) * FUNDING;

/** A stream that is told at intervals. */
interface Timed {
  /** ms from one event to the next. */
  readonly every: number;
  readonly tell: () => void;
  readonly stop?: () => void;
}

/** Streams that are told at intervals, for as long as somebody listens: depth, klines, mark price, tickers. */
export class TimedStreams {
  readonly #feed: MarketFeed;
  readonly #futures: boolean;
  readonly #clock: Clock;
  readonly #now: () => number;
  readonly #running = new Map<string, () => void>();

  constructor(feed: MarketFeed, style: VenueStyle, streams: StreamHub, clock: Clock, now: () => number) {
    this.#feed = feed;
    this.#futures = style.name === 'futures';
    this.#clock = clock;
    this.#now = now;
    streams.watch((stream, wanted) => (wanted ? this.#start(stream) : this.#running.get(stream)?.()));
  }

  /** Stops all timers. */
  close(): void {
    for (const stop of [...this.#running.values()]) stop();
  }

  #start(stream: string): void {
    const timed = this.#timed(stream);
    if (timed === undefined) return;
    let cancel: () => void;
    const next = (): void => {
      cancel = this.#clock.arm(`${stream}-timer`, this.#clock.now() + timed.every, () => {
        timed.tell();
        next();
      });
    };
    next();
    this.#running.set(stream, () => {
      cancel();
      timed.stop?.();
      this.#running.delete(stream);
    });
  }

  #timed(stream: string): Timed | undefined {
    const [name = '', kind = '', speed] = stream.split('@');
    const market = this.#feed.markets.get(name.toUpperCase());
    if (market === undefined) return undefined;
    if (/^depth(5|10|20)$/.test(kind)) return this.#partial(stream, market, Number(kind.slice(5)), speed);
    if (kind === 'depth') return this.#diff(stream, market, speed);
    if (kind.startsWith('kline_') && speed === undefined) return this.#kline(stream, market, kind.slice(6));
    if (kind === 'markPrice' && this.#futures) return this.#mark(stream, market, speed);
    const ticker = tickers[kind];
    if (ticker === undefined) return undefined;
    return {
      every: 1_000,
      tell: () => this.#feed.tell(stream, () => ticker(market, Math.floor(this.#now()))),
    };
  }

  #pace(speed: string | undefined): number {
    const usual = this.#futures ? 250 : 1_000;
    return speed === undefined ? usual : Number.parseInt(speed, 10) || usual;
  }

  #diff(stream: string, market: SymbolMarket, speed: string | undefined): Timed {
    const diff = market.book.diff();
    const tell = (): void => {
      const change = diff.take();
      if (change !== undefined)
        this.#feed.tell(stream, () => this.#feed.payloads.depthUpdate(market, change));
    };
    return { every: this.#pace(speed), tell, stop: () => market.book.drop(diff) };
  }

  #partial(stream: string, market: SymbolMarket, levels: number, speed: string | undefined): Timed {
    let previous = market.book.updateId;
    const tell = (): void => {
      if (market.bid === undefined) return;
      this.#feed.tell(stream, () => this.#feed.payloads.partialDepth(market, levels, previous));
      previous = market.book.updateId;
    };
    return { every: this.#pace(speed), tell };
  }

  #kline(stream: string, market: SymbolMarket, interval: string): Timed | undefined {
    if (!isInterval(interval)) return undefined;
    const { payloads } = this.#feed;
    const timeOf = this.#timeOf(market);
    let since = openTimeOf(interval, timeOf());
    const tell = (): void => {
      const now = timeOf();
      const openTime = openTimeOf(interval, now);
      for (const kline of openTime > since ? market.klines.between(interval, since, openTime - 1) : [])
        this.#feed.tell(stream, () => payloads.kline(market, interval, kline, true));
      since = openTime;
      const current = market.klines.at(interval, now);
      if (current !== undefined)
        this.#feed.tell(stream, () => payloads.kline(market, interval, current, false));
    };
    const usual = interval === '1s' ? 1_000 : 2_000;
    return { every: this.#futures ? 250 : usual, tell };
  }

  /** The market's time: that of its last quote or trade, which may be recorded, and what passed since. */
  #timeOf(market: SymbolMarket): () => number {
    let told = market.time;
    let at = market.time === 0 ? 0 : this.#now();
    return () => {
      if (market.time !== told) {
        told = market.time;
        at = this.#now();
      }
      return told + this.#now() - at;
    };
  }

  #mark(stream: string, market: SymbolMarket, speed: string | undefined): Timed {
    const { payloads } = this.#feed;
    const every = speed === '1s' ? 1_000 : 3_000;
    return {
      every,
      tell: () => this.#feed.tell(stream, () => payloads.markPrice(market, nextFunding(this.#now()))),
    };
  }
}
