import { seededRandom } from '@mikrobot/core';
import type { BugName } from './bugs.js';
import type { Bundle } from './bundle.js';
import { campaign } from './campaign.js';
import { Plan } from './plan.js';
import { type StepName, stepNames } from './steps.js';
import { Tally } from './tally.js';
import { type Brackets, canReach, type VenueName, venues } from './venues.js';

/** What is tortured, and for how long. */
export interface TortureOptions {
  readonly kills: number;
  /** Of these, kills with an order or command in flight, at least: more are killed until there are so many. Default: 0. */
  readonly inFlight?: number;
  readonly seed: number;
  /** Default: the toy. */
  readonly venue?: VenueName;
  readonly steps?: readonly StepName[];
  readonly bug?: BugName | undefined;
  /** Worlds at once. Default 2. */
  readonly worlds?: number;
  readonly brackets?: readonly Brackets[];
  readonly durability?: 'power' | 'process';
  /** Ms that a position may be without its stop: how long a busy machine takes is no fault. Default: the venue's. */
  readonly naked?: number | undefined;
  /** Told after each world. */
  readonly progress?: (tally: Tally) => void;
}

/** Kills that a world sees before another one begins. */
const PER_WORLD = 60;
/** A world that fails is left for another, but not for ever. */
const MOST_FAULTS = 5;

/** Kills bots until so many are dead, or until too much is wrong. With a planted bug it ends at the first fault. */
export const torture = async (bundle: Bundle, options: TortureOptions): Promise<Tally> => {
  const {
    kills,
    inFlight = 0,
    seed,
    venue = 'toy',
    steps = stepNames,
    bug,
    worlds = 2,
    brackets = venues[venue].brackets,
    progress,
  } = options;
  const plan = new Plan(
    { kills, inFlight },
    steps.filter((step) => canReach(venue, step)),
    seededRandom(seed),
  );
  const tally = new Tally();
  const mostFaults = bug === undefined ? MOST_FAULTS : 1;
  let count = 0;
  const work = async (): Promise<void> => {
    while (!plan.over) {
      const n = count++;
      await campaign({
        bundle,
        plan,
        tally,
        seed: seed * 1_000 + n,
        venue,
        bracket: brackets[n % brackets.length] ?? 'none',
        durability: options.durability ?? 'process',
        bug,
        naked: options.naked,
        most: PER_WORLD,
      });
      if (tally.faults.length >= mostFaults) plan.end();
      progress?.(tally);
    }
  };
  await Promise.all(Array.from({ length: worlds }, work));
  return tally;
};
