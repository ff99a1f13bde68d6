import {
  type ApprovedOrder,
  type Bot,
  createBot,
  type Decision,
  type Draft,
  defineStrategy,
  explain,
  MemoryJournal,
  systemClock,
} from '@mikrobot/core';
import { EMPTY } from 'rxjs';
import { Recorder, type Submitted } from './recorder.js';
import type { VenueUnderTest } from './venue.js';

const silent = defineStrategy({ name: 'testkit', timeframes: ['M1'], signals: () => EMPTY });
let stages = 0;

/** Ids must differ from those of every card before on the same account, also of earlier runs. */
const journalId = (): string => {
  stages += 1;
  const tenths = Math.floor(systemClock().now() / 100) + stages;
  return `k${(tenths % 36 ** 5).toString(36).padStart(5, '0')}`;
};

/** A bot on the venue under test. Its risk approves what the cards ask for, and nobody else could. */
export class Stage {
  readonly #recorder: Recorder;
  readonly #bot: Bot;
  readonly #decisions: Decision[] = [];
  readonly #symbol: string;
  #ran: Promise<unknown> = Promise.resolve();
  /** Why the bot did not start. */
  failure: { readonly error: unknown } | undefined;

  /** @param claims - whether the bot shall believe that the adapter can do everything */
  constructor({ adapter, symbol }: VenueUnderTest, claims: boolean) {
    this.#symbol = symbol;
    this.#recorder = new Recorder(adapter, claims);
    this.#bot = createBot({
      adapter: this.#recorder,
      journal: new MemoryJournal({ id: journalId() }),
      run: [{ strategy: silent, symbol }],
      risk: { name: 'testkit', judge: () => undefined },
      validate: [],
      // What cards do past the bot is not its business.
      foreign: 'ignore',
      reconcileEvery: Number.POSITIVE_INFINITY,
    });
    this.#bot.decisions$.subscribe((decision) => this.#decisions.push(decision));
  }

  start(): void {
    this.#ran = this.#bot.run().catch((error) => {
      this.failure = { error };
    });
  }

  /** Whether the start has ended, well or not. */
  get started(): boolean {
    return this.#bot.state === 'active' || this.failure !== undefined;
  }

  /** Whether entries pass: not while the bot compares its books with the venue. */
  get ready(): boolean {
    return this.#bot.desk.unreconciled === undefined;
  }

  /** Has the bot judge and send a draft. @returns what it submitted first, or the words of its decision */
  say(draft: Partial<Draft>): Submitted | string {
    const { submitted } = this.#recorder;
    const before = submitted.length;
    const symbol = this.#symbol;
    // What is critical does not wait for the answer to another order.
    const whole: Draft = { symbol, confidence: 1, priority: 'critical', intent: 'enter', ...draft };
    this.#bot.command({ do: 'signal', draft: whole, by: 'kit' });
    const last = this.#decisions.at(-1);
    return submitted[before] ?? (last === undefined ? 'no decision' : explain(last));
  }

  /** Has the bot approve a draft whose order is not sent; else the words of its decision. */
  approve(draft: Partial<Draft>): ApprovedOrder | string {
    this.#recorder.capturing = true;
    try {
      const said = this.say(draft);
      return typeof said === 'string' ? said : said.order;
    } finally {
      this.#recorder.capturing = false;
    }
  }

  /** Cancels what works and closes what is open. */
  clear(): void {
    this.#bot.command({ do: 'kill', by: 'kit' });
  }

  /** Leaves the bot to itself: its process is said to be dead. */
  abandon(): void {
    this.#recorder.detach();
    this.stop().catch(() => undefined);
  }

  async stop(): Promise<void> {
    await this.#bot.stop('the card is over', { deadline: 0 });
    await this.#ran;
    this.#recorder.detach();
  }
}
