import type { Clock, Random } from '@mikrobot/core';

const FIRST = 1_000;
const LONGEST = 30_000;
/** A connection that held for so long starts the count anew, ms. */
const STEADY = 60_000;

/** Pauses between attempts to connect: they double up to 30 s, with jitter, and begin anew only after a connection that held. */
export class Backoff {
  readonly #clock: Clock;
  readonly #random: Random;
  #attempts = 0;
  #since = Number.POSITIVE_INFINITY;

  constructor(clock: Clock, random: Random) {
    this.#clock = clock;
    this.#random = random;
  }

  /** The pause before the next attempt, ms: between a half and the whole of what is due. */
  next(): number {
    if (this.#clock.now() - this.#since >= STEADY) this.#attempts = 0;
    this.#since = Number.POSITIVE_INFINITY;
    const most = Math.min(LONGEST, FIRST * 2 ** this.#attempts++);
    return most * (0.5 + 0.5 * this.#random());
  }

  /** A connection stands. */
  succeeded(): void {
    this.#since = this.#clock.now();
  }
}
