import {
  type Bot,
  type BotConfig,
  type BrokerAdapter,
  createBot,
  type Draft,
  defineStrategy,
  fixedQuantity,
  type Journal,
  type VirtualClock,
} from '@mikrobot/core';
import { type FaultyAdapter, faulty } from '@mikrobot/testkit';
import { filter, map } from 'rxjs';
import type { CrashableJournal } from './crashable-journal.js';
import type { Death, Plan } from './plan.js';

/** A bug of the adapter or the journal that a test plants, to see it found. */
export interface Bug {
  readonly adapter?: (adapter: BrokerAdapter) => BrokerAdapter;
  readonly journal?: (journal: Journal) => Journal;
}

/** What a world gives to a process of its bot. */
export interface ProcessParts {
  readonly plan: Plan;
  readonly venue: BrokerAdapter & { readonly clock: VirtualClock };
  readonly store: CrashableJournal;
  /** Of the weather on this process's line. */
  readonly seed: number;
  readonly death: Death | undefined;
  readonly bug: Bug | undefined;
  /** What a run wants at a tick; undefined: nothing. */
  readonly wish: (run: string) => Draft | undefined;
}

/** The bot of a world, without what differs between a process and a replay. */
export const botConfig = (
  plan: Plan,
  wish: (run: string) => Draft | undefined,
): Omit<BotConfig, 'adapter' | 'journal'> => ({
  run: plan.runs.map(({ name, symbol }) => ({
    name,
    symbol,
    strategy: defineStrategy({
      name,
      timeframes: ['M1'],
      signals: ({ ticks$ }) =>
        ticks$.pipe(
          map(() => wish(name)),
          filter((draft) => draft !== undefined),
        ),
    }),
  })),
  risk: fixedQuantity({ lots: 0.3 }),
  reconcileEvery: plan.reconcileEvery,
});

/** One process of the bot: from its start to its death, its stop, or the end of the world. */
export class BotProcess {
  readonly bot: Bot;
  readonly line: FaultyAdapter;
  /** `running` until the bot says otherwise; a dead one never does. */
  state: 'running' | 'stopped' | 'failed' = 'running';
  failure: unknown;
  /** Where it died; undefined while it lives. */
  diedAt: string | undefined;
  readonly #clock: VirtualClock;
  #death: Death | undefined;
  readonly #journalSteps = { append: 0, 'before commit': 0, 'after commit': 0 };

  constructor({ plan, venue, store, seed, death, bug, wish }: ProcessParts) {
    this.#clock = venue.clock;
    this.#death = death;
    const doom = death?.at === 'line' ? [death.rule] : [];
    this.line = faulty(venue, { outlives: true, script: { seed, rules: [...doom, ...plan.weather] } });
    const journal = store.open({
      alive: () => this.line.line !== 'severed',
      at: (when) => this.#journalStep(when),
      later: plan.commit === 'sync' ? undefined : (done) => this.#commitIn(plan.commit as number, done),
    });
    this.bot = createBot({
      ...botConfig(plan, (run) => (this.dead ? undefined : wish(run))),
      adapter: bug?.adapter?.(this.line) ?? this.line,
      journal: bug?.journal?.(journal) ?? journal,
    });
    this.bot.run().then(
      () => {
        this.state = 'stopped';
      },
      (error: unknown) => {
        this.state = 'failed';
        this.failure = error;
      },
    );
  }

  get dead(): boolean {
    return this.line.line === 'severed';
  }

  /** Whether people and strategies can talk to it. */
  get listens(): boolean {
    const { state } = this.bot;
    return (
      !this.dead && (state === 'active' || state === 'paused' || state === 'halted' || state === 'killing')
    );
  }

  /** Why it is not at rest, for a person. */
  get unrest(): string {
    const { desk, state } = this.bot;
    const orders = [...desk.orders.working()].map(({ request, state: now }) => `${request.id} ${now}`);
    return `it is ${state} ${String(this.failure ?? '')}, ${desk.line.open} commands are open; ${orders.join(', ')}`;
  }

  /** The process dies here. */
  die(where: string): void {
    if (this.dead) return;
    this.diedAt = where;
    this.line.sever();
  }

  /** The process is over, after the bot in it has ended. */
  exit(): void {
    this.line.sever();
  }

  /** Asked to stop; it may die on the way. */
  stop(weather: Plan['weather'], dying: Death | undefined, seed: number): void {
    this.#death = dying;
    if (dying?.at === 'line') this.line.use({ seed, rules: [dying.rule, ...weather] });
    void this.bot.stop('asked to');
  }

  /** Where it died, after somebody saw that it is dead. */
  get grave(): string {
    const last = this.line.faults.at(-2);
    return (
      this.diedAt ??
      (last === undefined ? 'line' : `${last.on}${last.rule?.when ? ` ${last.rule.when}` : ''}`)
    );
  }

  #journalStep(when: 'append' | 'before commit' | 'after commit'): void {
    this.#journalSteps[when]++;
    const death = this.#death;
    if (death?.at === 'journal' && death.when === when && death.nth <= this.#journalSteps[when]) {
      this.die(`journal ${when}`);
    }
  }

  #commitIn(ms: number, done: () => void): Promise<void> {
    if (ms === 0) {
      const work = Promise.resolve().then(done);
      this.#clock.track(work);
      return work;
    }
    const work = new Promise<void>((resolve) => {
      this.line.clock.arm('commit', this.#clock.now() + ms, () => {
        done();
        resolve();
        this.#clock.track(work);
      });
    });
    return work;
  }
}
