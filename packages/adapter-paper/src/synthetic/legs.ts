import type { Random } from '@mikrobot/core';

/** Where the market is in its story: sideways, out of the range, back to its edge, and on, or back through it. */
type Phase = 'range' | 'breakout' | 'retest' | 'continuation' | 'failure';

/** Bounds of a phase's length in minutes. */
const lengths: Readonly<Record<Phase, readonly [least: number, most: number]>> = {
  range: [90, 300],
  breakout: [20, 40],
  retest: [15, 35],
  continuation: [60, 150],
  failure: [20, 60],
};

/** Share of breakouts that turn out false. */
const FAILURES = 0.3;

/**
 * The drift of a market that has structure: ranges, breakouts, retests of the broken edge, trends, and false breakouts.
 * Without it a random walk has such patterns by chance only, and a test of a strategy that looks for them would wait long.
 */
export class Legs {
  readonly #random: Random;
  #phase: Phase = 'range';
  #left: number;
  #direction = 1;
  /** What the phase turns around: the middle of the range, or the edge that was broken. */
  #anchor: number;
  #highest: number;
  #lowest: number;

  constructor(random: Random, price: number) {
    this.#random = random;
    this.#anchor = price;
    this.#highest = price;
    this.#lowest = price;
    this.#left = this.#lengthOf('range');
  }

  /**
   * The drift of the coming minute, as a fraction of the price.
   * @param volatility - standard deviation of a minute's return, as a fraction of the price
   */
  next(price: number, volatility: number): number {
    if (price > this.#highest) this.#highest = price;
    if (price < this.#lowest) this.#lowest = price;
    if (this.#left-- <= 0) this.#turn(price);
    const away = this.#anchor / price - 1;
    switch (this.#phase) {
      case 'range':
        return 0.05 * away;
      case 'breakout':
        return 0.6 * this.#direction * volatility;
      case 'retest':
        return 0.1 * away;
      case 'continuation':
        return 0.3 * this.#direction * volatility;
      case 'failure':
        return -0.4 * this.#direction * volatility;
    }
  }

  #turn(price: number): void {
    const random = this.#random;
    switch (this.#phase) {
      case 'range':
        this.#direction = random() < 0.5 ? 1 : -1;
        this.#anchor = this.#direction > 0 ? this.#highest : this.#lowest;
        this.#phase = 'breakout';
        break;
      case 'breakout':
        this.#phase = 'retest';
        break;
      case 'retest':
        this.#phase = random() < FAILURES ? 'failure' : 'continuation';
        break;
      default:
        this.#anchor = price;
        this.#highest = price;
        this.#lowest = price;
        this.#phase = 'range';
    }
    this.#left = this.#lengthOf(this.#phase);
  }

  #lengthOf(phase: Phase): number {
    const [least, most] = lengths[phase];
    return least + Math.floor(this.#random() * (most - least));
  }
}
