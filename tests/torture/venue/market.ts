import { normal, type Random } from '@mikrobot/core';

/** What moves of an instrument. */
export interface Walker {
  /** Price at which it begins. */
  readonly start: number;
  readonly tickSize: number;
  readonly priceDecimals: number;
}

/** Ticks of the price in a pip: what strategies and markets of the kill test reckon in. */
export const TICKS_IN_PIP = 10;

/** A quote with the lots that it brings; 0 for any number. */
export interface MarketTick {
  readonly index: number;
  readonly bid: number;
  readonly ask: number;
  readonly volume: number;
}

/** Standard deviation of one step, pips. */
const STEP = 0.5;
/** Half of the spread, pips. */
const HALF = 0.3;

/** A random walk of each instrument that is drawn back to where it began, so that prices stay sensible for hours. */
export class Market {
  readonly #random: Random;
  readonly #walkers: readonly Walker[];
  readonly #mid: number[];
  #turn = 0;

  constructor(walkers: readonly Walker[], random: Random) {
    this.#walkers = walkers;
    this.#mid = walkers.map(({ start }) => start);
    this.#random = random;
  }

  /** The next quote; the instruments take turns. One in three brings so little volume that orders fill in parts. */
  next(): MarketTick {
    const index = this.#turn++ % this.#walkers.length;
    const { start, tickSize, priceDecimals } = this.#walkers[index]!;
    const pipSize = TICKS_IN_PIP * tickSize;
    const pull = 0.001 * (start - this.#mid[index]!);
    const mid = this.#mid[index]! + pull + STEP * pipSize * normal(this.#random);
    this.#mid[index] = mid;
    const round = (price: number): number =>
      Number((Math.round(price / tickSize) * tickSize).toFixed(priceDecimals));
    const volume = this.#random() < 1 / 3 ? 0.01 * Math.ceil(6 * this.#random()) : 0;
    return { index, bid: round(mid - HALF * pipSize), ask: round(mid + HALF * pipSize), volume };
  }
}
