import {
  type AdapterEvents,
  type ApprovedOrder,
  type Bar,
  type BrokerAdapter,
  type Clock,
  type CommandOutcome,
  type HistoryQuery,
  type Instrument,
  MikroBotError,
  type OrderRef,
  type QueryOutcome,
  type Random,
  requestOf,
  type Snapshot,
  type StreamRequest,
  seededRandom,
  systemClock,
} from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import { badOption, checkOptions } from '../check-options.js';
import { LineState } from '../connection/line-state.js';
import { endpointsOf } from '../environments.js';
import type { MarketData } from '../market/market-data.js';
import type { BinanceEndpoints, BinanceFuturesOptions } from '../options.js';
import { futuresCapabilities } from './capabilities.js';
import type { FuturesNotices } from './notices.js';
import { openSession, type Session } from './session.js';
import type { MarginType } from './settings.js';
import type { Trading } from './trading.js';

const WHERE = 'binance futures';

/** USD-M futures of Binance. Made by {@link binanceFutures}. */
export class BinanceFuturesAdapter extends EventEmitter<AdapterEvents> implements BrokerAdapter {
  readonly name = 'binance-futures';
  readonly capabilities = futuresCapabilities;
  /** Where the options bring a clock, the bot goes by it, too. */
  declare readonly clock?: Clock;
  /** What is told of the account beside orders, trades and figures: margin calls, funding, limits, trouble. */
  readonly notices = new EventEmitter<FuturesNotices>();
  readonly #options: BinanceFuturesOptions;
  readonly #endpoints: BinanceEndpoints;
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #line: LineState;
  readonly #end = new AbortController();
  #session: Session | undefined;
  #opening = false;

  /** @throws `MikroBotError` see {@link binanceFutures} */
  constructor(options: BinanceFuturesOptions) {
    super();
    checkOptions(options, WHERE);
    checkLeverages(options);
    this.#options = options;
    this.#endpoints = endpointsOf('futures', options.environment);
    if (options.clock !== undefined) this.clock = options.clock;
    this.#clock = options.clock ?? systemClock();
    this.#random = options.random ?? seededRandom(this.#clock.now());
    this.#line = new LineState((state) => this.emit('connection', state));
  }

  /**
   * Compares the clocks, reads the symbols, sets what is configured and opens the user stream: once it resolves, no event of the
   * account is missed.
   * @throws `MikroBotError` `PREFLIGHT_FAILED` when the venue cannot be reached or refuses the key, `BAD_CONFIG` for a key or setting
   * that cannot be, `UNKNOWN_INSTRUMENT` for a symbol that is not listed, `ALREADY_RUN` the second time.
   */
  async connect(abort: AbortSignal): Promise<void> {
    if (this.#opening)
      throw new MikroBotError('ALREADY_RUN', 'this adapter was connected before.', { where: WHERE });
    this.#opening = true;
    this.#session = await openSession({
      options: this.#options,
      endpoints: this.#endpoints,
      clock: this.#clock,
      random: this.#random,
      adapter: this,
      line: this.#line,
      abort: AbortSignal.any([abort, this.#end.signal]),
    });
    // Closed meanwhile: nothing may stay open behind it.
    if (this.#end.signal.aborted) this.#session.close();
  }

  instruments(): readonly Instrument[] {
    return this.#connected.instruments;
  }

  /** The public data of this venue: trades, books, klines, mark price and funding. */
  get market(): MarketData {
    return this.#connected.market;
  }

  /** Ticks of the best prices. Rejects with `UNKNOWN_INSTRUMENT` for a symbol that is not configured. */
  async subscribe({ symbol }: StreamRequest): Promise<() => void> {
    return this.#connected.subscribe(symbol);
  }

  /** Klines of trades, page by page. @throws `MikroBotError` `UNKNOWN_INSTRUMENT`, `BAD_TIMEFRAME` */
  history(query: HistoryQuery): AsyncIterable<Bar> {
    return this.#connected.history(query);
  }

  /** Rejects when one of its parts cannot be read: there is no half of a snapshot. */
  snapshot(): Promise<Snapshot> {
    return this.#trading.snapshot();
  }

  /**
   * Entries are refused while the user stream is down; what reduces or protects goes out as long as the venue can be reached.
   * @throws `MikroBotError` `FORGED_APPROVAL` for what is no approved order of this copy of core
   */
  async submit(order: ApprovedOrder): Promise<CommandOutcome> {
    const request = requestOf(order, WHERE);
    return this.#unable(request.purpose === 'enter') ?? this.#trading.commands.submit(request);
  }

  /** Price and quantity of a limit order. @throws `MikroBotError` `FORGED_APPROVAL` */
  async amend(order: ApprovedOrder, replaces: OrderRef): Promise<CommandOutcome> {
    const request = requestOf(order, WHERE);
    return this.#unable(request.purpose === 'enter') ?? this.#trading.commands.amend(request, replaces);
  }

  async cancel(order: OrderRef): Promise<CommandOutcome> {
    return this.#unable(false) ?? this.#trading.commands.cancel(order);
  }

  /** Cancels every order of a symbol, whoever placed it, conditional ones included. */
  async cancelAll(symbol: string): Promise<CommandOutcome> {
    return this.#unable(false) ?? this.#trading.commands.cancelAll(symbol);
  }

  async query(order: OrderRef): Promise<QueryOutcome> {
    if (this.#end.signal.aborted) return { outcome: 'unknown', detail: 'the adapter is closed' };
    return this.#trading.queries.query(order);
  }

  /** @param leverage - 1 to 125, as far as the symbol allows. Rejects with the venue's `BinanceError` */
  setLeverage(symbol: string, leverage: number): Promise<void> {
    return this.#trading.setLeverage(symbol, leverage);
  }

  /** Rejects with the venue's `BinanceError`, as while the symbol has orders or a position. */
  setMarginType(symbol: string, marginType: MarginType): Promise<void> {
    return this.#trading.settings.marginType(symbol, marginType);
  }

  /**
   * Hedge mode or one-way mode, for every symbol. The running adapter keeps the mode that it found: connect a new one afterwards.
   * Rejects with the venue's `BinanceError`, as while there are orders or positions.
   */
  setPositionMode(mode: 'hedge' | 'one-way'): Promise<void> {
    return this.#trading.settings.hedge(mode === 'hedge');
  }

  /** Ends every line and timer. Orders and positions stay as they are. */
  close(): void {
    if (this.#end.signal.aborted) return;
    this.#end.abort(new MikroBotError('PREFLIGHT_FAILED', 'the adapter was closed.', { where: WHERE }));
    this.#session?.close();
    this.#line.close('closed');
  }

  get #connected(): Session {
    if (this.#session !== undefined) return this.#session;
    throw new MikroBotError('PREFLIGHT_FAILED', 'the adapter is not connected.', {
      where: WHERE,
      hint: 'Await connect() before anything else.',
    });
  }

  get #trading(): Trading {
    const { trading } = this.#connected;
    if (trading !== undefined) return trading;
    throw new MikroBotError('PREFLIGHT_FAILED', 'there are no keys, so there is market data only.', {
      where: WHERE,
      hint: 'Give `secrets` that know BINANCE_API_KEY and BINANCE_SECRET or BINANCE_PRIVATE_KEY.',
    });
  }

  /** Why a command is not sent. An entry that waited here for the line would be a stale one. */
  #unable(enters: boolean): CommandOutcome | undefined {
    const { trading } = this.#session ?? {};
    if (this.#end.signal.aborted || trading === undefined || (enters && !trading.user.up))
      return { outcome: 'rejected', code: 'NOT_CONNECTED', detail: 'the line to the venue is down' };
    if (this.#endpoints.live === true && this.#options.live !== true) {
      const detail = 'orders for real money need the option `live: true`';
      return { outcome: 'rejected', code: 'BAD_CONFIG', detail };
    }
    return undefined;
  }
}

const checkLeverages = ({ symbols, leverage = {} }: BinanceFuturesOptions): void => {
  for (const [symbol, value] of Object.entries(leverage)) {
    if (!symbols.includes(symbol))
      throw badOption(WHERE, 'leverage', `${symbol} is not among the symbols`, 'Add it, or leave it out.');
    if (!(Number.isInteger(value) && value >= 1 && value <= 125))
      throw badOption(WHERE, 'leverage', `${symbol} has ${value}`, 'Use a whole number from 1 to 125.');
  }
};

/**
 * USD-M futures of Binance: market, limit, stop and stop-limit orders, one-way or hedge mode as the account has it.
 *
 * @example
 * ```ts
 * const adapter = binanceFutures({ symbols: ['BTCUSDT'], secrets, leverage: { BTCUSDT: 5 } });
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` without symbols, or for a leverage or `recvWindow` out of range.
 */
export const binanceFutures = (options: BinanceFuturesOptions): BinanceFuturesAdapter =>
  new BinanceFuturesAdapter(options);
