import type { Clock, Random } from '@mikrobot/core';

const FIRST = 250;
const LONGEST = 30_000;
/** A connection that held for so long starts the count anew, ms. */
const STEADY = 60_000;

/**
 * Pauses between attempts to connect: they double, with full jitter above a floor, and begin anew only after a connection that
 * held: a venue that takes connections and drops them at once is not hammered. The venue allows 300 attempts in five minutes.
 */
export class Backoff {
  readonly #clock: Clock;
  readonly #random: Random;
  #attempts = 0;
  #since = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The pause before the next attempt, ms. */
  next(): number {
    if (this.#clock.now() - this.#since >= STEADY) this.#attempts = 0;
    this.#since = Number.POSITIVE_INFINITY;
    const most = Math.min(LONGEST, FIRST * 2 ** this.#attempts++);
    return most * (0.2 + 0.8 * this.#random());
  }

  /** A connection stands. */
  succeeded(): void {
    this.#since = this.#clock.now();
  }
}
