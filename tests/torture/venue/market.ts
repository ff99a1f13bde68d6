import { defineInstrument, type Instrument, normal, type Random } from '@mikrobot/core';

const forex = (symbol: string, pipSize: number): Instrument =>
  defineInstrument({
    symbol,
    assetClass: 'forex',
    currency: symbol.slice(3),
    contractSize: 100_000,
    tickSize: pipSize / 10,
    pipSize,
    quantityStep: 0.01,
    minQuantity: 0.01,
    maxQuantity: 100,
  });

/** What the venue lists. */
export const instruments: readonly Instrument[] = [forex('EURUSD', 0.0001), forex('USDJPY', 0.01)];

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
  readonly #start = [1.1, 150];
  readonly #mid = [...this.#start];
  #turn = 0;

  constructor(random: Random) {
    this.#random = random;
  }

  /** The next quote; the instruments take turns. One in three brings so little volume that orders fill in parts. */
  next(): MarketTick {
    const index = this.#turn++ % instruments.length;
    const { pipSize, tickSize, priceDecimals } = instruments[index]!;
    const pull = 0.001 * (this.#start[index]! - this.#mid[index]!);
    const mid = this.#mid[index]! + pull + STEP * pipSize * normal(this.#random);
    this.#mid[index] = mid;
    const round = (price: number): number =>
      Number((Math.round(price / tickSize) * tickSize).toFixed(priceDecimals));
    const volume = this.#random() < 1 / 3 ? 0.01 * Math.ceil(6 * this.#random()) : 0;
    return { index, bid: round(mid - HALF * pipSize), ask: round(mid + HALF * pipSize), volume };
  }
}
