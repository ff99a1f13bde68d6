import type { Exchange } from '../../exchange.js';
import { writeJson } from '../../shared/json.js';
import type { StreamHub } from '../stream-hub.js';
import type { VenueStyle } from '../venue.js';
import { type KlineRow, klineOf } from './kline-rows.js';
import { Payloads } from './payloads.js';
import { type Print, SymbolMarket } from './symbol-market.js';

/** Klines that a market has from before, by symbol and interval, as rows of REST, oldest first. */
export type History = Readonly<Record<string, Readonly<Record<string, readonly KlineRow[]>>>>;

/** Prices and quantities of spot have eight decimals on the wire, those of futures as many as their steps. */
const SPOT_SCALE = 8;

/** The public market of a venue: what its streams tell and its lists answer comes from here, so that they agree. */
export class MarketFeed {
  readonly payloads: Payloads;
  readonly markets: ReadonlyMap<string, SymbolMarket>;
  /** Streams that a recording tells as they are: nothing is made up for them meanwhile. */
  readonly retold = new Set<string>();
  readonly #streams: StreamHub;

  /** @param firstId - where ids of updates and trades begin */
  constructor(parts: {
    readonly exchange: Pick<Exchange, 'symbols'>;
    readonly style: VenueStyle;
    readonly streams: StreamHub;
    readonly now: () => number;
    readonly firstId: bigint;
    readonly history?: History | undefined;
  }) {
    const scale = parts.style.name === 'spot' ? SPOT_SCALE : undefined;
    this.#streams = parts.streams;
    this.payloads = new Payloads(parts.style, parts.now);
    this.markets = new Map(
      parts.exchange.symbols.map((rule) => [rule.symbol, new SymbolMarket(rule, parts.firstId, scale)]),
    );
    for (const [symbol, intervals] of Object.entries(parts.history ?? {}))
      for (const [interval, rows] of Object.entries(intervals)) this.preset(symbol, interval, rows);
  }

  /** @throws RangeError when the symbol is not listed */
  market(symbol: string): SymbolMarket {
    const market = this.markets.get(symbol);
    if (market === undefined) throw new RangeError(`The simulator does not list ${symbol}.`);
    return market;
  }

  /** The market had these klines, rows as REST lists them, oldest first. */
  preset(symbol: string, interval: string, rows: readonly KlineRow[]): void {
    this.market(symbol).klines.preset(
      interval,
      rows.map((row) => klineOf(interval, row)),
    );
  }

  quote(symbol: string, time: number, bid: number, ask: number): void {
    const market = this.market(symbol);
    market.quote(time, bid, ask);
    this.tell(`${symbol.toLowerCase()}@bookTicker`, () => this.payloads.bookTicker(market));
    this.tell('!bookTicker', () => this.payloads.bookTicker(market));
  }

  trade(symbol: string, time: number, price: number, quantity: number, buyerIsMaker: boolean): void {
    const market = this.market(symbol);
    this.tellPrint(market, market.trade(time, price, quantity, buyerIsMaker));
  }

  tellPrint(market: SymbolMarket, print: Print): void {
    const name = market.rule.symbol.toLowerCase();
    this.tell(`${name}@trade`, () => this.payloads.trade(market, print));
    this.tell(`${name}@aggTrade`, () => this.payloads.aggTrade(market, print));
  }

  /** Tells a stream, unless nobody listens or a recording tells it. */
  tell(stream: string, payload: () => unknown): void {
    if (this.#streams.wants(stream) && !this.retold.has(stream))
      this.#streams.tell(stream, writeJson(payload()));
  }

  /** Tells a payload as it was recorded. */
  retell(stream: string, payload: string): void {
    this.#streams.tell(stream, payload);
  }
}
