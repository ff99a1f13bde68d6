import {
  type AdapterEvents,
  type ApprovedOrder,
  type Bar,
  type BrokerAdapter,
  type Clock,
  type CommandOutcome,
  type ConnectionState,
  type HistoryQuery,
  type Instrument,
  MikroBotError,
  type OrderRef,
  type QueryOutcome,
  requestOf,
  type Session,
  type Side,
  type Snapshot,
  type StreamRequest,
  seededRandom,
  systemClock,
  type Timeframe,
} from '@mikrobot/core';
import type { Contract } from '@stoqey/ib';
import { EventEmitter } from 'eventemitter3';
import type { ProfitAndLoss } from './account/account-stream.js';
import { readSnapshot } from './account/snapshot.js';
import { capabilities } from './capabilities.js';
import { history } from './history/history.js';
import { findMarginRates } from './margins.js';
import type { BarUpdate } from './market/bar-join.js';
import type { MarketDrops } from './market/drops.js';
import type { MarketDataAge } from './market/tick-types.js';
import { checkOptions, type InteractiveBrokersOptions } from './options.js';
import type { Orders } from './orders/orders.js';
import type { WhatIf } from './orders/what-if.js';
import { Rooms, STATE_TIMEOUT } from './rooms.js';

const WHERE = 'interactiveBrokers';

/** An account at Interactive Brokers, by TWS or IB Gateway. Made by {@link interactiveBrokers}. */
export class InteractiveBrokersAdapter extends EventEmitter<AdapterEvents> implements BrokerAdapter {
  readonly name = 'interactive-brokers';
  readonly capabilities = capabilities;
  /** Where the options bring a clock, the bot goes by it, too. */
  declare readonly clock?: Clock;
  readonly #options: InteractiveBrokersOptions;
  readonly #clock: Clock;
  readonly #rooms: Rooms;
  #opening = false;
  #closed = false;
  #state: ConnectionState['state'] = 'down';

  /** @throws `MikroBotError` see {@link interactiveBrokers} */
  constructor(options: InteractiveBrokersOptions) {
    super();
    checkOptions(options);
    this.#options = options;
    if (options.clock !== undefined) this.clock = options.clock;
    this.#clock = options.clock ?? systemClock();
    this.#rooms = new Rooms({
      options,
      clock: this.#clock,
      random: options.random ?? seededRandom(this.#clock.now()),
      voice: {
        tick: (tick) => this.emit('tick', tick),
        order: (event) => this.#tell(() => this.emit('order', event)),
        account: (state) => this.#tell(() => this.emit('account', state)),
        heartbeat: () => this.#tell(() => this.emit('heartbeat')),
        connection: (state) => this.#connection(state),
        note: (detail) => this.#note(detail),
      },
    });
  }

  /**
   * Connects to TWS, finds the account and the contracts, and reads orders and executions: once it resolves, no event of the account is
   * missed.
   * @throws `MikroBotError` `PREFLIGHT_FAILED` when TWS cannot be reached, `BAD_CONFIG` for an account or contract that is not clear,
   * `UNKNOWN_INSTRUMENT` for a contract that TWS does not know, `ALREADY_RUN` the second time
   */
  async connect(abort: AbortSignal): Promise<void> {
    if (this.#opening)
      throw new MikroBotError('ALREADY_RUN', 'this adapter was connected before.', { where: WHERE });
    this.#opening = true;
    await this.#rooms.session.start(abort);
    for (const note of this.#rooms.contracts.notes) this.#note(note);
  }

  /**
   * The contracts as instruments, with the margin that TWS asks for now.
   * @throws `MikroBotError` `PREFLIGHT_FAILED` where TWS would refuse orders for one of them
   */
  async instruments(): Promise<readonly Instrument[]> {
    const { checkMargin = true, readOnly = false } = this.#options;
    const rooms = this.#rooms;
    const orders = this.#orders;
    // In its read-only mode TWS refuses what-if orders, too.
    if (checkMargin && !readOnly)
      rooms.marginRates = await findMarginRates({
        clock: this.#clock,
        contracts: rooms.contracts.all,
        whatIf: (symbol, quantity) => orders.whatIf({ symbol, side: 'buy', quantity }),
        peek: (symbol, listener) => rooms.ticks.peek(symbol, listener),
        rate: (currency) => rooms.account?.values.rate(currency),
      });
    return rooms.contracts.instruments(rooms.marginRates);
  }

  /**
   * Starts the ticks of a symbol.
   * @throws `MikroBotError` `UNKNOWN_INSTRUMENT`; `PREFLIGHT_FAILED` where the account has no market data of it
   */
  subscribe({ symbol }: StreamRequest): Promise<() => void> {
    return this.#rooms.ticks.subscribe(symbol);
  }

  /** Past bars; TWS takes few requests, so that long spans take minutes. See the options' `onHistoryProgress`. */
  history(query: HistoryQuery): AsyncIterable<Bar> {
    const { contracts, queue, session } = this.#rooms;
    return history(
      {
        clock: this.#clock,
        queue,
        line: () => session.line,
        contract: (symbol) => contracts.get(symbol),
        onProgress: this.#options.onHistoryProgress,
      },
      query,
    );
  }

  /** Rejects when one of its parts cannot be read to its end: there is no half of a snapshot. */
  async snapshot(): Promise<Snapshot> {
    const rooms = this.#rooms;
    const orders = this.#orders;
    const { chosen } = rooms;
    if (chosen === undefined) throw notConnected();
    return readSnapshot({
      clock: this.#clock,
      facts: { ...chosen, leverage: () => rooms.leverage },
      contracts: rooms.contracts,
      timeout: this.#options.answerTimeout ?? STATE_TIMEOUT,
      line: () => rooms.reachingLine,
      openOrders: () => orders.openOrders(),
    });
  }

  /** @throws `MikroBotError` `FORGED_APPROVAL` for what is no approved order of this copy of core */
  async submit(order: ApprovedOrder): Promise<CommandOutcome> {
    const request = requestOf(order, WHERE);
    return this.#unable(true) ?? this.#orders.submit(request);
  }

  /** @throws `MikroBotError` `FORGED_APPROVAL` for what is no approved order of this copy of core */
  async amend(order: ApprovedOrder, replaces: OrderRef): Promise<CommandOutcome> {
    const request = requestOf(order, WHERE);
    return this.#unable(true) ?? this.#orders.amend(request, replaces);
  }

  async cancel(order: OrderRef): Promise<CommandOutcome> {
    return this.#unable(false) ?? this.#orders.cancel(order);
  }

  async query(order: OrderRef): Promise<QueryOutcome> {
    const { orders } = this.#rooms;
    if (this.#closed || orders === undefined)
      return { outcome: 'unknown', detail: 'the adapter is not connected' };
    return orders.query(order);
  }

  /** What a market order would do to the account. Nothing is placed. @param quantity - lots */
  whatIf(symbol: string, side: Side, quantity: number): Promise<WhatIf> {
    return this.#orders.whatIf({ symbol, side, quantity });
  }

  /** The contract that a symbol stands for, as TWS names it. @throws `MikroBotError` `UNKNOWN_INSTRUMENT` */
  contract(symbol: string): Contract {
    return this.#rooms.contracts.get(symbol).contract;
  }

  /** When a symbol trades. @throws `MikroBotError` `UNKNOWN_INSTRUMENT` */
  sessions(symbol: string): Session {
    return this.#rooms.contracts.sessions(symbol);
  }

  /**
   * Bars as TWS makes them: of five seconds (`S5`) when each is over, of other lengths while they form.
   * @returns the way to end them
   * @throws `MikroBotError` `UNKNOWN_INSTRUMENT`, `BAD_TIMEFRAME`
   */
  bars(symbol: string, timeframe: Timeframe, listener: (update: BarUpdate) => void): () => void {
    return this.#rooms.bars.subscribe(symbol, timeframe, listener);
  }

  /** Profit and loss as TWS shows it, in the account's currency; undefined while it has not been told. */
  pnl(): ProfitAndLoss | undefined {
    return this.#rooms.account?.pnl;
  }

  /** How old the ticks of a symbol are; undefined while TWS has not told, or nobody subscribed. */
  marketDataType(symbol: string): MarketDataAge | undefined {
    return this.#rooms.ticks.ageOf(symbol);
  }

  /** Market data that was dropped, by reason. */
  get drops(): MarketDrops {
    return this.#rooms.ticks.drops;
  }

  /** Ends every line and timer. Orders and positions stay as they are. */
  close(): void {
    if (this.#closed) return;
    this.#rooms.close();
    this.#closed = true;
  }

  get #orders(): Orders {
    const { orders } = this.#rooms;
    if (orders === undefined || this.#closed) throw notConnected();
    return orders;
  }

  /** Why a command is not sent. An order that waited here for the line would be a stale one. */
  #unable(changes: boolean): CommandOutcome | undefined {
    const { chosen, orders } = this.#rooms;
    if (this.#closed || chosen === undefined || orders === undefined)
      return { outcome: 'rejected', code: 'NOT_CONNECTED', detail: 'the adapter is not connected' };
    if (changes && this.#options.readOnly === true)
      return { outcome: 'rejected', code: 'READ_ONLY', detail: 'the option `readOnly` is set' };
    if (changes && chosen.live && this.#options.account === undefined) {
      const detail = `orders for real money need the option account: '${chosen.id}'`;
      return { outcome: 'rejected', code: 'BAD_CONFIG', detail };
    }
    return undefined;
  }

  #tell(emit: () => void): void {
    if (!this.#closed) emit();
  }

  #connection(state: ConnectionState): void {
    if (this.#closed) return;
    this.#state = state.state;
    this.emit('connection', state);
  }

  /** People read what the connection is said to be; its state stays as it is. */
  #note(detail: string): void {
    if (this.#state !== 'down') this.#connection({ state: this.#state, dataLost: false, detail });
  }
}

const notConnected = (): MikroBotError =>
  new MikroBotError('PREFLIGHT_FAILED', 'the adapter is not connected.', {
    where: WHERE,
    hint: 'Await connect() before anything else.',
  });

/**
 * An account at Interactive Brokers: stocks, futures, forex, contracts for difference, options and coins by TWS or IB Gateway, with
 * market, limit, stop, stop-limit and trailing orders, orders at the close, and brackets.
 *
 * @example
 * ```ts
 * const adapter = interactiveBrokers({
 *   clientId: 7,
 *   contracts: { NQ: future('NQ', { exchange: 'CME' }), AAPL: stock('AAPL') },
 * });
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` for an option or a contract that cannot be
 */
export const interactiveBrokers = (options: InteractiveBrokersOptions): InteractiveBrokersAdapter =>
  new InteractiveBrokersAdapter(options);
