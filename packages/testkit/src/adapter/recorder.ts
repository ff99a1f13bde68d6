import {
  type AccountState,
  type AdapterEvents,
  type ApprovedOrder,
  type Bar,
  type BrokerAdapter,
  type Capabilities,
  type Clock,
  type CommandOutcome,
  type ConnectionState,
  type HistoryQuery,
  type Instrument,
  type MaybePromise,
  MikroBotError,
  type OrderEvent,
  type OrderRef,
  orderTypes,
  type QueryOutcome,
  type Snapshot,
  type StreamRequest,
  type Support,
  type Tick,
  timesInForce,
} from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';

/** An order that the bot submitted, and what the adapter answered. */
export interface Submitted {
  readonly order: ApprovedOrder;
  /** Undefined while orders are only captured. */
  readonly answer: MaybePromise<CommandOutcome> | undefined;
}

/** What a throwing adapter says, as core reads it: what it refuses before sending is known, anything else is not. */
export const outcomeOf = (error: unknown): CommandOutcome =>
  error instanceof MikroBotError
    ? { outcome: 'rejected', code: error.code, detail: `it threw: ${error.message}` }
    : { outcome: 'unknown', detail: `it threw: ${String(error)}` };

const allNative = <K extends string>(names: readonly K[]): Readonly<Record<K, Support>> =>
  Object.fromEntries(names.map((name) => [name, 'native'])) as Record<K, Support>;

/**
 * Stands between the bot and the adapter under test: everything passes, and every order that risk approved is kept. So cards get
 * approved orders to speak to the adapter with, which nobody but a bot's risk can make.
 */
export class Recorder extends EventEmitter<AdapterEvents> implements BrokerAdapter {
  readonly name: string;
  readonly clock?: Clock;
  readonly submitted: Submitted[] = [];
  /** Orders are captured and not sent on; the bot hears that they were rejected. */
  capturing = false;
  /** Orders that the bot believes rejected: what becomes of them is a card's business and not the bot's. */
  readonly #captured = new Set<string>();
  readonly play?: (abort: AbortSignal) => Promise<void>;
  readonly submitPair?: NonNullable<BrokerAdapter['submitPair']>;
  readonly #inner: BrokerAdapter;
  readonly #claims: boolean;

  /** @param claims - to do everything, so that a bot approves orders which the adapter does not declare */
  constructor(inner: BrokerAdapter, claims: boolean) {
    super();
    this.#inner = inner;
    this.#claims = claims;
    this.name = inner.name;
    if (inner.clock !== undefined) this.clock = inner.clock;
    if (inner.play !== undefined) this.play = (abort) => inner.play?.(abort) ?? Promise.resolve();
    if (inner.submitPair !== undefined)
      this.submitPair = (stop, target) =>
        inner.submitPair?.(stop, target) ?? { outcome: 'rejected', code: 'UNSUPPORTED' };
    inner.on('tick', this.#tick).on('order', this.#order).on('account', this.#account);
    inner.on('connection', this.#connection).on('heartbeat', this.#heartbeat);
  }

  get capabilities(): Capabilities {
    const declared = this.#inner.capabilities;
    if (!this.#claims) return declared;
    return { ...declared, orderTypes: allNative(orderTypes), timeInForce: allNative(timesInForce) };
  }

  connect(abort: AbortSignal): MaybePromise<void> {
    return this.#inner.connect(abort);
  }

  instruments(): MaybePromise<readonly Instrument[]> {
    return this.#inner.instruments();
  }

  subscribe(stream: StreamRequest): MaybePromise<() => void> {
    return this.#inner.subscribe(stream);
  }

  history(query: HistoryQuery): AsyncIterable<Bar> {
    return this.#inner.history(query);
  }

  snapshot(): MaybePromise<Snapshot> {
    const snapshot = this.#inner.snapshot();
    return snapshot instanceof Promise ? snapshot.then(this.#seen) : this.#seen(snapshot);
  }

  submit(order: ApprovedOrder): MaybePromise<CommandOutcome> {
    if (this.capturing) {
      this.#captured.add(order.request.id);
      this.submitted.push({ order, answer: undefined });
      return { outcome: 'rejected', code: 'CAPTURED', detail: 'kept by the test kit' };
    }
    try {
      const answer = this.#inner.submit(order);
      this.submitted.push({ order, answer });
      return answer;
    } catch (error) {
      this.submitted.push({ order, answer: outcomeOf(error) });
      throw error;
    }
  }

  amend(order: ApprovedOrder, replaces: OrderRef): MaybePromise<CommandOutcome> {
    return this.#inner.amend(order, replaces);
  }

  cancel(order: OrderRef): MaybePromise<CommandOutcome> {
    return this.#inner.cancel(order);
  }

  query(order: OrderRef): MaybePromise<QueryOutcome> {
    return this.#inner.query(order);
  }

  close(): MaybePromise<void> {
    return this.#inner.close();
  }

  /** Stops listening to the adapter: what it emits from now on does not reach the bot. */
  detach(): void {
    this.#inner.off('tick', this.#tick).off('order', this.#order).off('account', this.#account);
    this.#inner.off('connection', this.#connection).off('heartbeat', this.#heartbeat);
  }

  /** Legs of a captured entry are captured, too. */
  #isCaptured(id: string): boolean {
    return this.#captured.has(id) || this.#captured.has(id.replace(/[st][0-9a-z]*$/, ''));
  }

  readonly #seen = (snapshot: Snapshot): Snapshot => ({
    ...snapshot,
    orders: snapshot.orders.filter(({ id }) => !this.#isCaptured(id)),
  });

  readonly #tick = (tick: Tick): boolean => this.emit('tick', tick);
  readonly #order = (event: OrderEvent): boolean => !this.#isCaptured(event.id) && this.emit('order', event);
  readonly #account = (state: AccountState): boolean => this.emit('account', state);
  readonly #connection = (state: ConnectionState): boolean => this.emit('connection', state);
  readonly #heartbeat = (): boolean => this.emit('heartbeat');
}
