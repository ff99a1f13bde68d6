import type { Random } from '@mikrobot/core';
import { type StepName, stepOf } from './steps.js';

/** A step that could not be reached waits behind those that were reached so much more often. */
const PATIENCE = 0.34;

/** Which step is next: always one of those that were reached least often, so that all get their share. */
export class Plan {
  readonly #counts: Map<StepName, number>;
  readonly #random: Random;
  #left: number;

  constructor(kills: number, steps: readonly StepName[], random: Random) {
    this.#left = kills;
    this.#counts = new Map(steps.map((step) => [step, 0]));
    this.#random = random;
  }

  get over(): boolean {
    return this.#left <= 0;
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

  killed(): void {
    this.#left--;
  }

  /** Nothing more is to be killed. */
  end(): void {
    this.#left = 0;
  }

  #add(step: StepName, n: number): void {
    this.#counts.set(step, (this.#counts.get(step) ?? 0) + n);
  }
}
