import {
  type AccountState,
  type Bar,
  type Clock,
  type ConnectionState,
  type HistoryQuery,
  type Instrument,
  MikroBotError,
  type OrderEvent,
  type Random,
  type Snapshot,
  type Tick,
} from '@mikrobot/core';
import { LineState } from '../connection/line-state.js';
import { readRateLimits } from '../mapper/rate-limits.js';
import { MarketData } from '../market/market-data.js';
import type { BinanceEndpoints } from '../options.js';
import type { KeyRing } from '../transport/keys.js';
import { RestClient } from '../transport/rest-client.js';
import { StreamHub } from '../transport/stream-hub.js';
import { WsApi } from '../transport/ws-api.js';
import { AccountDesk } from './account-desk.js';
import { OrderNews } from './order-news.js';
import { SpotOrders } from './orders.js';
import { Quotes } from './quotes.js';
import { SentOrders } from './sent-orders.js';
import { SilenceWatch } from './silence-watch.js';
import { UserEvents } from './user-events.js';

const NAME = 'binance spot';
/** Ms between two signs of life that are told. */
const BEAT = 1_000;
/** Readings of the account until its books can begin. */
const ATTEMPTS = 3;
/** Ms after which a stream that says nothing is doubted. */
const SILENCE = 60_000;

/** Where a session tells what it hears. */
export interface SessionEvents {
  readonly tick: (tick: Tick) => void;
  readonly order: (event: OrderEvent) => void;
  readonly account: (state: AccountState) => void;
  readonly connection: (state: ConnectionState) => void;
  readonly heartbeat: () => void;
}

/** What a session is made of. */
export interface SessionParts {
  readonly endpoints: BinanceEndpoints;
  readonly symbols: readonly string[];
  readonly keys: KeyRing | undefined;
  /** Ms. */
  readonly recvWindow: number;
  /** Ms. */
  readonly absentAfter: number;
  readonly clock: Clock;
  readonly random: Random;
  readonly events: SessionEvents;
}

/** One connection to the spot venue, from the first request to the last: its lines, and what is done with what they bring. */
export class SpotSession {
  readonly market: MarketData;
  readonly orders: SpotOrders;
  readonly #parts: SessionParts;
  readonly #rest: RestClient;
  readonly #hub: StreamHub;
  readonly #desk: AccountDesk;
  readonly #line: LineState;
  readonly #news: OrderNews;
  readonly #quotes: Quotes;
  readonly #user: UserEvents;
  readonly #watch: SilenceWatch;
  #ws: WsApi | undefined;
  /** Events that came before the books were ready. */
  #early: Readonly<Record<string, unknown>>[] | undefined = [];
  /** Counts how often the user stream was lost. */
  #generation = 0;
  #beat = Number.NEGATIVE_INFINITY;
  #closed = false;

  constructor(parts: SessionParts) {
    const { clock, random, endpoints, keys, recvWindow, events } = parts;
    const rest = new RestClient({ endpoints, keys, clock, random, recvWindow, name: NAME });
    const hub = new StreamHub({ url: `${endpoints.streams}/stream`, clock, random, name: NAME });
    this.#parts = parts;
    this.#rest = rest;
    this.#hub = hub;
    this.market = new MarketData({
      venue: 'spot',
      clock: { now: () => rest.now(), arm: (id, at, wake) => clock.arm(id, at - rest.offset, wake) },
      tickSize: (symbol) => this.#desk.find(symbol)?.instrument.tickSize ?? 0,
      streams: {
        subscribe: (stream, listener) => hub.subscribe(stream, listener, { maxSilence: SILENCE }),
      },
      get: (path, params, weight) => rest.request({ method: 'GET', path, params, security: 'none', weight }),
    });
    this.#line = new LineState((state) => this.#tell(() => events.connection(state)));
    this.#quotes = new Quotes({
      rest,
      market: this.market,
      heard: (stream, alive, detail) => this.#line.market([stream], alive, detail),
      tell: (tick) => {
        this.#desk.prices.set(tick.symbol, tick.bid);
        this.#tell(() => events.tick(tick));
      },
    });
    this.#watch = new SilenceWatch({ clock, name: NAME, silent: (detail) => this.#renew(detail) });
    this.#desk = new AccountDesk({
      rest,
      live: endpoints.live ?? false,
      name: NAME,
      told: () => this.#told,
      note: (detail) => this.#line.note(detail),
    });
    this.orders = new SpotOrders({
      rest,
      clock,
      sent: new SentOrders(clock.now(), recvWindow, parts.absentAfter),
      traded: (symbol) => this.#desk.find(symbol),
      market: (symbol) => this.#desk.market(symbol),
      taken: (symbol, venueId, what) => this.#expect(`${symbol}-${venueId}`, what),
    });
    this.#news = new OrderNews({
      clock,
      name: NAME,
      ledger: (symbol) => this.#desk.find(symbol)?.ledger,
      emit: (event) => this.#tell(() => events.order(event)),
      trades: (symbol, orderId) => this.orders.trades(symbol, orderId),
      lost: (detail) => this.#line.lost(detail),
    });
    this.#user = new UserEvents({
      news: this.#news,
      wallet: this.#desk.wallet,
      account: () => this.#tell(() => events.account(this.#desk.account().state)),
      moved: (asset, amount) => this.#desk.moved(asset, amount),
      lost: (detail) => this.#line.lost(detail),
    });
  }

  /** @throws what the venue or a line says. Whoever called closes the session then. */
  async open(abort: AbortSignal): Promise<void> {
    const { symbols, keys } = this.#parts;
    const rest = this.#rest;
    await rest.syncClock('/api/v3/time');
    const params = { symbols: JSON.stringify(symbols) };
    const path = '/api/v3/exchangeInfo';
    const info = await rest.request({ method: 'GET', path, params, security: 'none', weight: 20, abort });
    rest.budget.learn(readRateLimits(info));
    this.#desk.learn(info, symbols);
    this.#hub.on('up', (reconnected, streams) => {
      this.#line.market(streams, true, 'market streams are up');
      if (reconnected) for (const stream of streams) void this.#quotes.ask(stream);
    });
    this.#hub.on('silent', (stream) => void this.#quotes.doubt(stream));
    this.#hub.on('down', (reason, streams) => this.#line.market(streams, false, reason));
    this.#hub.on('alive', () => this.#alive());
    if (keys !== undefined) await this.#openAccount(keys, abort);
    abort.throwIfAborted();
    if (this.#ws?.up === false) throw new Error('the user stream went down while the account was read');
    this.#line.userUp(
      this.#generation > 0,
      keys === undefined ? 'connected, without an account' : 'connected',
    );
  }

  instruments(): readonly Instrument[] {
    return this.#desk.instruments();
  }

  /** @throws `MikroBotError` `UNKNOWN_INSTRUMENT` */
  subscribe(symbol: string): () => void {
    this.#desk.get(symbol);
    return this.#quotes.subscribe(symbol);
  }

  /** @throws `MikroBotError` `UNKNOWN_INSTRUMENT` */
  history(query: HistoryQuery): AsyncIterable<Bar> {
    this.#desk.get(query.symbol);
    return this.market.history(query);
  }

  /** @throws what the venue or the line says: half an account is no account */
  async snapshot(): Promise<Snapshot> {
    if (this.#parts.keys === undefined) {
      throw new MikroBotError('PREFLIGHT_FAILED', 'There is no account: no keys were given.', {
        where: NAME,
        hint: 'Give `secrets` with BINANCE_API_KEY and BINANCE_SECRET or BINANCE_PRIVATE_KEY.',
      });
    }
    const reading = await this.#desk.read();
    const untold = this.#line.user ? this.#desk.untold(reading) : undefined;
    const told = this.#told;
    if (untold !== undefined) this.#watch.expect(`a change of ${untold}`, () => this.#told > told);
    this.#desk.take(reading);
    const { state, positions } = this.#desk.account();
    // What was read in pieces while things went on is of no one moment.
    const complete = reading.consistent;
    return { complete, asOf: reading.asOf, account: state, orders: reading.orders, positions };
  }

  /** Ends every line and timer. */
  close(): void {
    if (this.#closed) return;
    this.#line.close('closed');
    this.#closed = true;
    this.#watch.forget();
    this.#news.close();
    this.#hub.close();
    this.#ws?.close();
    this.#rest.close();
  }

  async #openAccount(keys: KeyRing, abort: AbortSignal): Promise<void> {
    const { endpoints, clock, random, recvWindow } = this.#parts;
    const { budget, time } = this.#rest;
    const ws = new WsApi({
      url: endpoints.wsApi,
      keys,
      clock,
      random,
      recvWindow,
      name: `${NAME} user`,
      budget,
      time,
    });
    this.#ws = ws;
    ws.on('event', (payload) => this.#event(payload));
    ws.on('garbled', () => this.#line.lost('a message of the user stream could not be read'));
    ws.on('alive', () => this.#alive());
    ws.on('down', (reason) => {
      this.#generation += 1;
      this.#watch.forget();
      this.#line.userDown(reason);
    });
    ws.on('up', () => {
      if (this.#early === undefined) void this.#recover();
    });
    // The stream comes first, then what it adds to: so nothing is missed between the two.
    await ws.connect(abort);
    for (let i = 1; ; i++) {
      const before = this.#told;
      const reading = await this.#desk.read();
      if (!reading.account.canTrade) {
        throw new MikroBotError('PREFLIGHT_FAILED', 'The account may not trade.', {
          where: NAME,
          hint: 'Allow spot trading for this account and this key.',
        });
      }
      this.#desk.take(reading);
      if (this.#told === before || i === ATTEMPTS) break;
    }
    await this.#desk.load();
    const early = this.#early ?? [];
    this.#early = undefined;
    for (const payload of early) this.#user.take(payload);
  }

  get #told(): number {
    return this.#user.count + (this.#early?.length ?? 0);
  }

  #event(payload: Readonly<Record<string, unknown>>): void {
    if (this.#closed) return;
    if (this.#early === undefined) this.#user.take(payload);
    else this.#early.push(payload);
  }

  /** The stream is there again: trades that it missed are booked before core asks for orders. */
  async #recover(): Promise<void> {
    const generation = this.#generation;
    try {
      await this.#desk.catchUp();
      this.#desk.take(await this.#desk.read());
    } catch {
      // What is still missing comes by the questions that core asks next.
    }
    if (generation === this.#generation && !this.#closed)
      this.#line.userUp(true, 'the user stream is up again');
  }

  #renew(detail: string): void {
    if (!this.#closed) this.#ws?.renew(detail);
  }

  #expect(key: string, what: 'working' | 'ended'): void {
    if (!this.#line.user) return;
    this.#watch.expect(`${key} ${what}`, () => {
      const heard = this.#news.heard(key);
      return what === 'ended' ? heard === 'ended' : heard !== 'nothing';
    });
  }

  #alive(): void {
    const { clock, events } = this.#parts;
    const now = clock.now();
    if (now - this.#beat < BEAT || !this.#line.user) return;
    this.#beat = now;
    this.#tell(events.heartbeat);
  }

  #tell(tell: () => void): void {
    if (!this.#closed) tell();
  }
}
