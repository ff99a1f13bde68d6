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
  type QueryOutcome,
  type Snapshot,
  type StreamRequest,
  systemClock,
  type Tick,
} from '@mikrobot/core';
import { EventEmitter } from 'eventemitter3';
import { FaultyCalls, notSent, silence } from './faulty-calls.js';
import { FaultyEvents } from './faulty-events.js';
import { Line } from './line.js';
import { type Facts, LiveScript } from './live-script.js';
import type { CutOptions, Fault, FaultScript } from './script.js';

/** How a venue is wrapped. */
export interface FaultyOptions {
  /** Default: nothing goes wrong. */
  readonly script?: FaultScript;
  /** Where delays are armed. Default: the adapter's, else the system's. */
  readonly clock?: Clock;
  /** The venue lives longer than the line: `close()` ends the line only, and `play` is not offered. Default false. */
  readonly outlives?: boolean;
}

const unknown = (detail: string) => ({ outcome: 'unknown', detail }) as const;

/** Worst of its kind: it holds nothing, and only `complete` says that this means nothing. */
const emptied = (snapshot: Snapshot): Snapshot => ({
  ...snapshot,
  complete: false,
  orders: [],
  positions: [],
});

/**
 * A venue behind a line on which things go wrong by a seeded script or by hand. It never invents an answer: what passes is the
 * venue's own word, `unknown`, or a rejection of what was never sent. Made by {@link faulty}.
 */
export class FaultyAdapter extends EventEmitter<AdapterEvents> implements BrokerAdapter {
  readonly inner: BrokerAdapter;
  readonly name: string;
  readonly capabilities: Capabilities;
  /** The adapter's, but its timers stop when the line is severed. It tracks no work: the answers are tracked here. */
  readonly clock: Clock;
  readonly play?: (abort: AbortSignal) => Promise<void>;
  /** A pair is a submit of its stop: what goes wrong with one goes wrong with both. */
  readonly submitPair?: NonNullable<BrokerAdapter['submitPair']>;
  readonly #outlives: boolean;
  readonly #script: LiveScript;
  readonly #line: Line;
  readonly #calls: FaultyCalls;
  readonly #events: FaultyEvents;
  readonly #deaf: () => void;

  /** @throws `MikroBotError` see {@link faulty} */
  constructor(adapter: BrokerAdapter, { script = {}, clock, outlives = false }: FaultyOptions = {}) {
    super();
    this.inner = adapter;
    this.name = adapter.name;
    this.capabilities = adapter.capabilities;
    this.#outlives = outlives;
    const time = clock ?? adapter.clock ?? systemClock();
    this.#script = new LiveScript(time);
    this.#script.use(script);
    this.#line = new Line(time, this.#script, (state) => this.emit('connection', state));
    this.clock = this.#line.clock;
    this.#calls = new FaultyCalls(adapter.name, this.#line, this.#script);
    this.#events = new FaultyEvents(this.#line, this.#script);
    const { play } = adapter;
    if (!outlives && play !== undefined) this.play = (abort) => play.call(adapter, abort);
    if (adapter.submitPair !== undefined)
      this.submitPair = (stop, target) =>
        this.#command(
          'submit',
          stop.request,
          () => adapter.submitPair?.(stop, target) ?? { outcome: 'rejected', code: 'UNSUPPORTED' },
        );
    this.#deaf = this.#listen();
  }

  /** What went wrong so far, in order. */
  get faults(): readonly Fault[] {
    return this.#script.faults;
  }

  get line(): 'up' | 'cut' | 'severed' {
    return this.#line.state;
  }

  /**
   * Goes on with another script, whose counts begin anew. `use({})`: nothing goes wrong any more.
   * @throws `MikroBotError` `BAD_CONFIG` naming the rule that could never fire.
   */
  use(script: FaultScript): void {
    this.#script.use(script);
  }

  /** Breaks the line. What is on its way is lost. */
  cut(how: CutOptions = {}): void {
    // A copy, so that the restore of this cut does not end a later one that was given the same options.
    this.#line.cut({ ...how });
  }

  /** Mends the line. Unless told, it says that data was lost when order or account events were, since the last restore. */
  restore({ dataLost }: { readonly dataLost?: boolean } = {}): void {
    this.#line.restore(dataLost);
  }

  /** As when the bot's process dies: nothing passes any more in either direction, no call is answered, no timer fires. */
  sever(): void {
    this.#line.sever();
    this.#deaf();
  }

  connect(abort: AbortSignal): MaybePromise<void> {
    return this.#calls.call({ on: 'connect', facts: {}, run: () => this.inner.connect(abort) });
  }

  instruments(): MaybePromise<readonly Instrument[]> {
    return this.#calls.call({ on: 'instruments', facts: {}, run: () => this.inner.instruments() });
  }

  subscribe(stream: StreamRequest): MaybePromise<() => void> {
    return this.#calls.call({ on: 'subscribe', facts: stream, run: () => this.inner.subscribe(stream) });
  }

  /** @throws `MikroBotError` `PREFLIGHT_FAILED` while the line is not up. */
  async *history(query: HistoryQuery): AsyncGenerator<Bar> {
    if (this.line !== 'up')
      throw new MikroBotError('PREFLIGHT_FAILED', 'history: the line is down.', { where: this.name });
    yield* this.inner.history(query);
  }

  snapshot(): MaybePromise<Snapshot> {
    return this.#calls.call({ on: 'snapshot', facts: {}, run: () => this.inner.snapshot(), emptied });
  }

  submit(order: ApprovedOrder): MaybePromise<CommandOutcome> {
    return this.#command('submit', order.request, () => this.inner.submit(order));
  }

  amend(order: ApprovedOrder, replaces: OrderRef): MaybePromise<CommandOutcome> {
    const facts = { ...replaces, purpose: order.request.purpose };
    return this.#command('amend', facts, () => this.inner.amend(order, replaces));
  }

  cancel(order: OrderRef): MaybePromise<CommandOutcome> {
    return this.#command('cancel', order, () => this.inner.cancel(order));
  }

  query(order: OrderRef): MaybePromise<QueryOutcome> {
    const run = (): MaybePromise<QueryOutcome> => this.inner.query(order);
    return this.#calls.call<QueryOutcome>({ on: 'query', facts: order, run, unknown });
  }

  /** Ends the line, and with it the venue unless that outlives it. */
  close(): MaybePromise<void> {
    if (this.line === 'severed') return silence();
    if (!this.#outlives) return this.inner.close();
    this.#deaf();
    return undefined;
  }

  #command(
    on: 'submit' | 'amend' | 'cancel',
    facts: Facts,
    run: () => MaybePromise<CommandOutcome>,
  ): MaybePromise<CommandOutcome> {
    return this.#calls.call<CommandOutcome>({ on, facts, run, unknown, refused: notSent });
  }

  #listen(): () => void {
    const { inner } = this;
    const events = this.#events;
    const onTick = (tick: Tick): void => {
      const tell = (told: Tick) => () => void this.emit('tick', told);
      const copy = (): (() => void) => tell({ ...tick });
      events.pass({ channel: 'tick', on: 'tick', facts: tick, tell: tell(tick), copy });
    };
    const onOrder = (event: OrderEvent): void => {
      const tell = (): void => void this.emit('order', event);
      events.pass({ channel: 'order', on: `order:${event.type}`, facts: event, tell });
    };
    const onAccount = (state: AccountState): void => {
      const tell = (): void => void this.emit('account', state);
      events.pass({ channel: 'account', on: 'account', facts: {}, tell });
    };
    const onConnection = (state: ConnectionState): void => {
      const tell = (): void => void this.emit('connection', state);
      events.pass({ channel: 'connection', on: 'connection', facts: {}, tell });
    };
    const onHeartbeat = (): void => {
      const tell = (): void => void this.emit('heartbeat');
      events.pass({ channel: 'heartbeat', on: 'heartbeat', facts: {}, tell });
    };
    inner.on('tick', onTick).on('order', onOrder).on('account', onAccount);
    inner.on('connection', onConnection).on('heartbeat', onHeartbeat);
    return () => {
      inner.off('tick', onTick).off('order', onOrder).off('account', onAccount);
      inner.off('connection', onConnection).off('heartbeat', onHeartbeat);
    };
  }
}

/**
 * Puts a venue behind a line on which things go wrong: by the rules of a script, or by hand (`cut`, `restore`, `sever`).
 *
 * @example
 * ```ts
 * const adapter = faulty(paper({ feed, costs: 'retail-fx', balance: { USD: '10000' } }), {
 *   script: { seed: 7, rules: [{ on: 'submit', nth: 3, do: 'lose-answer' }, { on: 'order:fill', rate: 0.05, do: 'duplicate' }] },
 * });
 * ```
 * @throws `MikroBotError` `BAD_CONFIG` naming the rule that could never fire.
 */
export const faulty = (adapter: BrokerAdapter, options: FaultyOptions = {}): FaultyAdapter =>
  new FaultyAdapter(adapter, options);
