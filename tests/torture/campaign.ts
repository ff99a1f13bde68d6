import type { BugName } from './bugs.js';
import type { Bundle } from './bundle.js';
import type { Peer } from './peer.js';
import type { Plan } from './plan.js';
import { type KillName, type StepName, stepNames, stepOf } from './steps.js';
import type { Tally } from './tally.js';
import { placesStops, venues } from './venues.js';
import { World, type WorldOptions } from './world.js';

/** What a campaign needs. */
export interface CampaignParts {
  readonly bundle: Bundle;
  readonly plan: Plan;
  readonly tally: Tally;
  readonly seed: number;
  readonly venue: WorldOptions['venue'];
  readonly bracket: WorldOptions['bracket'];
  readonly durability: WorldOptions['durability'];
  readonly bug?: BugName | undefined;
  readonly naked?: WorldOptions['naked'];
  /** Kills after which the world is left for a new one. */
  readonly most: number;
}

/** Ms after which a step that is not reached is given up. */
const REACH = 1_500;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** One world: bots are started, judged, let loose and killed, again and again. */
class Campaign {
  readonly #parts: CampaignParts;
  readonly #world: World;
  #kills = 0;
  #last: KillName | undefined;
  /** Deaths that no life has been judged after. */
  #unjudged: KillName[] = [];

  constructor(parts: CampaignParts, world: World) {
    this.#parts = parts;
    this.#world = world;
  }

  /** Returns false at the first fault: what follows would tell of the same. */
  async run(): Promise<boolean> {
    const { plan, most } = this.#parts;
    let bot = await this.#begin();
    while (bot !== undefined && !plan.over && this.#kills < most) bot = await this.#once(bot);
    if (bot === undefined) return false;
    bot.kill('SIGKILL');
    await bot.ended;
    return this.#passes(this.#world.verify());
  }

  /** Lets a bot trade, kills it, and starts the next. Undefined after a fault. */
  async #once(bot: Peer): Promise<Peer | undefined> {
    const { plan, bracket, venue } = this.#parts;
    const step = plan.next(placesStops(bracket));
    const phase = step === undefined ? undefined : stepOf(step).when;
    await bot.ask('trade');
    if (this.#world.random() < venues[venue].cut) {
      await this.#breathe();
      await this.#world.cut();
    }
    if (step !== undefined && phase === 'trade') return this.#trap(bot, step);
    if (phase !== 'start') await this.#breathe();
    if (step === undefined) return this.#random(bot);
    return phase === 'start' ? this.#start(bot, step) : this.#stop(bot, step);
  }

  async #breathe(): Promise<void> {
    await sleep(60 + 200 * this.#world.random());
  }

  async #trap(bot: Peer, step: StepName): Promise<Peer | undefined> {
    // Not always the first chance: later ones find fuller books.
    if (await this.#reaches(bot, step)) return (await this.#died(bot, step)) ? this.#begin() : undefined;
    this.#parts.plan.missed(step);
    return this.#random(bot);
  }

  async #reaches(bot: Peer, step: StepName): Promise<boolean> {
    const times = stepOf(step).rare ? 0 : Math.floor(4 * this.#world.random());
    await bot.ask('arm', { step, times });
    return (await bot.hear('dying', stepOf(step).rare ? 2 * REACH : REACH)) !== undefined;
  }

  async #random(bot: Peer): Promise<Peer | undefined> {
    bot.kill('SIGKILL');
    return (await this.#died(bot, 'random')) ? this.#begin() : undefined;
  }

  /** To die while it starts, a bot must find something to do: the one before dies where it leaves that. */
  async #start(bot: Peer, step: StepName): Promise<Peer | undefined> {
    const after = stepNames.find((name) => name === stepOf(step).after);
    const left = after !== undefined && (await this.#reaches(bot, after));
    if (left) this.#parts.plan.reached(after);
    else bot.kill('SIGKILL');
    if (!(await this.#died(bot, left ? after : 'random'))) return undefined;
    return this.#begin(step);
  }

  async #stop(bot: Peer, step: StepName): Promise<Peer | undefined> {
    await bot.ask('arm', { step, times: 0 });
    bot.kill('SIGTERM');
    if ((await bot.hear('dying', venues[this.#parts.venue].start)) !== undefined)
      return (await this.#died(bot, step)) ? this.#begin() : undefined;
    // It stopped before it came there: no kill, but a restart that must go as well.
    this.#parts.plan.missed(step);
    await bot.ended;
    return this.#begin();
  }

  /** Counts a death. False when it left a fault. */
  async #died(bot: Peer, name: KillName): Promise<boolean> {
    await bot.ended;
    this.#kills++;
    this.#last = name;
    this.#unjudged.push(name);
    const faults = await this.#world.autopsy();
    const inFlight = this.#world.facts.inFlight.length;
    this.#parts.plan.killed(inFlight > 0);
    this.#parts.tally.killed({ name, inFlight });
    return this.#passes(faults);
  }

  /** Starts a bot and has it judged. @param step - where it is to die before that, if it comes there */
  async #begin(step?: StepName): Promise<Peer | undefined> {
    const began = performance.now();
    const bot = this.#world.live(step, step === 'start-asking' ? Math.floor(2 * this.#world.random()) : 0);
    const { bug, venue } = this.#parts;
    const { start: patience } = bug === undefined ? venues[venue] : venues[venue].withBug;
    const first = await Promise.race([bot.hear('ready', patience), bot.hear('dying', patience)]);
    if (first?.tell === 'dying' && step !== undefined)
      return (await this.#died(bot, step)) ? this.#begin() : undefined;
    if (first?.tell !== 'ready') {
      const broken = bot.told.find(({ tell }) => tell === 'broken')?.error;
      const seen = bot.alive && broken === undefined ? await this.#world.look(bot) : [];
      bot.kill('SIGKILL');
      await bot.ended;
      this.#passes([`start: the bot did not come to trade: ${String(broken ?? bot.errors)}`, ...seen]);
      return undefined;
    }
    if (step !== undefined) this.#parts.plan.missed(step);
    this.#parts.tally.restarts.push(performance.now() - began);
    if (!this.#passes(await this.#world.judge(bot))) {
      bot.kill('SIGKILL');
      await bot.ended;
      return undefined;
    }
    for (const name of this.#unjudged.splice(0)) this.#parts.tally.recovered(name);
    return bot;
  }

  #passes(faults: readonly string[]): boolean {
    if (faults.length === 0) return true;
    const { seed, bracket, tally, bug } = this.#parts;
    const kept = bug === undefined ? this.#world.preserve(faults) : undefined;
    tally.failed({ world: bracket, seed, kills: this.#kills, last: this.#last, what: faults, kept });
    return false;
  }
}

/** Runs a world to its end. */
export const campaign = async (parts: CampaignParts): Promise<boolean> => {
  const { bundle, seed, venue, bracket, durability, bug, naked, tally, plan } = parts;
  const world = await World.open(
    {
      seed,
      venue,
      bracket,
      durability,
      bug,
      naked,
      folder: bundle.room(),
      over: () => bug !== undefined && plan.over,
    },
    bundle,
  );
  try {
    return await new Campaign(parts, world).run();
  } finally {
    tally.longestNaked = Math.max(tally.longestNaked, world.longestNaked);
    tally.orders += world.history.sent.length;
    tally.trades += world.history.trades.length;
    await world.close();
  }
};
