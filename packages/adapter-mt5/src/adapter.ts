import {
  type AdapterEvents,
  type ApprovedOrder,
  type Bar,
  type BrokerAdapter,
  type Capabilities,
  type Clock,
  type CommandOutcome,
  type HistoryQuery,
  type Instrument,
  MikroBotError,
  type OrderRef,
  type QueryOutcome,
  requestOf,
  type Snapshot,
  type StreamRequest,
  systemClock,
} from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import { capabilitiesOf } from './capabilities.js';
import { type MetaTrader5Options, settingsOf } from './options.js';
import { Rooms } from './rooms.js';

const WHERE = 'metatrader5';

/** An account in MetaTrader 5, by the bridge EA in a terminal. Made by {@link metatrader5}. */
export class MetaTrader5Adapter extends EventEmitter<AdapterEvents> implements BrokerAdapter {
  readonly name = 'metatrader5';
  readonly capabilities: Capabilities;
  /** Where the options bring a clock, the bot goes by it, too. */
  declare readonly clock?: Clock;
  readonly #rooms: Rooms;
  #opening = false;
  #closed = false;

  /** @throws `MikroBotError` see {@link metatrader5} */
  constructor(options: MetaTrader5Options) {
    super();
    const settings = settingsOf(options);
    this.capabilities = capabilitiesOf(settings.mode);
    if (options.clock !== undefined) this.clock = options.clock;
    this.#rooms = new Rooms(settings, this.capabilities, options.clock ?? systemClock(), {
      tick: (tick) => this.#tell(() => this.emit('tick', tick)),
      order: (event) => this.#tell(() => this.emit('order', event)),
      account: (state) => this.#tell(() => this.emit('account', state)),
      heartbeat: () => this.#tell(() => this.emit('heartbeat')),
      connection: (state) => this.emit('connection', state),
    });
  }

  /**
   * Waits for the terminal with the account, and reads what it holds: once it resolves, no event of the account is missed.
   * @throws `MikroBotError` `PREFLIGHT_FAILED` when no terminal comes, `BAD_CONFIG` when the account keeps its positions otherwise than
   * `mode` says, `UNKNOWN_INSTRUMENT` for a symbol that the broker does not have, `ALREADY_RUN` the second time
   */
  async connect(abort: AbortSignal): Promise<void> {
    if (this.#opening || this.#closed)
      throw new MikroBotError('ALREADY_RUN', 'this adapter was connected before, or is closed.', {
        where: WHERE,
      });
    this.#opening = true;
    await this.#rooms.session.start(abort);
  }

  instruments(): readonly Instrument[] {
    return this.#rooms.symbols.all();
  }

  /** Symbols that cannot be traded here, and why. */
  get leftOut(): ReadonlyMap<string, string> {
    return this.#rooms.symbols.leftOut;
  }

  /** @throws `MikroBotError` `UNKNOWN_INSTRUMENT`; `PREFLIGHT_FAILED` when the terminal does not answer */
  subscribe({ symbol }: StreamRequest): Promise<() => void> {
    return this.#rooms.ticks.subscribe(symbol);
  }

  /** Past bars, closed ones only. Spans of years take a while: see the option `onHistoryProgress`. */
  history(query: HistoryQuery): AsyncIterable<Bar> {
    return this.#rooms.history(query);
  }

  /** Rejects while the terminal is not reached: there is no half of a snapshot. */
  snapshot(): Promise<Snapshot> {
    return this.#rooms.snapshot();
  }

  /** @throws `MikroBotError` `FORGED_APPROVAL` for what is no approved order of this copy of core */
  async submit(order: ApprovedOrder): Promise<CommandOutcome> {
    return this.#rooms.commands.submit(requestOf(order, WHERE));
  }

  /** @throws `MikroBotError` `FORGED_APPROVAL` for what is no approved order of this copy of core */
  async amend(order: ApprovedOrder, replaces: OrderRef): Promise<CommandOutcome> {
    return this.#rooms.commands.amend(requestOf(order, WHERE), replaces);
  }

  cancel(order: OrderRef): Promise<CommandOutcome> {
    return this.#rooms.commands.cancel(order);
  }

  query(order: OrderRef): Promise<QueryOutcome> {
    return this.#rooms.finder.query(order);
  }

  /** Lets go of the terminal. Orders, positions and the expert advisor stay as they are. */
  async close(): Promise<void> {
    if (this.#closed) return;
    this.#closed = true;
    await this.#rooms.session.close();
  }

  #tell(emit: () => void): void {
    if (!this.#closed) emit();
  }
}

/**
 * An account in MetaTrader 5, hedging or netting: market, limit and stop orders by the bridge EA in a terminal. On hedging accounts stops and targets are kept by the broker's server.
 *
 * @example
 * ```ts
 * const bridge = mt5Bridge({ secrets: { get: (name) => process.env[name] } });
 * const adapter = metatrader5({ bridge, account: '5000001', symbols: ['EURUSD'], serverTimeZone: 'Europe/Athens' });
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` for an option that cannot be
 */
export const metatrader5 = (options: MetaTrader5Options): MetaTrader5Adapter =>
  new MetaTrader5Adapter(options);
