import type { Bar, Clock, HistoryQuery, Tick, Timeframe } from '@mikrobot/core';
import type { LocalBook } from '../book/local-book.js';
import { MarketMapper } from '../mapper/market.js';
import type {
  BarUpdate,
  BookTicker,
  DepthSnapshot,
  Malformation,
  MarketTrade,
  MarkPrice,
} from '../mapper/market-events.js';
import { BookKeeper } from './book-keeper.js';
import { history, type PublicGet } from './history.js';
import { streamName } from './stream-names.js';

/** Where public streams come from; they outlive reconnects there. */
export interface StreamSource {
  /** @returns the way to end it */
  subscribe(stream: string, listener: (data: unknown) => void): () => void;
}

/** What market data is made of. */
export interface MarketDataParts {
  readonly venue: 'spot' | 'futures';
  readonly streams: StreamSource;
  readonly get: PublicGet;
  /** The venue's time, as well as it is known: spot's quotes have none of their own. */
  readonly clock: Clock;
  /** Of a symbol; by it the ask of bars is told from the bid. Default: they are equal. */
  readonly tickSize?: ((symbol: string) => number) | undefined;
}

/** How a book is kept. */
export interface BookOptions {
  /** Levels a side that are surely known, at most 1,000. Default: all that the venue tells. */
  readonly depth?: number | undefined;
  /** Told after each change; the book is the same object each time. `synced` is false while it is loaded anew. */
  readonly listener?: ((book: LocalBook) => void) | undefined;
}

/** A book that is kept until it is closed. */
export interface LiveBook {
  readonly book: LocalBook;
  /** How often it was lost and loaded anew. */
  readonly resyncs: number;
  close(): void;
}

/** Levels of a snapshot, and what the venue counts for it. */
const snapshots = {
  spot: { path: '/api/v3/depth', limit: 1_000, weight: 50 },
  futures: { path: '/fapi/v1/depth', limit: 1_000, weight: 20 },
} as const;

/**
 * The public data of a venue as events of the model. Each method returns the way to end it. A message that is not as documented, or of
 * another symbol, is dropped and counted.
 */
export class MarketData {
  readonly #parts: MarketDataParts;
  readonly #mapper: MarketMapper;
  #books = 0;

  constructor(parts: MarketDataParts) {
    this.#parts = parts;
    this.#mapper = new MarketMapper(parts.tickSize);
  }

  /** How many messages were dropped, by reason. */
  get malformed(): Readonly<Record<Malformation, number>> {
    return this.#mapper.malformed;
  }

  /** Best prices as ticks of the model. Spot does not time them, so they have the time at which they came. */
  ticks(symbol: string, listener: (tick: Tick) => void): () => void {
    const { clock } = this.#parts;
    let last = 0;
    return this.quotes(symbol, ({ time, bid, ask }) => {
      // A clock that is corrected may go back; ticks never do.
      last = Math.max(last, time ?? clock.now());
      listener({ symbol, time: last, bid, ask, volume: 0 });
    });
  }

  /** Best prices and what stands there. */
  quotes(symbol: string, listener: (quote: BookTicker) => void): () => void {
    return this.#subscribe(streamName.quotes(symbol), symbol, (data) => this.#mapper.quote(data), listener);
  }

  /** Trades one by one; those of one taker at one price as one where `aggregated`, which is all that futures document. */
  trades(
    symbol: string,
    listener: (trade: MarketTrade) => void,
    { aggregated = this.#parts.venue === 'futures' }: { readonly aggregated?: boolean } = {},
  ): () => void {
    const stream = aggregated ? streamName.aggregates(symbol) : streamName.trades(symbol);
    return this.#subscribe(stream, symbol, (data) => this.#mapper.trade(data), listener);
  }

  /**
   * Klines as they form, each told again and again until it is closed.
   * @throws {@link MikroBotError} `BAD_TIMEFRAME` where the venue has no klines of that length
   */
  bars(symbol: string, timeframe: Timeframe, listener: (update: BarUpdate) => void): () => void {
    const stream = streamName.bars(symbol, timeframe, this.#parts.venue);
    return this.#subscribe(stream, symbol, (data) => this.#mapper.bar(data), listener);
  }

  /** The best levels, whole, ten times a second. */
  depth(symbol: string, levels: 5 | 10 | 20, listener: (book: DepthSnapshot) => void): () => void {
    const stream = streamName.depth(symbol, levels);
    return this.#subscribe(stream, symbol, (data) => this.#mapper.depth(data, symbol), listener);
  }

  /** The whole book, kept in sync. */
  book(symbol: string, { depth, listener }: BookOptions = {}): LiveBook {
    const { venue, clock, get } = this.#parts;
    const { path, limit, weight } = snapshots[venue];
    this.#books += 1;
    const keeper = new BookKeeper({
      venue,
      depth,
      clock,
      name: `binance ${venue} book ${symbol} ${this.#books}`,
      load: async () => this.#mapper.depth(await get(path, { symbol, limit }, weight), symbol),
      changed: (book) => listener?.(book),
    });
    const end = this.#subscribe(
      streamName.diffs(symbol),
      symbol,
      (data) => this.#mapper.diff(data),
      (diff) => keeper.take(diff),
    );
    return {
      book: keeper.book,
      get resyncs() {
        return keeper.resyncs;
      },
      close() {
        end();
        keeper.close();
      },
    };
  }

  /** Mark price and funding, each second; futures only. */
  markPrice(symbol: string, listener: (mark: MarkPrice) => void): () => void {
    return this.#subscribe(streamName.mark(symbol), symbol, (data) => this.#mapper.mark(data), listener);
  }

  /** Closed bars of the past; see {@link history}. */
  history(query: HistoryQuery): AsyncIterable<Bar> {
    const { venue, get, clock } = this.#parts;
    return history({ venue, get, clock, mapper: this.#mapper }, query);
  }

  #subscribe<T extends { readonly kind: string }>(
    stream: string,
    symbol: string,
    read: (data: unknown) => T | undefined,
    listener: (event: T) => void,
  ): () => void {
    return this.#parts.streams.subscribe(stream, (data) => {
      const event = read(data);
      if (event === undefined) return;
      const about = 'bar' in event ? (event.bar as Bar).symbol : 'symbol' in event ? event.symbol : undefined;
      if (about === symbol) listener(event);
      else this.#mapper.refuse('symbol');
    });
  }
}
