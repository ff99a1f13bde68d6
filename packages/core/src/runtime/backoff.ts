import type { Clock } from './clock.js';
import type { Random } from './random.js';

/** Upper end of any pause, ms. */
const LONGEST = 30_000;
/** A connection that held for so long starts the count anew, ms. */
const STEADY = 60_000;

/** How {@link Backoff} pauses at a venue. */
export interface BackoffOptions {
  /** Upper end of the first pause, ms. */
  readonly first: number;
  /** Least share of a pause that is waited, from 0 (full jitter) to 1 (none). */
  readonly floor: number;
}

/**
 * Pauses between attempts to connect: they double up to 30 s, with jitter above a floor, and begin anew only after a connection
 * that held for a minute. So a venue that takes connections and drops them at once is not hammered.
 */
export class Backoff {
  readonly #clock: Clock;
  readonly #random: Random;
  readonly #first: number;
  readonly #floor: number;
  #attempts = 0;
  #since = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, random: Random, { first, floor }: BackoffOptions) {
    this.#clock = clock;
    this.#random = random;
    this.#first = first;
    this.#floor = floor;
  }

  /** The pause before the next attempt, ms: between the floor and the whole of what is due. */
  next(): number {
    if (this.#clock.now() - this.#since >= STEADY) this.#attempts = 0;
    this.#since = Number.POSITIVE_INFINITY;
    const most = Math.min(LONGEST, this.#first * 2 ** this.#attempts++);
    return most * (this.#floor + (1 - this.#floor) * this.#random());
  }

  /** A connection stands. */
  succeeded(): void {
    this.#since = this.#clock.now();
  }
}
