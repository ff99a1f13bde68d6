import {
  type ApprovedOrder,
  type CommandOutcome,
  type Draft,
  type EntryOrder,
  type Instrument,
  type MaybePromise,
  type OrderRef,
  roundPrice,
  roundQuantity,
  type Side,
  type Snapshot,
  tidyQuantity,
} from '@mikrobot/core';
import { Asker } from './asker.js';
import { Stage } from './stage.js';
import type { ControlName, VenueControls } from './venue.js';

/** An order of a card: as it was approved, and what the adapter answered. */
export interface CardOrder {
  readonly order: ApprovedOrder;
  readonly id: string;
  readonly ref: OrderRef;
  /** The answer to submit; silence counts as unknown. */
  readonly answer: CommandOutcome;
}

type Given<K extends ControlName> = Parameters<NonNullable<VenueControls[K]>>;
type Taken<K extends ControlName> = Awaited<ReturnType<NonNullable<VenueControls[K]>>>;

/** What a card works with: the venue with its controls, a bot that gets orders approved, and the adapter under test. */
export class Bench extends Asker {
  readonly #abort = new AbortController();
  #stage: Stage | undefined;
  #instrument: Instrument | undefined;
  #mid = 0;
  #spread = 0;
  /** Bid and ask that the venue was last told to quote. */
  quoted: readonly [number, number] = [0, 0];

  /** Brings the venue as far as the card wants it. */
  async begin(): Promise<void> {
    const { begin = 'bot', needs } = this.card;
    if (begin === 'new') return;
    if (begin === 'line') await this.adapter.connect(this.#abort.signal);
    else {
      const stage = new Stage(this.venue, needs.includes('something undeclared'));
      this.#stage = stage;
      stage.start();
      await this.until('a bot starts on the adapter', () => stage.started);
      if (stage.failure !== undefined) throw stage.failure.error;
    }
    await this.#readInstrument();
    if (begin === 'bot') await this.#readMarket();
    this.tape.note('--- the card begins');
  }

  /** Ends the bot and the adapter. A venue that is not thrown away is left without orders and positions of the card. */
  async end(): Promise<void> {
    if (this.venue.dispose === undefined && this.#stage !== undefined) await this.#clear(this.#stage);
    const restarted = this.adapter !== this.venue.adapter;
    // What died is not waited for: its calls may never be answered.
    if (restarted) this.#stage?.abandon();
    else if (this.#stage !== undefined) await this.#stop(this.#stage);
    this.#abort.abort();
    if (this.#stage === undefined || restarted) await this.adapter.close();
    await this.venue.dispose?.();
  }

  /** Uses a control of the venue. */
  async use<K extends ControlName>(name: K, ...given: Given<K>): Promise<Taken<K>> {
    this.tape.note(`> ${name}(${given.map(String).join(', ')})`);
    const controls = this.venue.controls as unknown as Record<
      K,
      (...values: Given<K>) => MaybePromise<Taken<K>>
    >;
    return controls[name](...given);
  }

  /** The process dies and starts again: from now on the adapter under test is a new one, connected. */
  async restart(): Promise<void> {
    this.adapter = await this.use('restart');
    this.tape.listen(this.adapter);
    await this.adapter.connect(this.#abort.signal);
    await this.adapter.instruments();
    await this.adapter.subscribe({ symbol: this.venue.symbol });
  }

  // ---- The market

  get instrument(): Instrument {
    return this.#instrument ?? this.fail('the instrument', 'nobody has asked for it yet', 'known');
  }

  /** Lots of a card's order. */
  get lots(): number {
    return roundQuantity(this.instrument, this.venue.lots ?? this.instrument.minQuantity * 10);
  }

  /** Two fifths of {@link lots}. */
  get part(): number {
    return roundQuantity(this.instrument, this.lots * 0.4);
  }

  /** The price so many distances above the market of the beginning, on the grid. */
  at(distances: number): number {
    const distance = this.venue.distance ?? this.#mid * 0.005;
    return roundPrice(this.instrument, this.#mid + distances * distance, 'nearest');
  }

  /** The market moves to so many distances from where it began. */
  async move(distances: number): Promise<void> {
    const bid = roundPrice(this.instrument, this.at(distances) - this.#spread / 2, 'nearest');
    await this.quote(bid, roundPrice(this.instrument, bid + this.#spread, 'nearest'));
  }

  async quote(bid: number, ask: number): Promise<void> {
    this.quoted = [bid, ask];
    await this.use('quote', bid, ask);
  }

  /** Asks for the ticks of the symbol. @returns the way to end them */
  async subscribe(): Promise<() => void> {
    const { symbol } = this.venue;
    const end = await this.adapter.subscribe({ symbol });
    this.tape.note(`> subscribe to ${symbol}`);
    return () => {
      this.tape.note(`> end a stream of ${symbol}`);
      end();
    };
  }

  /** A quote near the market, another one each time. */
  async quoteAnything(): Promise<void> {
    const { bid, ask } = this.venue.market ?? { bid: this.at(0), ask: this.at(0) };
    const up = this.quoted[0] === bid ? this.instrument.tickSize : 0;
    await this.quote(
      roundPrice(this.instrument, bid + up, 'nearest'),
      roundPrice(this.instrument, ask + up, 'nearest'),
    );
  }

  // ---- Orders

  /** Has the bot send an entry, and waits for the answer. @param part - its name in the card's events */
  enter(
    side: Side,
    order: EntryOrder = { type: 'market' },
    more: Partial<Draft> = {},
    part = 'entry',
  ): Promise<CardOrder> {
    return this.#send({ side, quantity: this.lots, order, ...more }, part);
  }

  /** Closes what is open, or so many lots of it. */
  exit(quantity?: number, part = 'exit'): Promise<CardOrder> {
    return this.#send({ intent: 'exit', quantity }, part);
  }

  /** Moves the stop or the target of what is open, as a bot does it. */
  adjust(levels: Pick<Draft, 'stop' | 'target'>): void {
    this.tape.note(`> adjust ${JSON.stringify(levels)}`);
    this.#stage?.say({ intent: 'adjust', ...levels });
  }

  /** An order that is approved and not sent. */
  async approve(draft: Partial<Draft>): Promise<ApprovedOrder> {
    await this.#mayEnter();
    const order = this.#stage?.approve({ side: 'buy', quantity: this.lots, ...draft });
    return typeof order === 'object' ? order : this.fail('the bot approves the order', order, 'an order');
  }

  /** Gives an order to the adapter past the bot. @param part - its name in the card's events */
  submit(order: ApprovedOrder, part?: string): Promise<CommandOutcome> {
    if (part !== undefined) this.name(part, order.request.id);
    return this.command(`submit ${order.request.id}`, () => this.adapter.submit(order));
  }

  cancel({ ref }: Pick<CardOrder, 'ref'>): Promise<CommandOutcome> {
    return this.command(`cancel ${ref.id}`, () => this.adapter.cancel(ref));
  }

  amend(order: ApprovedOrder, { ref }: Pick<CardOrder, 'ref'>): Promise<CommandOutcome> {
    const { quantity, price } = order.request;
    return this.command(`amend ${ref.id} to ${quantity} at ${price}`, () => this.adapter.amend(order, ref));
  }

  /** The venue must hold so many signed lots more than before the card. */
  async holds(lots: number): Promise<void> {
    let net = Number.NaN;
    const same = async (): Promise<boolean> => {
      net = this.#netOf(await this.snapshot());
      return net === this.tidy(lots);
    };
    if (!(await this.pace.until(same))) this.fail('lots held at the venue', net, this.tidy(lots));
  }

  /** Lots without the dust of binary fractions. */
  tidy(lots: number): number {
    // -0 is another number to those who compare strictly.
    return tidyQuantity(this.instrument, lots) + 0;
  }

  /** Lots that the fills of an order add up to. */
  filled(id: string): number {
    return this.tidy(this.tape.fills(id).reduce((sum, { quantity }) => sum + quantity, 0));
  }

  async #send(draft: Partial<Draft>, part: string): Promise<CardOrder> {
    if (draft.intent !== 'exit') await this.#mayEnter();
    const sent = this.#stage?.say(draft);
    if (typeof sent !== 'object') return this.fail('the bot sends the order', sent, 'an order');
    const { id, symbol, side, quantity, type, price } = sent.order.request;
    this.name(part, id);
    if (part === 'entry') {
      this.name('stop', `${id}s`);
      this.name('target', `${id}t`);
    }
    const what = `submit ${id}`;
    this.tape.note(`> ${what} (${part}): ${side} ${quantity} ${type} ${price ?? ''}`);
    const answer = await this.answer(what, sent.answer as MaybePromise<CommandOutcome>);
    return { order: sent.order, id, ref: { id, symbol }, answer };
  }

  /** A bot lets no entry pass before it knows what the venue holds. */
  #mayEnter(): Promise<void> {
    return this.until('the books of a bot agree with the snapshot', () => this.#stage?.ready === true);
  }

  async #readInstrument(): Promise<void> {
    const { symbol } = this.venue;
    const all = await this.adapter.instruments();
    const listed = all.map((one) => one.symbol);
    this.#instrument =
      all.find((one) => one.symbol === symbol) ??
      this.fail('instruments of the venue', listed, `${symbol} among them`);
  }

  async #readMarket(): Promise<void> {
    const { market, controls } = this.venue;
    if (market !== undefined && controls?.quote !== undefined) await this.quote(market.bid, market.ask);
    await this.until('a tick comes', () => this.tape.ticks.length > 0);
    const { bid, ask } = this.tape.ticks.at(-1)!;
    this.#mid = (bid + ask) / 2;
    this.#spread = ask - bid;
    this.before = await this.snapshot();
  }

  #netOf({ positions }: Pick<Snapshot, 'positions'>): number {
    const { symbol } = this.venue;
    const sum = (all: Snapshot['positions']): number =>
      all.reduce((lots, held) => (held.symbol === symbol ? lots + held.quantity : lots), 0);
    return this.tidy(sum(positions) - sum(this.before.positions));
  }

  /** Time passes meanwhile: a bot waits a moment for what is under way. */
  async #stop(stage: Stage): Promise<void> {
    let ended: { readonly error?: unknown } | undefined;
    stage.stop().then(
      () => {
        ended = {};
      },
      (error) => {
        ended = { error };
      },
    );
    await this.until('the bot stops, and its adapter closes', () => ended !== undefined);
    if (ended !== undefined && 'error' in ended) throw (ended as { readonly error: unknown }).error;
  }

  async #clear(stage: Stage): Promise<void> {
    stage.clear();
    const old = new Set(this.before.orders.map(({ id }) => id));
    await this.pace.until(async () => {
      const left = await this.look();
      const orders = left?.orders.filter(({ id }) => !old.has(id)) ?? [];
      for (const { id, symbol } of orders) await this.cancel({ ref: { id, symbol } });
      return left !== undefined && orders.length === 0 && this.#netOf(left) === 0;
    });
  }
}
