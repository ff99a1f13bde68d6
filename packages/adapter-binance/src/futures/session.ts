import {
  type Bar,
  type Clock,
  type HistoryQuery,
  type Instrument,
  MikroBotError,
  type Random,
  type Tick,
  toDecimalString,
} from '@mikrobot/core';
import type { LineState } from '../connection/line-state.js';
import { preflightError } from '../connection/preflight-error.js';
import { toVenueSymbols, type VenueSymbol } from '../mapper/instruments.js';
import { readRateLimits } from '../mapper/rate-limits.js';
import { readVenue } from '../mapper/schemas.js';
import { MarketData } from '../market/market-data.js';
import { futuresPath } from '../market/stream-names.js';
import type { BinanceEndpoints, BinanceFuturesOptions } from '../options.js';
import { KeyRing } from '../transport/keys.js';
import { RestClient } from '../transport/rest-client.js';
import { StreamHub } from '../transport/stream-hub.js';
import type { FuturesVoice } from './notices.js';
import { openTrading } from './open-trading.js';
import { Ticks } from './ticks.js';
import type { Trading } from './trading.js';
import { bookTickerSchema } from './wire.js';

const WHERE = 'binance futures';
/** Ms between two signs of life that are passed on. */
const BEAT = 1_000;
/** Ms that an event may seem to come from the future before the clocks are compared again. */
const DRIFT = 500;
/** Ms between two such comparisons. */
const COMPARE = 10_000;
/** Ms after which a mark price is too old to judge an order by. */
const FRESH = 10_000;

/** What a session is opened with. */
export interface SessionParts {
  readonly options: BinanceFuturesOptions;
  readonly endpoints: BinanceEndpoints;
  readonly clock: Clock;
  readonly random: Random;
  /** Where events go to. */
  readonly adapter: FuturesVoice;
  readonly line: LineState;
  readonly abort: AbortSignal;
}

/** What exists while an adapter is connected: the lines, the symbols, the market, and with keys the account. */
export class Session {
  readonly market: MarketData;
  /** Undefined without keys. */
  trading: Trading | undefined;
  readonly #parts: SessionParts;
  readonly #rest: RestClient;
  readonly #hubs: Readonly<Record<'public' | 'market', StreamHub>>;
  #symbols: ReadonlyMap<string, VenueSymbol> = new Map();
  readonly #ticks: Ticks;
  readonly #marks = new Map<string, { readonly price: string; readonly at: number }>();
  #beaten = Number.NEGATIVE_INFINITY;
  #compared = Number.NEGATIVE_INFINITY;
  #closed = false;

  /** @param keys - undefined for market data only */
  constructor(parts: SessionParts, keys: KeyRing | undefined) {
    const { endpoints, clock, random, options, adapter } = parts;
    this.#parts = parts;
    const recvWindow = options.recvWindow ?? 5_000;
    const onLimit = (
      notice: Parameters<NonNullable<ConstructorParameters<typeof RestClient>[0]['onLimit']>>[0],
    ) => void adapter.notices.emit('limit', notice);
    this.#rest = new RestClient({ endpoints, keys, clock, random, recvWindow, name: WHERE, onLimit });
    const rest = this.#rest;
    const hub = (name: 'public' | 'market'): StreamHub => {
      const made = new StreamHub({
        url: `${endpoints.streams}/${name}/stream`,
        clock,
        random,
        name: `${WHERE} ${name}`,
      });
      made.on('up', () => {
        if (name === 'public') this.#ticks.up = true;
        parts.line.market([name], true, `${name} market data is back`);
      });
      made.on('down', (reason) => {
        if (name === 'public') this.#ticks.up = false;
        parts.line.market([name], false, `${name} market data: ${reason}`);
      });
      made.on('trouble', (error) => adapter.notices.emit('trouble', error));
      if (keys === undefined) made.on('alive', () => this.#alive());
      return made;
    };
    this.#hubs = { public: hub('public'), market: hub('market') };
    this.market = new MarketData({
      venue: 'futures',
      clock: { now: () => rest.now(), arm: (id, at, wake) => clock.arm(id, at, wake) },
      tickSize: (symbol) => this.#symbols.get(symbol)?.instrument.tickSize ?? 0,
      streams: {
        subscribe: (stream, listener) => this.#hubs[futuresPath(stream)].subscribe(stream, listener),
      },
      get: (path, params, weight) => rest.request({ method: 'GET', path, params, security: 'none', weight }),
    });
    this.#ticks = new Ticks({
      market: this.market,
      clock,
      ask: (symbol) => this.#quote(symbol),
      tell: (tick) => {
        if (this.#closed) return;
        this.#heardAt(tick.time);
        adapter.emit('tick', tick);
      },
    });
  }

  /** Best prices as they are, for a market in which nothing changes. */
  async #quote(symbol: string): Promise<Tick | undefined> {
    const { abort, adapter } = this.#parts;
    try {
      const path = '/fapi/v1/ticker/bookTicker';
      const raw = await this.#rest.request({
        method: 'GET',
        path,
        params: { symbol },
        security: 'none',
        weight: 2,
        abort,
      });
      const { bidPrice: bid, askPrice: ask, time } = readVenue(bookTickerSchema, raw, 'bookTicker');
      return bid > 0 && ask >= bid ? { symbol, time, bid, ask, volume: 0 } : undefined;
    } catch (error) {
      if (!this.#closed) adapter.notices.emit('trouble', error);
      return undefined;
    }
  }

  /** Reads what the venue is, and with keys what the account is. */
  async open(withKeys: boolean): Promise<void> {
    const { abort, options, line } = this.#parts;
    const rest = this.#rest;
    await rest.syncClock('/fapi/v1/time');
    const info = await rest.request({
      method: 'GET',
      path: '/fapi/v1/exchangeInfo',
      security: 'none',
      weight: 1,
      abort,
    });
    rest.budget.learn(readRateLimits(info));
    this.#symbols = toVenueSymbols(info, 'futures', options.symbols);
    if (!withKeys) return line.userUp(false, 'connected, without an account');
    this.trading = await openTrading({
      ...this.#parts,
      rest,
      symbols: this.#symbols,
      markPrice: (symbol) => this.#markPrice(symbol),
      onAlive: () => this.#alive(),
    });
  }

  /** With the margin that the leverage of each symbol asks for. */
  get instruments(): readonly Instrument[] {
    return [...this.#symbols.values()].map(({ instrument }) => {
      const leverage = this.trading?.account.leverageOf(instrument.symbol);
      return leverage === undefined ? instrument : Object.freeze({ ...instrument, marginRate: 1 / leverage });
    });
  }

  /** Ticks, and the mark price that orders are judged by. @throws `MikroBotError` `UNKNOWN_INSTRUMENT` */
  async subscribe(symbol: string): Promise<() => void> {
    this.#listed(symbol);
    const endMark = this.market.markPrice(symbol, ({ price, time }) => {
      this.#marks.set(symbol, { price: toDecimalString(price, 8), at: time });
    });
    const endTicks = await this.#ticks.want(symbol);
    return () => {
      endMark();
      endTicks();
    };
  }

  /** @throws `MikroBotError` `UNKNOWN_INSTRUMENT` */
  history(query: HistoryQuery): AsyncIterable<Bar> {
    this.#listed(query.symbol);
    return this.market.history(query);
  }

  close(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.#ticks.close();
    this.trading?.close();
    for (const hub of Object.values(this.#hubs)) hub.close();
    this.#rest.close();
  }

  #listed(symbol: string): VenueSymbol {
    const found = this.#symbols.get(symbol);
    if (found !== undefined) return found;
    throw new MikroBotError('UNKNOWN_INSTRUMENT', `${symbol} is not among the configured symbols.`, {
      where: WHERE,
      hint: `They are ${this.#parts.options.symbols.join(', ')}.`,
    });
  }

  #markPrice(symbol: string): string | undefined {
    const mark = this.#marks.get(symbol);
    return mark !== undefined && this.#rest.now() - mark.at < FRESH ? mark.price : undefined;
  }

  /** Passes on that the venue is alive, not for every frame. */
  #alive(): void {
    const now = this.#parts.clock.now();
    if (this.#closed || now - this.#beaten < BEAT) return;
    this.#beaten = now;
    this.#parts.adapter.emit('heartbeat');
  }

  /**
   * An event of the venue's future means that its clock went on without ours: compared now, so that no order is refused for it.
   * Events of the past mean nothing, for they may only be late.
   */
  #heardAt(time: number): void {
    const rest = this.#rest;
    const now = rest.now();
    if (time - now <= DRIFT || now - this.#compared < COMPARE) return;
    this.#compared = now;
    const { notices } = this.#parts.adapter;
    rest.time.sync().then(
      () => notices.emit('clock', rest.offset),
      (error) => notices.emit('trouble', error),
    );
  }
}

/** @throws `MikroBotError` what {@link Session.open} says; everything that was opened is closed again */
export const openSession = async (parts: SessionParts): Promise<Session> => {
  const keys = await KeyRing.load(parts.options.secrets);
  const session = new Session(parts, keys);
  try {
    await session.open(keys !== undefined);
    return session;
  } catch (cause) {
    session.close();
    throw preflightError(cause, WHERE);
  }
};
