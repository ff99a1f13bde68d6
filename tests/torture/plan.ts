import type { Random } from '@mikrobot/core';
import { type StepName, stepOf } from './steps.js';

/** What is killed, at least. */
export interface Goal {
  readonly kills: number;
  /** Of these, kills with an order or command in flight: which step a slow machine misses, nobody knows before. */
  readonly inFlight: number;
}

/** How many times the kills that were asked for are made for the sake of those in flight. */
const MOST = 3;

/** A step that could not be reached waits behind those that were reached so much more often. */
const PATIENCE = 0.34;

/** Which step is next: always one of those that were reached least often, so that all get their share. */
export class Plan {
  readonly #counts: Map<StepName, number>;
  readonly #random: Random;
  readonly #goal: Goal;
  #kills = 0;
  #inFlight = 0;
  #ended = false;

  constructor(goal: Goal, steps: readonly StepName[], random: Random) {
    this.#goal = goal;
    this.#counts = new Map(steps.map((step) => [step, 0]));
    this.#random = random;
  }

  get over(): boolean {
    const { kills, inFlight } = this.#goal;
    if (this.#ended || this.#kills >= MOST * kills) return true;
    return this.#kills >= kills && this.#inFlight >= inFlight;
  }

  /** The next step for a world; undefined for a random moment. @param emulated - whether core keeps the brackets there */
  next(emulated: boolean): StepName | undefined {
    // Random kills find what nobody thought of.
    if (this.#random() < 0.04) return undefined;
    const open = [...this.#counts].filter(([step]) => emulated || stepOf(step).emulated !== true);
    // What only some worlds can reach is theirs to catch up on.
    const count = ([step, n]: (typeof open)[number]): number => (stepOf(step).emulated ? n - 1 : n);
    const least = Math.min(...open.map(count));
    const steps = open.filter((each) => count(each) < least + 1);
    const step = steps[Math.floor(this.#random() * steps.length)]?.[0];
    // Counted when it is handed out: two worlds ask at once.
    if (step !== undefined) this.#add(step, 1);
    return step;
  }

  /** A step was reached on the way to another. */
  reached(step: StepName): void {
    this.#add(step, 1);
  }

  /** A step could not be reached. */
  missed(step: StepName): void {
    this.#add(step, PATIENCE - 1);
  }

  /** A bot is dead. @param inFlight - whether it left something in flight */
  killed(inFlight: boolean): void {
    this.#kills++;
    if (inFlight) this.#inFlight++;
  }

  /** Nothing more is to be killed. */
  end(): void {
    this.#ended = true;
  }

  #add(step: StepName, n: number): void {
    this.#counts.set(step, (this.#counts.get(step) ?? 0) + n);
  }
}
