import {
  type AccountState,
  type OrderEvent,
  type OrderReport,
  type Random,
  seededRandom,
} from '@mikrobot/core';
import { costPresets, MatchingEngine } from '@mikrobot/matching';
import type { Message, Question } from '../../wire.js';
import { Market } from '../market.js';
import type { VenueOptions } from '../options.js';
import { VenueRecord } from '../record.js';
import type { HistorySoFar, JudgedVenue, VenueTruth } from '../truth.js';
import { instruments, starts } from './instruments.js';

/** Monotonous wall time, epoch ms. */
const now = (): number => Math.round((performance.timeOrigin + performance.now()) * 1_000) / 1_000;

/** A venue in real time: a market of its own, a matching engine, and a record of everything. */
export class Venue implements JudgedVenue {
  readonly record = new VenueRecord();
  readonly #engine: MatchingEngine;
  readonly #market: Market;
  readonly #random: Random;
  readonly #options: VenueOptions;
  readonly #say: (message: Message) => void;
  readonly #connected: () => boolean;
  readonly hangUp: () => void;
  #timer: ReturnType<typeof setInterval> | undefined;
  #events = 0;
  #told: Message[] = [];
  /** Questions of which the last answer got lost, by order or kind. */
  readonly #silent = new Set<string>();

  /**
   * @param say - tells whoever is connected
   * @param hangUp - breaks their lines
   */
  constructor(
    options: VenueOptions,
    say: (message: Message) => void,
    connected: () => boolean,
    hangUp: () => void,
  ) {
    this.#options = options;
    this.#say = say;
    this.#connected = connected;
    this.hangUp = hangUp;
    this.#random = seededRandom(options.seed);
    const walkers = instruments.map(({ tickSize, priceDecimals }, i) => ({
      start: starts[i]!,
      tickSize,
      priceDecimals,
    }));
    this.#market = new Market(walkers, seededRandom(options.seed + 1));
    const { latency } = options;
    this.#engine = new MatchingEngine({
      instruments,
      account: {
        id: 'torture',
        currency: 'USD',
        balance: '10000000',
        mode: 'netting',
        leverage: 500,
        stopOut: 0,
      },
      costs: {
        ...costPresets.none,
        name: 'torture',
        latency: { kind: 'uniform', min: 0, max: latency },
        liquidity: { kind: 'volume-share', share: 1 },
      },
      random: seededRandom(options.seed + 2),
      emit: (event) => this.#onOrder(event),
      onAccount: (account: AccountState) => {
        this.#told.push({ say: 'account', account });
      },
    });
    this.thaw();
  }

  /** Lets the market move. */
  thaw(): void {
    this.#timer ??= setInterval(() => this.#tick(), this.#options.tickEvery);
  }

  /** Stops the market: orders are still taken. */
  freeze(): void {
    clearInterval(this.#timer);
    this.#timer = undefined;
  }

  met(): void {
    this.record.met(now());
  }

  /** Answers a client. An answer may get lost, and may go before or after the events that it caused. */
  answer(question: Question): void {
    this.record.asked[question.ask] = (this.record.asked[question.ask] ?? 0) + 1;
    const data = this.#do(question);
    this.#look();
    const { ask, n } = question;
    const about = ask === 'query' ? question.ref.id : ask;
    const chance = ask === 'instruments' || ask === 'snapshot' ? 0 : this.#options.lost[ask];
    const lost = this.#random() < chance && !this.#silent.has(about);
    // Nobody can protect what nobody tells him of: of two answers on one order the second comes.
    if (lost) this.#silent.add(about);
    else this.#silent.delete(about);
    const first = this.#random() < 0.5;
    const answer: Message = { say: 'answer', n, data };
    if (first && !lost) this.#say(answer);
    this.#flush();
    if (!first && !lost) this.#say(answer);
  }

  truth(from: HistorySoFar): VenueTruth {
    const snapshot = this.#engine.snapshot(now());
    const owners = Object.fromEntries(snapshot.orders.map(({ id }) => [id, this.record.ownerOf(id)]));
    const connected = this.#connected();
    this.#look();
    return {
      connected,
      events: this.#events,
      snapshot,
      ledgers: this.record.ledgers,
      owners,
      sent: this.record.sent.slice(from.sent),
      trades: this.record.trades.slice(from.trades),
      longestNaked: this.record.takeLongestNaked(now(), connected),
    };
  }

  #do(question: Question): unknown {
    const time = now();
    switch (question.ask) {
      case 'instruments':
        return instruments;
      case 'snapshot':
        return this.#engine.snapshot(time);
      case 'submit': {
        this.record.expect(question.request);
        const outcome = this.#engine.submit(question.request, time);
        this.record.took(question.request, outcome.outcome === 'accepted', time);
        return outcome;
      }
      case 'amend':
        return this.#engine.amend(question.request, question.replaces, time);
      case 'cancel':
        return this.#engine.cancel(question.ref, time);
      case 'query':
        return this.#engine.query(question.ref.id);
    }
  }

  #tick(): void {
    const { index, bid, ask, volume } = this.#market.next();
    const time = now();
    this.#engine.tick(index, time, bid, ask, volume);
    this.#look();
    this.#flush();
    this.#say({ say: 'tick', tick: { symbol: instruments[index]!.symbol, time, bid, ask, volume } });
  }

  #onOrder(event: OrderEvent): void {
    if (event.type === 'fill') this.record.traded(event);
    this.#told.push({ say: 'order', event, number: ++this.#events });
  }

  #flush(): void {
    const told = this.#told;
    this.#told = [];
    for (const message of told) this.#say(message);
  }

  #look(): void {
    this.record.look(this.working(), now(), this.#connected());
  }

  working(): readonly OrderReport[] {
    return this.#engine.snapshot(now()).orders;
  }
}
