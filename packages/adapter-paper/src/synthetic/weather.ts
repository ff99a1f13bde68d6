import type { Random } from '@mikrobot/core';
import { pareto } from './draws.js';

/** GARCH(1,1) per minute: a kurtosis of 5 by itself, and half of a shock is gone after half an hour. */
const ALPHA = 0.09;
const BETA = 0.89;
/** Chance that a minute brings news. */
const NEWS = 1 / 400;
const LARGEST_NEWS = 9;
/** What is left of an excitement after each minute. */
const CALMING = 0.8;
/** Calm, normal and wild days, and the chance that the next day is of another kind. */
const moods: readonly number[] = [0.7, 1, 1.5];
const CHANGE_OF_MOOD = 0.2;

/** How volatile a market is beside its hour: clusters of volatility, calm and wild days, and news. */
export class Weather {
  readonly #random: Random;
  #variance = 1;
  #mood = 1;
  /** Times its normal volatility; 1 when there is no news. */
  excitement = 1;

  constructor(random: Random) {
    this.#random = random;
  }

  /** What the volatility of the coming minute is multiplied with. */
  get volatility(): number {
    return this.calm * this.excitement;
  }

  /** The same without the news. */
  get calm(): number {
    return (moods[this.#mood] as number) * Math.sqrt(this.#variance);
  }

  /**
   * Goes on to the next minute. Tells whether it brings news.
   * @param shock - the last minute's return in its own standard deviations; undefined when it had no tick
   */
  next(shock: number | undefined): boolean {
    const square = shock === undefined ? 1 : Math.min(shock * shock, 16);
    this.#variance = 1 - ALPHA - BETA + (ALPHA * square + BETA) * this.#variance;
    this.excitement = 1 + (this.excitement - 1) * CALMING;
    if (this.#random() >= NEWS) return false;
    this.excitement = Math.max(this.excitement, 1.5 * pareto(this.#random, LARGEST_NEWS / 1.5));
    return true;
  }

  /** A new trading day. */
  nextDay(): void {
    if (this.#random() >= CHANGE_OF_MOOD) return;
    this.#mood = Math.floor(this.#random() * moods.length);
  }
}
