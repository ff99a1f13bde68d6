import { cpSync, existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Random, seededRandom } from '@mikrobot/core';
import { type JournalReader, readJournal } from '@mikrobot/journal-sqlite';
import type { BugName } from './bugs.js';
import type { Bundle } from './bundle.js';
import type { ChildOptions } from './child-options.js';
import { JournalFacts } from './facts.js';
import { judgeAccepted, judgeAlways, judgeAtRest } from './judge.js';
import { Peer } from './peer.js';
import type { StepName } from './steps.js';
import type { VenueOptions } from './venue/options.js';
import type { Sent, Traded } from './venue/record.js';
import type { VenueTruth } from './venue/truth.js';
import { type Brackets, placesStops, type VenueName, venues } from './venues.js';
import type { View } from './view.js';

/** What a world is made of. */
export interface WorldOptions {
  readonly seed: number;
  readonly venue: VenueName;
  readonly bracket: Brackets;
  readonly durability: 'power' | 'process';
  readonly bug: BugName | undefined;
  /** Ms that a position may be without its stop. Default: the venue's. */
  readonly naked?: number | undefined;
  /** Where its journal lies; removed at the end. */
  readonly folder: string;
  /** Whether nobody wants to know any more. */
  readonly over: () => boolean;
}

/** Ms that the market stands still while the judge looks. */
const STILL = 250;

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** A venue, a journal, and the bots that live and die between them. */
export class World {
  readonly options: WorldOptions;
  readonly random: Random;
  readonly facts = new JournalFacts();
  readonly history: { readonly sent: Sent[]; readonly trades: Traded[] } = { sent: [], trades: [] };
  longestNaked = 0;
  readonly #bundle: Bundle;
  readonly #venue: Peer;
  readonly #journal: string;
  #lives = 0;
  #view: View | undefined;
  #reader: JournalReader | undefined;

  private constructor(options: WorldOptions, bundle: Bundle, terminal: string | undefined) {
    this.options = options;
    this.random = seededRandom(options.seed);
    this.#bundle = bundle;
    this.#journal = `${options.folder}/journal`;
    const venue: VenueOptions = {
      venue: options.venue,
      seed: options.seed,
      bracket: options.bracket,
      folder: options.folder,
      terminal,
      tickEvery: 4,
      latency: 12,
      lost: { submit: 0.03, amend: 0.02, cancel: 0.02, query: 0.15 },
    };
    this.#venue = new Peer(bundle.venues[options.venue], venue);
  }

  /** Starts a venue with an empty account and no journal. */
  static async open(options: WorldOptions, bundle: Bundle): Promise<World> {
    const terminal = venues[options.venue].terminal ? await bundle.terminal() : undefined;
    const world = new World(options, bundle, terminal);
    const ready = await world.#venue.hear('ready', 10_000);
    if (ready === undefined) throw new Error(`The venue did not start. ${world.#venue.errors}`);
    return world;
  }

  /** Starts a bot. @param step - where it is to die while it starts */
  live(step?: StepName, times = 0): Peer {
    const { seed, venue, bracket, durability, bug } = this.options;
    const at = this.#venue.told.find(({ tell }) => tell === 'ready')?.at;
    const options: ChildOptions = {
      venue,
      at,
      journal: this.#journal,
      bracket,
      durability,
      seed: seed + ++this.#lives,
      bug,
      step,
      times,
    };
    return new Peer(this.#bundle.child, options);
  }

  /** Faults that are to be seen while no bot lives. */
  async autopsy(): Promise<readonly string[]> {
    await this.#truth();
    this.#read();
    return judgeAlways(this.history, this.facts);
  }

  /**
   * Lets a bot come to rest and compares it with the venue and the journal. What the two say of each other changes while messages
   * travel, so the judge looks until they agree, or the time is over.
   */
  async judge(bot: Peer): Promise<readonly string[]> {
    await bot.ask('rest');
    const { venue, bug, naked = venues[venue].naked } = this.options;
    const { rest } = bug === undefined ? venues[venue] : venues[venue].withBug;
    const until = performance.now() + rest;
    let faults: readonly string[] = [];
    while (performance.now() < until && !this.options.over()) {
      await sleep(15);
      await this.#venue.ask('freeze');
      const still = performance.now() + STILL;
      do {
        faults = await this.look(bot);
        if (faults.length === 0) break;
        await sleep(10);
      } while (performance.now() < still);
      if (faults.length === 0) break;
      await this.#venue.ask('thaw');
    }
    await this.#venue.ask('thaw');
    if (this.longestNaked > naked)
      return [...faults, `protection: a position had no stop for ${Math.round(this.longestNaked)} ms`];
    return faults;
  }

  /** Cuts the lines of the venue's clients. */
  async cut(): Promise<void> {
    await this.#venue.ask('hang-up');
  }

  /** Checks every entry of the journal against its chain. */
  verify(): readonly string[] {
    const problem = this.#reader?.verify().problem;
    return problem === undefined ? [] : [`chain: entry ${problem.seq} is ${problem.kind}: ${problem.detail}`];
  }

  /** Puts the journal and what the venue recorded where they outlive the world. Returns the folder. */
  preserve(faults: readonly string[]): string {
    const folder = mkdtempSync(join(tmpdir(), 'mikrobot-torture-'));
    cpSync(this.options.folder, folder, { recursive: true });
    writeFileSync(join(folder, 'venue.json'), JSON.stringify(this.history));
    writeFileSync(join(folder, 'faults.json'), JSON.stringify({ ...this.options, faults, view: this.#view }));
    return folder;
  }

  async close(): Promise<void> {
    this.#reader?.close();
    // It takes its own processes along.
    this.#venue.dismiss();
    await this.#venue.ended;
    rmSync(this.options.folder, { recursive: true, force: true });
  }

  /** What is to be said of a bot at this moment, at rest or not. */
  async look(bot: Peer): Promise<readonly string[]> {
    const view = (await bot.ask('view')) as View;
    this.#view = view;
    const truth = await this.#truth();
    this.#read();
    const always = judgeAlways(this.history, this.facts);
    const unsent = judgeAccepted(this.history, this.facts, placesStops(this.options.bracket));
    return [...always, ...unsent, ...judgeAtRest(truth, view, this.history, this.facts, Date.now())];
  }

  async #truth(): Promise<VenueTruth> {
    const from = { sent: this.history.sent.length, trades: this.history.trades.length };
    const truth = (await this.#venue.ask('truth', from)) as VenueTruth;
    this.history.sent.push(...truth.sent);
    this.history.trades.push(...truth.trades);
    this.longestNaked = Math.max(this.longestNaked, truth.longestNaked);
    return truth;
  }

  #read(): void {
    if (!existsSync(this.#journal)) return;
    this.#reader ??= readJournal(this.#journal);
    for (const entry of this.#reader.read(this.facts.next)) this.facts.add(entry);
  }
}
