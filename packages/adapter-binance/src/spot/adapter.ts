import {
  type AdapterEvents,
  type ApprovedOrder,
  type Bar,
  type BrokerAdapter,
  type CommandOutcome,
  type HistoryQuery,
  type Instrument,
  MikroBotError,
  type OrderRef,
  type QueryOutcome,
  requestOf,
  type Snapshot,
  type StreamRequest,
  seededRandom,
  systemClock,
} from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import { checkOptions } from '../check-options.js';
import { preflightError } from '../connection/preflight-error.js';
import { endpointsOf } from '../environments.js';
import type { MarketData } from '../market/market-data.js';
import type { BinanceEndpoints, BinanceOptions } from '../options.js';
import { KeyRing } from '../transport/keys.js';
import { spotCapabilities } from './capabilities.js';
import { SpotSession } from './session.js';

const NAME = 'binance spot';

/**
 * Binance spot as a broker: what is held of a base asset is a position, the quote asset is the account's currency. Made by
 * {@link binanceSpot}.
 */
export class BinanceSpotAdapter extends EventEmitter<AdapterEvents> implements BrokerAdapter {
  readonly name = NAME;
  readonly capabilities = spotCapabilities;
  readonly #options: BinanceOptions;
  readonly #endpoints: BinanceEndpoints;
  readonly #end = new AbortController();
  #session: SpotSession | undefined;
  #opening = false;

  /** @throws `MikroBotError` see {@link binanceSpot} */
  constructor(options: BinanceOptions) {
    super();
    checkOptions(options, NAME);
    this.#options = options;
    this.#endpoints = endpointsOf('spot', options.environment);
  }

  /** Trades, bars, depth and books beside the port. @throws `MikroBotError` `PREFLIGHT_FAILED` before `connect` */
  get market(): MarketData {
    return this.#opened.market;
  }

  /**
   * Opens the lines and reads the account: user data is heard before it resolves.
   * @throws `MikroBotError` `PREFLIGHT_FAILED` where the venue cannot be reached, refuses the keys, or does not let them trade;
   * `UNKNOWN_INSTRUMENT` and `BAD_CONFIG` for symbols that it does not list, or that have different quote assets; `ALREADY_RUN` when it
   * is or was connected
   */
  async connect(abort: AbortSignal): Promise<void> {
    if (this.#opening)
      throw new MikroBotError('ALREADY_RUN', 'this adapter was connected before.', { where: NAME });
    this.#opening = true;
    const { symbols, secrets, clock = systemClock(), random } = this.#options;
    const { recvWindow = 5_000, absentAfter = 10_000 } = this.#options;
    const ends = AbortSignal.any([abort, this.#end.signal]);
    let session: SpotSession | undefined;
    try {
      ends.throwIfAborted();
      const keys = await KeyRing.load(secrets);
      session = new SpotSession({
        endpoints: this.#endpoints,
        symbols,
        keys,
        recvWindow,
        absentAfter,
        clock,
        random: random ?? seededRandom(Math.floor(clock.now())),
        events: {
          tick: (tick) => this.emit('tick', tick),
          order: (event) => this.emit('order', event),
          account: (state) => this.emit('account', state),
          connection: (state) => this.emit('connection', state),
          heartbeat: () => this.emit('heartbeat'),
        },
      });
      this.#session = session;
      await abortable(session.open(ends), ends);
    } catch (cause) {
      session?.close();
      this.#session = undefined;
      this.#opening = false;
      throw preflightError(cause, NAME);
    }
  }

  instruments(): readonly Instrument[] {
    return this.#opened.instruments();
  }

  subscribe({ symbol }: StreamRequest): () => void {
    return this.#opened.subscribe(symbol);
  }

  history(query: HistoryQuery): AsyncIterable<Bar> {
    return this.#opened.history(query);
  }

  /** @throws what the venue or the line says: half an account is no account */
  snapshot(): Promise<Snapshot> {
    return this.#opened.snapshot();
  }

  /** @throws `MikroBotError` `FORGED_APPROVAL` for what is no approved order of this copy of core */
  submit(order: ApprovedOrder): Promise<CommandOutcome> {
    const request = requestOf(order, NAME);
    return this.#place((session) => session.orders.submit(request));
  }

  /**
   * Places stop and target as one OCO pair, of which the venue keeps one.
   * @throws `MikroBotError` `FORGED_APPROVAL` for what is no approved order of this copy of core
   */
  submitPair(stop: ApprovedOrder, target: ApprovedOrder): Promise<CommandOutcome> {
    const [stopRequest, targetRequest] = [requestOf(stop, NAME), requestOf(target, NAME)];
    return this.#place((session) => session.orders.submitPair(stopRequest, targetRequest));
  }

  /** Spot amends nothing but quantities downwards; core cancels and places anew. */
  amend(): CommandOutcome {
    return { outcome: 'rejected', code: 'UNSUPPORTED', detail: 'spot orders are not amended' };
  }

  /** Cancels an order; of a pair, the venue cancels both. */
  cancel(order: OrderRef): Promise<CommandOutcome> {
    return this.#command((session) => session.orders.cancel(order));
  }

  /** Cancels every working order of a symbol, whoever placed it. */
  cancelAll(symbol: string): Promise<CommandOutcome> {
    return this.#command((session) => session.orders.cancelAll(symbol));
  }

  async query(order: OrderRef): Promise<QueryOutcome> {
    const session = this.#session;
    if (session === undefined) return { outcome: 'unknown', detail: 'not connected' };
    return session.orders.query(order);
  }

  close(): void {
    this.#end.abort(new Error('the adapter was closed'));
    this.#session?.close();
    this.#session = undefined;
  }

  get #opened(): SpotSession {
    if (this.#session !== undefined) return this.#session;
    throw new MikroBotError('PREFLIGHT_FAILED', 'The adapter is not connected.', {
      where: NAME,
      hint: 'Await connect() first.',
    });
  }

  /** Real money is a decision of its own; to cancel needs none. */
  #place(run: (session: SpotSession) => Promise<CommandOutcome>): Promise<CommandOutcome> {
    if (this.#endpoints.live !== true || this.#options.live === true) return this.#command(run);
    const detail = 'nothing was sent: real money needs the option live: true';
    return Promise.resolve({ outcome: 'rejected', code: 'BAD_CONFIG', detail });
  }

  async #command(run: (session: SpotSession) => Promise<CommandOutcome>): Promise<CommandOutcome> {
    const session = this.#session;
    if (session === undefined)
      return { outcome: 'rejected', code: 'NOT_CONNECTED', detail: 'nothing was sent: not connected' };
    if (this.#options.secrets === undefined)
      return { outcome: 'rejected', code: 'NO_KEYS', detail: 'nothing was sent: no keys were given' };
    return run(session);
  }
}

/** Rejects as soon as the signal fires, whatever the work does meanwhile. */
const abortable = async (work: Promise<void>, signal: AbortSignal): Promise<void> => {
  let give: () => void = () => {};
  const aborted = new Promise<never>((_, reject) => {
    give = () => reject(signal.reason);
    signal.addEventListener('abort', give, { once: true });
  });
  try {
    await Promise.race([work, aborted]);
  } finally {
    signal.removeEventListener('abort', give);
    work.catch(() => undefined);
  }
};

/**
 * Binance spot. On the test net unless told otherwise; real money only with `environment: 'live'` and `live: true`, and where the bot
 * names the account.
 *
 * @example
 * ```ts
 * const adapter = binanceSpot({ symbols: ['BTCUSDT'], secrets: { get: (name) => process.env[name] } });
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` for no symbols, or a `recvWindow` that is not above 0 and at most 60,000 ms
 */
export const binanceSpot = (options: BinanceOptions): BinanceSpotAdapter => new BinanceSpotAdapter(options);
