import { type Random, seededRandom } from '@mikrobot/core';

/** Draws of one stream of chance. */
export class Chance {
  readonly #random: Random;

  constructor(seed: number) {
    this.#random = seededRandom(seed);
  }

  /** Whether something of this probability happens. */
  hit(probability: number): boolean {
    return this.#random() < probability;
  }

  /** From `low` up to `high`. */
  between(low: number, high: number): number {
    return low + this.#random() * (high - low);
  }

  /** A whole number from `low` to `high`, both included. */
  whole(low: number, high: number): number {
    return Math.floor(this.between(low, high + 1));
  }

  pick<T>(list: readonly T[]): T {
    return list[this.whole(0, list.length - 1)] as T;
  }
}
