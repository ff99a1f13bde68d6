import { type Bar, decimalsOf, type Timeframe, timeframeMs } from '@mikrobot/core';
import { parseLossless } from '../transport/lossless-json.js';
import { digitsOf, isPrice, isQuantity, isSymbol, isTime, isUpdateId } from './checks.js';
import { decimalNumber, signedNumber } from './decimal-text.js';
import { timeframeOf } from './intervals.js';
import {
  type BarUpdate,
  type BookTicker,
  type DepthDiff,
  type DepthSnapshot,
  type Malformation,
  type MarketEvent,
  type MarketTrade,
  type MarkPrice,
  malformations,
  type PriceLevel,
} from './market-events.js';

/** What a JSON object is before anything is known of it. */
type Raw = Readonly<Record<string, unknown>>;

const PARTIAL_DEPTH = /^([^@]+)@depth(?:5|10|20)(?:@|$)/;

/**
 * Public messages of spot and USD-M futures into the model's words. Each message is checked whole before it is believed: one that is not
 * as documented becomes undefined and is counted by reason, never a trade or a price. Plain comparisons, because these feeds are hot.
 */
export class MarketMapper {
  readonly #tickSize: (symbol: string) => number;
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
    if (typeof payload !== 'object' || payload === null) return this.#drop('shape');
    const raw = payload as Raw;
    const { e, s: symbol, T: time, m: buyerMade } = raw;
    const aggregate = e === 'aggTrade';
    if (!aggregate && e !== 'trade') return this.#drop('kind');
    if (typeof buyerMade !== 'boolean') return this.#drop('shape');
    if (!isSymbol(symbol)) return this.#drop('symbol');
    if (!isTime(time)) return this.#drop('time');
    const price = decimalNumber(raw.p);
    if (!isPrice(price)) return this.#drop('price');
    const quantity = decimalNumber(raw.q);
    if (!isPrice(quantity)) return this.#drop('quantity');
    const id = digitsOf(aggregate ? raw.a : raw.t);
    if (id === undefined) return this.#drop('id');
    let span: MarketTrade['span'];
    if (aggregate) {
      const first = digitsOf(raw.f);
      const last = digitsOf(raw.l);
      if (first === undefined || last === undefined) return this.#drop('id');
      span = { first, last };
    }
    const taker = buyerMade ? 'sell' : 'buy';
    return { kind: 'trade', symbol, id, time, price, quantity, taker, span };
  }

  /** A `bookTicker`, of spot (without a time) or of futures. A side that is empty has no price, so there is no quote. */
  quote(payload: unknown): BookTicker | undefined {
    if (typeof payload !== 'object' || payload === null) return this.#drop('shape');
    const raw = payload as Raw;
    const { e, s: symbol, u: updateId } = raw;
    if (e !== undefined && e !== 'bookTicker') return this.#drop('kind');
    if (!isSymbol(symbol)) return this.#drop('symbol');
    if (!isUpdateId(updateId)) return this.#drop('id');
    // Futures have both the time of the match and that of the message.
    const time = raw.T ?? raw.E;
    if (time !== undefined ? !isTime(time) : e !== undefined) return this.#drop('time');
    const bid = decimalNumber(raw.b);
    const ask = decimalNumber(raw.a);
    if (!isPrice(bid) || !isPrice(ask)) return this.#drop('price');
    if (ask < bid) return this.#drop('crossed');
    const bidQuantity = decimalNumber(raw.B);
    const askQuantity = decimalNumber(raw.A);
    if (!isQuantity(bidQuantity) || !isQuantity(askQuantity)) return this.#drop('quantity');
    return {
      kind: 'quote',
      symbol,
      updateId,
      time: time as number | undefined,
      bid,
      bidQuantity,
      ask,
      askQuantity,
    };
  }

  /** A `depthUpdate`: changes of the book. */
  diff(payload: unknown): DepthDiff | undefined {
    if (typeof payload !== 'object' || payload === null) return this.#drop('shape');
    const raw = payload as Raw;
    const { e, s: symbol, E: told, T: matched, U: first, u: last, pu: previous } = raw;
    if (e !== 'depthUpdate') return this.#drop('kind');
    if (!isSymbol(symbol)) return this.#drop('symbol');
    const time = matched ?? told;
    if (!isTime(time)) return this.#drop('time');
    if (!isUpdateId(first) || !isUpdateId(last) || first > last) return this.#drop('id');
    if (previous !== undefined && !isUpdateId(previous)) return this.#drop('id');
    const bids = this.#levels(raw.b);
    const asks = bids === undefined ? undefined : this.#levels(raw.a);
    if (bids === undefined || asks === undefined) return undefined;
    return { kind: 'depth', symbol, time, first, last, previous, bids, asks };
  }

  /** The best levels of a partial depth stream, or the whole book of a depth snapshot by REST. */
  depth(payload: unknown, symbol: string): DepthSnapshot | undefined {
    if (typeof payload !== 'object' || payload === null) return this.#drop('shape');
    const raw = payload as Raw;
    // On futures the stream has the fields of a diff, and the snapshot those of spot with times.
    const updateId = raw.lastUpdateId ?? raw.u;
    if (!isUpdateId(updateId)) return this.#drop('id');
    const time = raw.T ?? raw.E;
    if (time !== undefined && !isTime(time)) return this.#drop('time');
    if (raw.s !== undefined && raw.s !== symbol) return this.#drop('symbol');
    const told = this.#levels(raw.bids ?? raw.b);
    const offered = told === undefined ? undefined : this.#levels(raw.asks ?? raw.a);
    if (told === undefined || offered === undefined) return undefined;
    const bids = bestFirst(told, 1);
    const asks = bestFirst(offered, -1);
    if (bids.length > 0 && asks.length > 0 && asks[0]![0] < bids[0]![0]) return this.#drop('crossed');
    return { kind: 'book', symbol, updateId, time, bids, asks };
  }

  /** A `kline` of a length that we have a name for. */
  bar(payload: unknown): BarUpdate | undefined {
    if (typeof payload !== 'object' || payload === null) return this.#drop('shape');
    const { e, s: symbol, k } = payload as Raw;
    if (e !== 'kline') return this.#drop('kind');
    if (typeof k !== 'object' || k === null) return this.#drop('shape');
    const raw = k as Raw;
    const timeframe = timeframeOf(raw.i);
    if (timeframe === undefined || typeof raw.x !== 'boolean') return this.#drop('shape');
    if (!isSymbol(symbol)) return this.#drop('symbol');
    const { t, T, o, h, l, c, v, n } = raw;
    const bar = this.#bar(symbol, timeframe, [t, o, h, l, c, v, T, undefined, n]);
    return bar && { kind: 'bar', interval: raw.i as string, timeframe, closed: raw.x, bar };
  }

  /** A bar of the history by REST: `[open time, open, high, low, close, volume, close time, quote volume, trades, …]`. */
  kline(row: unknown, symbol: string, timeframe: Timeframe): Bar | undefined {
    if (!Array.isArray(row)) return this.#drop('shape');
    return this.#bar(symbol, timeframe, row);
  }

  /** A `markPriceUpdate` of futures. */
  mark(payload: unknown): MarkPrice | undefined {
    if (typeof payload !== 'object' || payload === null) return this.#drop('shape');
    const raw = payload as Raw;
    const { e, s: symbol, E: time, r: rate, T: next } = raw;
    if (e !== 'markPriceUpdate') return this.#drop('kind');
    if (!isSymbol(symbol)) return this.#drop('symbol');
    if (!isTime(time)) return this.#drop('time');
    const price = decimalNumber(raw.p);
    if (!isPrice(price)) return this.#drop('price');
    const index = raw.i === undefined ? undefined : decimalNumber(raw.i);
    if (index !== undefined && !isQuantity(index)) return this.#drop('price');
    // Contracts with a delivery pay no funding: the rate is empty and its time 0.
    const pays = rate !== undefined && rate !== '';
    const fundingRate = pays ? signedNumber(rate) : undefined;
    if (fundingRate !== undefined && !(Math.abs(fundingRate) <= 1)) return this.#drop('rate');
    if (pays ? !isTime(next) : next !== undefined && next !== 0 && !isTime(next)) return this.#drop('time');
    const nextFunding = pays ? (next as number) : undefined;
    return {
      kind: 'mark',
      symbol,
      time,
      price,
      index: index === 0 ? undefined : index,
      fundingRate,
      nextFunding,
    };
  }

  /** Counts a message that is sound in itself but has no business where it came. */
  refuse(reason: Malformation): void {
    this.#drop(reason);
  }

  #bar(symbol: string, timeframe: Timeframe, row: readonly unknown[]): Bar | undefined {
    const [time, o, h, l, c, v, last, , trades] = row;
    if (!isTime(time) || !isTime(last) || last !== time + timeframeMs(timeframe) - 1)
      return this.#drop('time');
    const open = decimalNumber(o);
    const high = decimalNumber(h);
    const low = decimalNumber(l);
    const close = decimalNumber(c);
    if (!isPrice(low) || !isPrice(high) || !(open >= low && open <= high && close >= low && close <= high))
      return this.#drop('price');
    const volume = decimalNumber(v);
    if (!isQuantity(volume) || !isUpdateId(trades)) return this.#drop('quantity');
    const tickSize = this.#tickSize(symbol);
    return {
      symbol,
      timeframe,
      time,
      closeTime: last + 1,
      open,
      high,
      low,
      close,
      askOpen: above(open, tickSize),
      askHigh: above(high, tickSize),
      askLow: above(low, tickSize),
      askClose: above(close, tickSize),
      volume,
      ticks: trades,
    };
  }

  #levels(value: unknown): readonly PriceLevel[] | undefined {
    if (!Array.isArray(value)) return this.#drop('shape');
    const levels: PriceLevel[] = [];
    for (const level of value) {
      if (!Array.isArray(level)) return this.#drop('shape');
      const price = decimalNumber(level[0]);
      if (!isPrice(price)) return this.#drop('price');
      const quantity = decimalNumber(level[1]);
      if (!isQuantity(quantity)) return this.#drop('quantity');
      levels.push([price, quantity]);
    }
    return levels;
  }

  #drop(reason: Malformation): undefined {
    this.#malformed[reason] += 1;
    return undefined;
  }
}

/** A price one tick up, without the dust of binary fractions. */
const above = (price: number, tickSize: number): number =>
  tickSize === 0 ? price : Number((price + tickSize).toFixed(decimalsOf(tickSize)));

/** The documentation of futures shows bids from the worst to the best, the venue sends them the other way: neither is relied upon. */
const bestFirst = (levels: readonly PriceLevel[], sign: 1 | -1): readonly PriceLevel[] => {
  const sorted = levels.every(([price], i) => i === 0 || (levels[i - 1]![0] - price) * sign > 0);
  return sorted ? levels : [...levels].sort(([a], [b]) => (b - a) * sign);
};
