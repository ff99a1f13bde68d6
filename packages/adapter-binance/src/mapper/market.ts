import type { Bar, Timeframe } from '@mikrobot/core';
import { parseLossless } from '../transport/lossless-json.js';
import { barOf, klineOf, type TickSize } from './bar-messages.js';
import { depthOf, diffOf, quoteOf } from './book-messages.js';
import { markOf } from './mark-message.js';
import {
  type BarUpdate,
  type BookTicker,
  type DepthDiff,
  type DepthSnapshot,
  type Drop,
  type Malformation,
  type MarketEvent,
  type MarketTrade,
  type MarkPrice,
  malformations,
  type Raw,
} from './market-events.js';
import { tradeOf } from './trade-message.js';

const PARTIAL_DEPTH = /^([^@]+)@depth(?:5|10|20)(?:@|$)/;

/**
 * Public messages of spot and USD-M futures into the model's words. Each message is checked whole before it is believed: one that is not
 * as documented becomes undefined and is counted by reason, never a trade or a price. Plain comparisons, because these feeds are hot.
 */
export class MarketMapper {
  readonly #tickSize: TickSize;
  readonly #malformed = Object.fromEntries(malformations.map((reason) => [reason, 0])) as Record<
    Malformation,
    number
  >;

  /**
   * @param tickSize - Of a symbol. Klines are of trades, bars have bids and asks: the bid is the trade's price, and the ask one tick
   * above, the narrowest spread that there can be. Default: no spread.
   */
  constructor(tickSize: (symbol: string) => number = () => 0) {
    this.#tickSize = tickSize;
  }

  /** How many messages were dropped, by reason. */
  get malformed(): Readonly<Record<Malformation, number>> {
    return this.#malformed;
  }

  /** The event of a message as it came from the socket, bare or wrapped as `{stream, data}`. */
  read(text: string): MarketEvent | undefined {
    let message: unknown;
    try {
      message = parseLossless(text);
    } catch {
      return this.#drop('json');
    }
    if (typeof message !== 'object' || message === null) return this.#drop('kind');
    const { stream, data } = message as Raw;
    return typeof stream === 'string' && data !== undefined ? this.event(data, stream) : this.event(message);
  }

  /**
   * The event of a parsed payload.
   * @param stream - The stream it came by. Partial depth is told from diffs by it, and on spot gets its symbol from it.
   */
  event(payload: unknown, stream = ''): MarketEvent | undefined {
    if (typeof payload !== 'object' || payload === null) return this.#drop('kind');
    const partial = stream === '' ? null : PARTIAL_DEPTH.exec(stream);
    if (partial !== null) return this.depth(payload, (partial[1] as string).toUpperCase());
    switch ((payload as Raw).e) {
      case 'trade':
      case 'aggTrade':
        return this.trade(payload);
      case 'bookTicker':
        return this.quote(payload);
      case 'depthUpdate':
        return this.diff(payload);
      case 'kline':
        return this.bar(payload);
      case 'markPriceUpdate':
        return this.mark(payload);
      case undefined:
        return 'B' in payload && 'A' in payload ? this.quote(payload) : this.#drop('kind');
      default:
        return this.#drop('kind');
    }
  }

  /** A `trade` or an `aggTrade`. */
  trade(payload: unknown): MarketTrade | undefined {
    return tradeOf(payload, this.#drop);
  }

  /** A `bookTicker`, of spot (without a time) or of futures. A side that is empty has no price, so there is no quote. */
  quote(payload: unknown): BookTicker | undefined {
    return quoteOf(payload, this.#drop);
  }

  /** A `depthUpdate`: changes of the book. */
  diff(payload: unknown): DepthDiff | undefined {
    return diffOf(payload, this.#drop);
  }

  /** The best levels of a partial depth stream, or the whole book of a depth snapshot by REST. */
  depth(payload: unknown, symbol: string): DepthSnapshot | undefined {
    return depthOf(payload, symbol, this.#drop);
  }

  /** A `kline` of a length that we have a name for. */
  bar(payload: unknown): BarUpdate | undefined {
    return barOf(payload, this.#tickSize, this.#drop);
  }

  /** A bar of the history by REST: `[open time, open, high, low, close, volume, close time, quote volume, trades, …]`. */
  kline(row: unknown, symbol: string, timeframe: Timeframe): Bar | undefined {
    return klineOf(row, symbol, timeframe, this.#tickSize, this.#drop);
  }

  /** A `markPriceUpdate` of futures. */
  mark(payload: unknown): MarkPrice | undefined {
    return markOf(payload, this.#drop);
  }

  /** Counts a message that is sound in itself but has no business where it came. */
  refuse(reason: Malformation): void {
    this.#drop(reason);
  }

  readonly #drop: Drop = (reason) => {
    this.#malformed[reason] += 1;
    return undefined;
  };
}
