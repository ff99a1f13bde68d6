import {
  type AdapterEvents,
  type ApprovedOrder,
  type Bar,
  type BrokerAdapter,
  type Capabilities,
  type CommandOutcome,
  fromMinor,
  type HistoryQuery,
  type Instrument,
  type MarketFeed,
  type MaybePromise,
  MikroBotError,
  type OrderEvent,
  type OrderRef,
  type OrderRequest,
  type QueryOutcome,
  requestOf,
  type Snapshot,
  type StreamRequest,
  seededRandom,
  type Tick,
  type TickBatch,
  VirtualClock,
} from '@mikrobot/core';
import { AskModel, MatchingEngine, type TickKind, tickKinds } from '@mikrobot/matching';
import { EventEmitter } from 'eventemitter3';
import { capabilitiesOf } from './capabilities.js';
import { playedBars } from './history.js';
import { instrumentsOf, type PaperOptions, startOf } from './options.js';

/** Market time between two signs of life, ms: a played minute takes no time, and nobody waits for it. */
const HEARTBEAT = 60_000;

/** What the venue counted itself, to compare a bot's own books with. */
export interface VenueCounts {
  /** Orders taken from the client. */
  readonly orders: number;
  /** Orders that the client was told are not taken. */
  readonly refused: number;
  readonly fills: number;
  readonly cancels: number;
  /** Lots traded. */
  readonly volume: number;
  /** Commission, account currency. */
  readonly fees: number;
}

/**
 * The one tick that is told again and again. A class, because all plain objects with these keys share one layout, and a single
 * one among them whose `time` is no number would turn each write of a number into garbage.
 */
class ReusedTick implements Tick {
  symbol = '';
  time = Number.NaN;
  bid = Number.NaN;
  ask = Number.NaN;
  volume = Number.NaN;
}

/**
 * A simulated venue: plays a market through a matching engine and answers as a broker would. It brings its own clock, which moves
 * as the market does. Made by {@link paper}.
 */
export class PaperAdapter extends EventEmitter<AdapterEvents> implements BrokerAdapter {
  readonly name = 'paper';
  readonly capabilities: Capabilities;
  readonly clock = VirtualClock.ofMarket();
  readonly #feed: MarketFeed | undefined;
  readonly #engine: MatchingEngine;
  readonly #asks: AskModel;
  readonly #instruments: readonly Instrument[];
  readonly #async: boolean;
  readonly #lost: ReadonlySet<number>;
  /** Orders whose acceptance is part of a lost answer. */
  readonly #muted = new Set<string>();
  /** Streams open by instrument. */
  readonly #streams: Uint16Array;
  readonly #tick = new ReusedTick();
  readonly #currency: string;
  readonly #counts = { orders: 0, refused: 0, fills: 0, cancels: 0 };
  #lots = 0;
  #submits = 0;
  #nextBeat = 0;
  #lastRow = Number.NEGATIVE_INFINITY;
  #played = false;
  #stopped = false;
  #closed = false;
  readonly #ended: Promise<void>;
  #end: () => void = () => {};

  /** @throws `MikroBotError` see {@link paper} */
  constructor(options: PaperOptions) {
    super();
    const { costs, feed, mode = 'netting', leverage = 30, stopOut = 0.5, seed = 1, id = 'paper' } = options;
    const instruments = instrumentsOf(options);
    const start = startOf(options.balance);
    this.#currency = start.currency;
    this.#engine = new MatchingEngine({
      instruments,
      account: { id, mode, leverage, stopOut, ...start },
      costs,
      random: seededRandom(seed),
      emit: (event) => this.#onOrder(event),
      onAccount: (state) => {
        if (!this.#closed) this.emit('account', state);
      },
    });
    this.capabilities = capabilitiesOf(options.brackets ?? 'native', feed === undefined ? 'none' : 'native');
    this.#feed = feed;
    this.#instruments = instruments;
    this.#asks = new AskModel(this.#engine.costs.spread, instruments);
    this.#async = options.replies === 'async';
    this.#lost = new Set(options.lostAnswers);
    this.#streams = new Uint16Array(instruments.length);
    this.#ended = new Promise((resolve) => {
      this.#end = resolve;
    });
  }

  /** What the venue counted so far. */
  get venue(): VenueCounts {
    const fees = fromMinor(this.#engine.totals.commission, this.#currency);
    return { ...this.#counts, volume: Math.round(this.#lots * 1e8) / 1e8, fees };
  }

  connect(_abort: AbortSignal): MaybePromise<void> {
    this.emit('connection', { state: 'up', dataLost: false, detail: 'simulated venue' });
    return this.#answer(undefined);
  }

  instruments(): MaybePromise<readonly Instrument[]> {
    return this.#answer(this.#instruments);
  }

  /** @throws `MikroBotError` `UNKNOWN_INSTRUMENT` */
  subscribe({ symbol }: StreamRequest): MaybePromise<() => void> {
    const index = this.#indexOf(symbol);
    this.#streams[index]! += 1;
    let open = true;
    this.emit('heartbeat');
    return this.#answer(() => {
      if (open) this.#streams[index]! -= 1;
      open = false;
    });
  }

  /**
   * Bars of what was played so far: none before `play`, and none that has not closed. Each call passes over the played part of
   * the feed again. Ticks that were handed in are not kept.
   * @throws `MikroBotError` `UNKNOWN_INSTRUMENT`
   */
  async *history(query: HistoryQuery): AsyncGenerator<Bar> {
    const index = this.#indexOf(query.symbol);
    if (this.#feed === undefined) return;
    const asks = new AskModel(this.#engine.costs.spread, this.#instruments);
    yield* playedBars(this.#feed, query, asks, index, this.#lastRow);
  }

  snapshot(): MaybePromise<Snapshot> {
    return this.#answer(this.#engine.snapshot(this.clock.now()));
  }

  /** @throws `MikroBotError` `FORGED_APPROVAL` for what is no approved order of this copy of core. */
  submit(order: ApprovedOrder): MaybePromise<CommandOutcome> {
    const request = this.#requestOf(order);
    this.#submits += 1;
    const lost = this.#lost.has(this.#submits);
    if (lost) this.#muted.add(request.id);
    const outcome = this.#command(() => this.#engine.submit(request, this.clock.now()));
    this.#counts[outcome.outcome === 'accepted' ? 'orders' : 'refused'] += 1;
    return this.#answer(lost ? { outcome: 'unknown', detail: 'the answer was lost' } : outcome);
  }

  /** @throws `MikroBotError` `FORGED_APPROVAL` for what is no approved order of this copy of core. */
  amend(order: ApprovedOrder, replaces: OrderRef): MaybePromise<CommandOutcome> {
    const request = this.#requestOf(order);
    return this.#answer(this.#command(() => this.#engine.amend(request, replaces, this.clock.now())));
  }

  cancel(order: OrderRef): MaybePromise<CommandOutcome> {
    return this.#answer(this.#command(() => this.#engine.cancel(order, this.clock.now())));
  }

  query(order: OrderRef): MaybePromise<QueryOutcome> {
    return this.#answer(this.#engine.query(order.id));
  }

  close(): MaybePromise<void> {
    if (!this.#closed) {
      this.#closed = true;
      this.#stop();
      this.emit('connection', { state: 'down', dataLost: false, detail: 'closed' });
    }
    return this.#answer(undefined);
  }

  /**
   * Plays the feed to its end. Time moves first, then what is due fires, then the row is matched, then it is told. Nothing is
   * awaited between two rows unless somebody keeps the clock waiting. Without a feed it waits for the end, while ticks are handed
   * in. Resolves early on abort and when the venue is closed.
   * @throws `MikroBotError` `ALREADY_RUN` the second time.
   */
  async play(abort: AbortSignal): Promise<void> {
    if (this.#played) {
      throw new MikroBotError('ALREADY_RUN', 'This venue has played its market.', {
        where: 'paper venue',
        hint: 'Make a new venue: its account carries the trades of the first run.',
      });
    }
    this.#played = true;
    // Asking the signal at each row would cost more than the row.
    const stop = (): void => this.#stop();
    if (abort.aborted) stop();
    abort.addEventListener('abort', stop, { once: true });
    try {
      if (this.#feed === undefined) await this.#ended;
      else await this.#playFeed(this.#feed);
    } finally {
      abort.removeEventListener('abort', stop);
    }
  }

  /**
   * Takes one tick by hand, as if the feed had it: time moves, orders are matched, the tick is told.
   * @throws `MikroBotError` `UNKNOWN_INSTRUMENT`
   */
  feedTick({ symbol, time, bid, ask, volume }: Tick): void {
    const index = this.#indexOf(symbol);
    if (Number.isFinite(time)) this.clock.advance(time);
    this.#row(index, time, bid, ask, volume, tickKinds.QUOTE);
  }

  async #playFeed(feed: MarketFeed): Promise<void> {
    if (this.#stopped) return;
    for await (const batch of feed.batches()) {
      if (!this.#stopped) await this.#playBatch(batch);
      if (this.#stopped) return;
    }
    if (this.clock.busy) await this.clock.settled();
  }

  async #playBatch(batch: TickBatch): Promise<void> {
    const indices = Uint16Array.from(batch.symbols, (name) => this.#indexOf(name));
    for (let next = 0; ; ) {
      // An answer that takes no market time arrives before the market moves on.
      if (this.clock.busy) await this.clock.settled();
      next = this.#playRows(batch, indices, next);
      if (next >= batch.length || this.#stopped) return;
    }
  }

  /**
   * Plays rows until the batch ends, somebody keeps the clock waiting, or the venue stops; returns the row to go on with. A loop
   * of its own, without `await`: the compiler keeps its numbers out of the heap.
   */
  #playRows(
    { length, symbol, time, bid, ask, volume, path }: TickBatch,
    indices: Uint16Array,
    from: number,
  ): number {
    const { clock } = this;
    for (let i = from; i < length; i++) {
      const now = time[i]!;
      if (now < Number.POSITIVE_INFINITY) clock.advance(now);
      // What was due may have asked something: it is answered at its own time, and the row comes after.
      if (clock.busy || this.#stopped) return i;
      const kind = path === undefined ? tickKinds.UNKNOWN : path[i] === 1 ? tickKinds.PATH : tickKinds.QUOTE;
      this.#row(indices[symbol[i]!]!, now, bid[i]!, ask[i]!, volume[i]!, kind);
      if (clock.busy) return i + 1;
    }
    return length;
  }

  #row(index: number, time: number, bid: number, ask: number, volume: number, kind: TickKind): void {
    // A row out of time, like a crossed one, is told, so that the bot can count it, but it trades nothing.
    if (time >= this.#lastRow && time < Number.POSITIVE_INFINITY) {
      if (Number.isNaN(ask)) ask = this.#asks.ask(index, time, bid);
      this.#lastRow = time;
      this.#engine.tick(index, time, bid, ask, volume, kind);
    }
    // The market goes on behind a line that was closed, but nothing is told of it.
    if (this.#closed) return;
    if (this.#streams[index]! > 0) {
      const tick = this.#tick;
      tick.symbol = this.#instruments[index]!.symbol;
      tick.time = time;
      tick.bid = bid;
      tick.ask = ask;
      tick.volume = volume;
      this.emit('tick', tick);
    }
    if (this.#lastRow >= this.#nextBeat) {
      this.#nextBeat = this.#lastRow + HEARTBEAT;
      this.emit('heartbeat');
    }
  }

  #onOrder(event: OrderEvent): void {
    if (event.type === 'fill') {
      this.#counts.fills += 1;
      this.#lots += event.quantity;
    } else if (event.type === 'cancelled') this.#counts.cancels += 1;
    else if (event.type === 'accepted' && this.#muted.delete(event.id)) return;
    if (this.#closed) return;
    this.emit('order', event);
  }

  #requestOf(order: ApprovedOrder): OrderRequest {
    const request = requestOf(order, 'paper venue');
    const stripped = this.capabilities.bracket === 'none' && request.bracket !== undefined;
    return stripped ? { ...request, bracket: undefined } : request;
  }

  #stop(): void {
    this.#stopped = true;
    this.#end();
  }

  #command(run: () => CommandOutcome): CommandOutcome {
    if (this.#closed) return { outcome: 'rejected', code: 'VENUE_CLOSED', detail: 'the venue was closed' };
    return run();
  }

  #answer<T>(value: T): MaybePromise<T> {
    return this.#async ? Promise.resolve().then(() => value) : value;
  }

  #indexOf(symbol: string): number {
    const index = this.#engine.indexOf(symbol);
    if (index >= 0) return index;
    throw new MikroBotError('UNKNOWN_INSTRUMENT', `The venue does not list '${symbol}'.`, {
      where: 'paper venue',
      hint: `It lists ${this.#instruments.map((i) => i.symbol).join(', ')}.`,
    });
  }
}

/**
 * A simulated venue for back-tests and paper trading.
 *
 * @example
 * ```ts
 * const adapter = paper({ feed: csv('eurusd.csv.gz'), costs: 'retail-fx', balance: { USD: '10000' } });
 * ```
 * @throws `MikroBotError` `COSTS_REQUIRED` without a cost model, `UNKNOWN_INSTRUMENT` for a symbol of the feed without
 * known contract facts, `BAD_CONFIG` for a balance that is not one amount of one currency.
 */
export const paper = (options: PaperOptions): PaperAdapter => new PaperAdapter(options);
