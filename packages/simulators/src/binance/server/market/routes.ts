import type { Route, VenueCall } from '../../exchange.js';
import { doorErrors } from '../../shared/errors.js';
import type { MarketFeed } from './feed.js';
import { isInterval } from './intervals.js';
import { klineRow } from './kline-rows.js';
import type { Print, SymbolMarket } from './symbol-market.js';
import { averagePrice, dayOf } from './tickers.js';
import { nextFunding } from './timed-streams.js';

type Params = VenueCall['params'];
/** A route by its method and path. */
export type NamedRoute = readonly [name: string, route: Route];

/** @throws VenueError -1102, -1130 */
const integer = (params: Params, name: string): number | undefined => {
  const text = params[name];
  if (text === undefined) return undefined;
  if (!/^\d{1,16}$/.test(text)) throw doorErrors.mandatory(name);
  return Number(text);
};

const limitOf = (params: Params, usual: number, most: number): number => {
  const limit = integer(params, 'limit') ?? usual;
  if (limit < 1) throw doorErrors.invalid('limit');
  return Math.min(limit, most);
};

/** Keeps the items in time and of the right number: from the start when `startTime` is sent, else the last ones. */
const window = <T>(items: readonly T[], params: Params, limit: number, timeOf: (item: T) => number): T[] => {
  const from = integer(params, 'startTime') ?? 0;
  const to = integer(params, 'endTime') ?? Number.POSITIVE_INFINITY;
  const found = items.filter((item) => timeOf(item) >= from && timeOf(item) <= to);
  return params.startTime === undefined ? found.slice(-limit) : found.slice(0, limit);
};

/** The public routes of a venue's market. */
export class MarketRoutes {
  readonly #feed: MarketFeed;
  readonly #futures: boolean;

  constructor(feed: MarketFeed, venue: 'spot' | 'futures') {
    this.#feed = feed;
    this.#futures = venue === 'futures';
  }

  /** All of them. */
  all(): readonly NamedRoute[] {
    return this.#futures ? this.#ofFutures() : this.#ofSpot();
  }

  #ofSpot(): readonly NamedRoute[] {
    const many = (one: number, all: number) => (params: Params) => (params.symbol === undefined ? all : one);
    return [
      this.#get('/api/v3/ping', 'ping', 1, () => ({})),
      this.#get('/api/v3/time', 'time', 1, ({ now }) => ({ serverTime: now })),
      this.#get('/api/v3/depth', 'depth', spotDepthWeight, (call) => this.#depth(call, 100, 5_000)),
      this.#get('/api/v3/trades', 'trades.recent', 25, (call) => this.#trades(call)),
      this.#get('/api/v3/historicalTrades', 'trades.historical', 25, (call) => this.#trades(call)),
      this.#get('/api/v3/aggTrades', 'trades.aggregate', 4, (call) => this.#aggTrades(call)),
      this.#get('/api/v3/klines', 'klines', 2, (call) => this.#klines(call, 500, 1_000)),
      this.#get('/api/v3/uiKlines', 'uiKlines', 2, (call) => this.#klines(call, 500, 1_000)),
      this.#get('/api/v3/avgPrice', 'avgPrice', 2, (call) => this.#average(call)),
      this.#get('/api/v3/ticker/price', 'ticker.price', many(2, 4), (call) => this.#price(call, false)),
      this.#get('/api/v3/ticker/bookTicker', 'ticker.book', many(2, 4), (call) => this.#bookTicker(call)),
      this.#get('/api/v3/ticker/24hr', 'ticker.24hr', many(2, 80), (call) => this.#day(call)),
    ];
  }

  #ofFutures(): readonly NamedRoute[] {
    const many = (one: number, all: number) => (params: Params) => (params.symbol === undefined ? all : one);
    return [
      this.#get('/fapi/v1/ping', undefined, 1, () => ({})),
      this.#get('/fapi/v1/time', undefined, 1, ({ now }) => ({ serverTime: now })),
      this.#get('/fapi/v1/depth', 'depth', futuresDepthWeight, (call) => this.#depth(call, 500, 1_000)),
      this.#get('/fapi/v1/trades', undefined, 5, (call) => this.#trades(call)),
      this.#get('/fapi/v1/aggTrades', undefined, 20, (call) => this.#aggTrades(call)),
      this.#get('/fapi/v1/klines', undefined, futuresKlineWeight, (call) => this.#klines(call, 500, 1_500)),
      this.#get('/fapi/v1/ticker/price', undefined, many(1, 2), (call) => this.#price(call, true)),
      this.#get('/fapi/v2/ticker/price', 'ticker.price', many(1, 2), (call) => this.#price(call, true)),
      this.#get('/fapi/v1/ticker/bookTicker', 'ticker.book', many(2, 5), (call) => this.#bookTicker(call)),
      this.#get('/fapi/v1/ticker/24hr', undefined, many(1, 40), (call) => this.#day(call)),
      this.#get('/fapi/v1/premiumIndex', undefined, many(1, 10), (call) => this.#premium(call)),
    ];
  }

  #get(
    path: string,
    wsMethod: string | undefined,
    weight: Route['weight'],
    handle: Route['handle'],
  ): NamedRoute {
    const named = wsMethod === undefined ? {} : { wsMethod };
    return [`GET ${path}`, { security: 'NONE', weight, handle, ...named }];
  }

  /** @throws VenueError -1102 without a symbol, -1121 for one that is not listed */
  #market({ params }: VenueCall): SymbolMarket {
    if (params.symbol === undefined || params.symbol === '') throw doorErrors.mandatory('symbol');
    const market = this.#feed.markets.get(params.symbol);
    if (market === undefined) throw doorErrors.symbol();
    return market;
  }

  /** One item for `symbol`, a list for `symbols` or for neither. */
  #each(call: VenueCall, item: (market: SymbolMarket) => unknown): unknown {
    if (call.params.symbol !== undefined) return item(this.#market(call));
    const names = call.params.symbols;
    if (names === undefined) return [...this.#feed.markets.values()].map(item);
    let list: unknown;
    try {
      list = JSON.parse(names);
    } catch {
      throw doorErrors.invalid('symbols');
    }
    if (!Array.isArray(list)) throw doorErrors.invalid('symbols');
    return list.map((symbol) => item(this.#market({ ...call, params: { symbol: String(symbol) } })));
  }

  #depth(call: VenueCall, usual: number, most: number): unknown {
    const market = this.#market(call);
    const limit = limitOf(call.params, usual, most);
    if (this.#futures && !FUTURES_DEPTHS.includes(Number(call.params.limit ?? limit)))
      throw doorErrors.depthLimit(String(call.params.limit));
    const levels = market.book.top(limit);
    const times = this.#futures ? { E: call.now, T: Math.floor(market.time) } : {};
    return { lastUpdateId: market.book.updateId, ...times, ...levels };
  }

  #trades(call: VenueCall): unknown {
    const market = this.#market(call);
    const from = call.params.fromId === undefined ? undefined : BigInt(integer(call.params, 'fromId') ?? 0);
    const limit = limitOf(call.params, 500, 1_000);
    const found = from === undefined ? market.prints : market.prints.filter(({ id }) => id >= from);
    const some = from === undefined ? found.slice(-limit) : found.slice(0, limit);
    return some.map((print) => this.#tradeRow(market, print));
  }

  #tradeRow(market: SymbolMarket, print: Print): unknown {
    return {
      id: print.id,
      price: print.price,
      qty: print.quantity,
      quoteQty: market.priceText(Number(print.price) * Number(print.quantity)),
      time: Math.floor(print.time),
      isBuyerMaker: print.buyerIsMaker,
      ...(this.#futures ? { isRPITrade: false } : { isBestMatch: true }),
    };
  }

  #aggTrades(call: VenueCall): unknown {
    const market = this.#market(call);
    const from = BigInt(integer(call.params, 'fromId') ?? 0);
    const prints = market.prints.filter(({ id }) => id >= from);
    const start = call.params.fromId === undefined ? {} : { startTime: call.params.startTime ?? '0' };
    const params = { ...call.params, ...start };
    return window(prints, params, limitOf(call.params, 500, 1_000), ({ time }) => time).map((print) => ({
      a: print.id,
      p: print.price,
      q: print.quantity,
      f: print.id,
      l: print.id,
      T: Math.floor(print.time),
      m: print.buyerIsMaker,
      ...(this.#futures ? {} : { M: true }),
    }));
  }

  #klines(call: VenueCall, usual: number, most: number): unknown {
    const market = this.#market(call);
    const { interval } = call.params;
    if (interval === undefined || interval === '') throw doorErrors.mandatory('interval');
    if (!isInterval(interval) || (this.#futures && interval === '1s')) throw doorErrors.interval();
    const from = integer(call.params, 'startTime') ?? 0;
    const to = integer(call.params, 'endTime') ?? Number.MAX_SAFE_INTEGER;
    const klines = market.klines.between(interval, from, to);
    const limit = limitOf(call.params, usual, most);
    return window(klines, call.params, limit, (kline) => kline.openTime).map((kline) =>
      klineRow(market, kline),
    );
  }

  #average(call: VenueCall): unknown {
    const market = this.#market(call);
    return { mins: 5, price: averagePrice(market, call.now), closeTime: Math.floor(market.time) };
  }

  #price(call: VenueCall, timed: boolean): unknown {
    return this.#each(call, (market) => ({
      symbol: market.rule.symbol,
      price: market.last,
      time: timed ? Math.floor(market.time) : undefined,
    }));
  }

  #bookTicker(call: VenueCall): unknown {
    return this.#each(call, (market) => ({
      symbol: market.rule.symbol,
      bidPrice: market.bid?.[0] ?? market.priceText(0),
      bidQty: market.bid?.[1] ?? market.quantityText(0),
      askPrice: market.ask?.[0] ?? market.priceText(0),
      askQty: market.ask?.[1] ?? market.quantityText(0),
      time: this.#futures ? Math.floor(market.time) : undefined,
    }));
  }

  #day(call: VenueCall): unknown {
    return this.#each(call, (market) => ({ symbol: market.rule.symbol, ...dayOf(market, call.now) }));
  }

  #premium(call: VenueCall): unknown {
    return this.#each(call, (market) => ({
      symbol: market.rule.symbol,
      markPrice: market.markPrice.toFixed(8),
      indexPrice: market.markPrice.toFixed(8),
      estimatedSettlePrice: market.markPrice.toFixed(8),
      lastFundingRate: market.fundingRate.toFixed(8),
      interestRate: '0.00010000',
      nextFundingTime: nextFunding(call.now),
      time: call.now,
    }));
  }
}

/** "Order Book" of USD-M futures: the limits that it takes. */
const FUTURES_DEPTHS: readonly number[] = [5, 10, 20, 50, 100, 500, 1_000];

/** rest-api.md, "Order book". */
const spotDepthWeight = ({ limit }: Params): number => {
  const levels = Number(limit ?? 100);
  return levels <= 100 ? 5 : levels <= 500 ? 25 : levels <= 1_000 ? 50 : 250;
};

/** "Order Book" of USD-M futures. */
const futuresDepthWeight = ({ limit }: Params): number => {
  const levels = Number(limit ?? 500);
  return levels <= 50 ? 2 : levels <= 100 ? 5 : levels <= 500 ? 10 : 20;
};

/** "Kline/Candlestick Data" of USD-M futures. */
const futuresKlineWeight = ({ limit }: Params): number => {
  const rows = Number(limit ?? 500);
  return rows < 100 ? 1 : rows < 500 ? 2 : rows <= 1_000 ? 5 : 10;
};
