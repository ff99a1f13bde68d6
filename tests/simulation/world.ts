import { type Draft, type Entry, type Side, sideOf } from '@mikrobot/core';
import { BotProcess, type Bug } from './bot-process.js';
import { Chance } from './chance.js';
import { CrashableJournal } from './crashable-journal.js';
import { violations } from './invariants.js';
import { Market } from './market.js';
import { type Life, type Plan, planOf } from './plan.js';
import { type VenueRecord, venueOf } from './venue.js';
import { commandOf, draftOf, type Situation } from './wishes.js';

/** How a world is run. */
export interface WorldOptions {
  /** Whether processes die and stop. Default true. */
  readonly crashes?: boolean;
  /** Told what happens, for a person. */
  readonly tell?: ((line: string) => void) | undefined;
  readonly bug?: Bug | undefined;
}

/** What came of a world. */
export interface WorldResult {
  readonly seed: number;
  readonly plan: Plan;
  /** What must never be; empty when all is well. */
  readonly violations: readonly string[];
  readonly entries: readonly Entry[];
  readonly hash: string;
  readonly orders: number;
  readonly fills: number;
  readonly commands: number;
  readonly starts: number;
  readonly stops: number;
  /** Where processes died. */
  readonly deaths: readonly { readonly where: string; readonly inFlight: boolean; readonly lost: number }[];
  /** What went wrong on the lines, as in `submit lose-answer`. */
  readonly faults: readonly string[];
}

/** Ms that a step may take. */
const PAUSES = [50, 300, 1_000, 1_000, 3_000, 8_000, 20_000] as const;
/** Ms between two quotes at the end, and how many may pass until the bot is quiet, and how many it must be quiet for. */
const REST = 2_500;
const MOST_RESTS = 200;
const QUIET_RESTS = 20;

/** Everything that is ready runs: microtasks, however many follow each other. */
const drain = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** One seed's world: a venue on virtual time, a bot that may die and start again, people, weather, and in the end the truth. */
class World {
  readonly #plan: Plan;
  readonly #options: WorldOptions;
  readonly #chance: Chance;
  readonly #record: VenueRecord;
  readonly #market: Market;
  readonly #store = new CrashableJournal();
  readonly #lives: Life[];
  readonly #deaths: WorldResult['deaths'][number][] = [];
  readonly #faults: string[] = [];
  readonly #violations: string[] = [];
  #process: BotProcess | undefined;
  #life: Life | undefined;
  #starts = 0;
  #stops = 0;
  #commands = 0;
  #asleep = 0;
  /** At the end nobody wants anything any more. */
  #resting = false;

  constructor(seed: number, options: WorldOptions) {
    this.#options = options;
    this.#plan = planOf(seed, options.crashes ?? true);
    this.#lives = [...this.#plan.lives];
    // Not the plan's own stream: what happens must not depend on how the plan is drawn.
    this.#chance = new Chance(seed ^ 0x5eed);
    this.#record = venueOf(this.#plan);
    this.#market = new Market(this.#record.venue, this.#chance, ['EURUSD', 'GBPUSD']);
  }

  async run(): Promise<WorldResult> {
    this.#tell(() => JSON.stringify(this.#plan));
    this.#market.stay();
    for (let step = 0; step < this.#plan.steps; step++) await this.#step(step);
    await this.#rest();
    const { memory } = this.#store;
    return {
      seed: this.#plan.seed,
      plan: this.#plan,
      violations: this.#violations,
      entries: memory.entries(),
      hash: memory.head().hash,
      orders: this.#record.taken.size,
      fills: this.#record.fills,
      commands: this.#commands,
      starts: this.#starts,
      stops: this.#stops,
      deaths: this.#deaths,
      faults: this.#faults,
    };
  }

  async #step(step: number): Promise<void> {
    await this.#live(step);
    await this.#pass(this.#chance.pick(PAUSES));
    this.#market.move();
    await drain();
    const process = this.#process;
    if (process?.listens) this.#act(process);
    await drain();
  }

  /** Starts, stops and buries the bot's processes. */
  async #live(step: number): Promise<void> {
    const process = this.#process;
    if (process === undefined) {
      if (this.#asleep-- <= 0) this.#start();
    } else if (process.dead) this.#bury(process);
    else if (process.state !== 'running') this.#leave(process);
    else {
      const end = this.#life?.end;
      if (end?.at === 'step' && step >= end.step) {
        process.die('a step');
        this.#bury(process);
      } else if (end?.at === 'stop' && step >= end.step && process.listens) {
        this.#stops++;
        this.#tell(() => 'the bot is asked to stop');
        this.#life = { end: undefined, pause: this.#life?.pause ?? 0 };
        process.stop(this.#plan.weather, end.dying, this.#plan.seed);
      }
    }
    await drain();
  }

  #start(): void {
    this.#life ??= this.#lives.shift() ?? { end: undefined, pause: 0 };
    this.#starts++;
    const { end } = this.#life;
    this.#tell(() => `process ${this.#starts} starts, to end ${JSON.stringify(end) ?? 'with the world'}`);
    const { venue } = this.#record;
    const process = new BotProcess({
      plan: this.#plan,
      venue,
      store: this.#store,
      seed: this.#plan.seed * 31 + this.#starts,
      death: end?.at === 'stop' ? undefined : end,
      bug: this.#options.bug,
      wish: (run) => this.#wish(run),
    });
    if (this.#options.tell !== undefined) this.#listen(process);
    this.#process = process;
  }

  /** A dead process: what it had not committed is lost, and after a while somebody starts the next. */
  #bury(process: BotProcess): void {
    const { bot } = process;
    const moment = bot.state === 'active' ? '' : `${bot.state}: `;
    const where = moment + process.grave;
    const { inFlight } = bot.desk.orders;
    const lost = this.#store.crash(this.#chance);
    this.#deaths.push({ where, inFlight, lost });
    this.#tell(() => `process ${this.#starts} is dead at ${where}, ${lost} entries of its journal are lost`);
    this.#asleep = this.#life?.pause ?? 0;
    this.#life = undefined;
    this.#gone(process);
  }

  /** A process that stopped as asked, or whose start failed. */
  #leave(process: BotProcess): void {
    this.#tell(() => `process ${this.#starts} ${process.state} ${String(process.failure ?? '')}`);
    this.#asleep = this.#life?.pause ?? 0;
    if (process.state === 'stopped') this.#life = undefined;
    process.exit();
    this.#gone(process);
  }

  #gone({ line }: BotProcess): void {
    for (const { on, do: kind } of line.faults) this.#faults.push(`${on} ${kind}`);
    this.#process = undefined;
  }

  #act(process: BotProcess): void {
    const chance = this.#chance;
    const { rates } = this.#plan;
    const { bot, line } = process;
    if (chance.hit(rates.person) || bot.state === 'halted' || bot.state === 'paused') {
      const waiting = bot.waiting.filter(({ signal }) => {
        const { free, sides } = this.#situation(process, signal.source, signal.symbol);
        return (
          signal.side === undefined || (signal.intent === 'reverse' ? free : sides.includes(signal.side))
        );
      });
      const command = commandOf(
        chance,
        waiting.map(({ signal }) => signal.id),
      );
      this.#commands++;
      this.#tell(() => `a person says ${JSON.stringify(command)}`);
      bot.command(command);
    }
    if (chance.hit(rates.cut)) {
      line.cut({
        ms: chance.between(100, 30_000),
        events: chance.pick(['lost', 'kept']),
        calls: chance.pick(['unknown', 'refused', 'silence']),
      });
    }
  }

  /** What a run wants at a tick. */
  #wish(run: string): Draft | undefined {
    const chance = this.#chance;
    const { rates, runs } = this.#plan;
    const process = this.#process;
    const symbol = runs.find(({ name }) => name === run)?.symbol;
    if (this.#resting || symbol === undefined || process === undefined || !chance.hit(rates.draft))
      return undefined;
    const draft = draftOf(chance, this.#market, symbol, this.#situation(process, run, symbol));
    this.#tell(() => `${run} wants ${JSON.stringify(draft)}`);
    return draft;
  }

  #situation({ bot }: BotProcess, owner: string, symbol: string): Situation {
    const { against, stops } = this.#plan;
    const held = bot.book.position(symbol, owner).quantity;
    const now = bot.desk.clock.now();
    const entries = [...bot.desk.orders.working()].filter(
      ({ request }) => request.owner === owner && request.purpose === 'enter',
    );
    if (against) return { held, sides: ['buy', 'sell'], free: true, now, stops };
    const taken = new Set<Side>(entries.map(({ request }) => request.side));
    const side = sideOf(held);
    if (side !== undefined) taken.add(side);
    const sides: readonly Side[] = taken.size === 0 ? ['buy', 'sell'] : taken.size === 1 ? [...taken] : [];
    return { held, sides, free: entries.length === 0, now, stops };
  }

  /** No fault any more: the line is healed, time passes until the bot is quiet, and then the truth is told. */
  async #rest(): Promise<void> {
    this.#lives.length = 0;
    this.#resting = true;
    let healed: BotProcess | undefined;
    let quiet = 0;
    let before = -1;
    for (let rests = 0; rests < MOST_RESTS; rests++) {
      await this.#live(Number.NEGATIVE_INFINITY);
      const process = this.#process;
      if (process !== undefined && process !== healed) {
        healed = process;
        await this.#heal(process);
      }
      await this.#pass(REST);
      this.#market.stay();
      await drain();
      const { stirred } = this.#store;
      const orders = process?.bot.desk.orders;
      const still = process?.listens && orders?.inFlight === false && stirred === before;
      quiet = still ? quiet + 1 : 0;
      before = stirred;
      if (quiet >= QUIET_RESTS) break;
    }
    const process = this.#process;
    if (process === undefined || quiet < QUIET_RESTS)
      this.#violations.push(`the bot never gets quiet: ${process?.unrest ?? 'it is not there'}`);
    if (process === undefined) return;
    this.#violations.push(...(await violations(this.#plan, this.#record, process.bot, this.#store.memory)));
    this.#gone(process);
  }

  async #heal({ line }: BotProcess): Promise<void> {
    line.use({});
    // What is on its way arrives before the bot is told that something was lost.
    for (let i = 0; i < 4; i++) {
      await this.#pass(REST);
      this.#market.stay();
      await drain();
    }
    line.cut();
    line.restore({ dataLost: true });
    this.#tell(() => 'the line is healed');
  }

  async #pass(ms: number): Promise<void> {
    const { clock } = this.#record.venue;
    const end = clock.now() + ms;
    clock.advance(end);
    while (clock.busy) {
      await clock.settled();
      clock.advance(end);
    }
    await drain();
  }

  #tell(line: () => string): void {
    const { tell } = this.#options;
    if (tell === undefined) return;
    tell(`${new Date(this.#record.venue.clock.now()).toISOString().slice(11)} ${line()}`);
  }

  #listen({ bot, line }: BotProcess): void {
    let told = 0;
    const flush = (): void => {
      for (const { on, do: kind, id, ms } of line.faults.slice(told))
        this.#tell(() => `  fault ${on} ${kind} ${id ?? ''} ${ms ?? ''}`);
      told = line.faults.length;
    };
    bot.state$.subscribe((state) => this.#tell(() => `bot ${state}`));
    bot.decisions$.subscribe((d) => {
      flush();
      const why =
        d.outcome === 'refused' || d.outcome === 'held' ? `${d.refusal.code} ${d.refusal.actual}` : '';
      this.#tell(() => `${d.signal.id} ${d.signal.intent} ${d.signal.side ?? ''} ${d.outcome} ${why}`);
    });
    bot.orders$.subscribe((event) => {
      flush();
      this.#tell(() => `  ${event.id} ${JSON.stringify(event)}`);
    });
    bot.issues$.subscribe(({ code, detail }) => {
      flush();
      this.#tell(() => `! ${code} ${detail}`);
    });
  }
}

/** Runs the world of a seed. The same seed gives the same world, byte for byte. */
export const runWorld = (seed: number, options: WorldOptions = {}): Promise<WorldResult> =>
  new World(seed, options).run();
