import type { Bar } from '@mikrobot/core';

/** A bar of a picture: open time (epoch ms), open, high, low, close (bid prices). */
export type PriceBar = readonly [time: number, open: number, high: number, low: number, close: number];

/** The prices of one symbol, as coarse as they must be to stay within bounds. */
export interface PriceSeries {
  readonly symbol: string;
  /** Length of a bar, ms. */
  readonly barMs: number;
  readonly bars: readonly PriceBar[];
}

/** Columns of a stored bar: time, open, high, low, close. */
const WIDTH = 5;
/** Room for bars at first: many symbols may be watched and few be traded. */
const FIRST = 512;

/**
 * Bars in bounded memory: when it is full, two neighbours on the time grid become one. Open, high, low and close of any stretch
 * of time stay true.
 */
export class BarSeries {
  readonly #symbol: string;
  readonly #capacity: number;
  /** Bars one after the other: an object for each would be made and thrown away in the tick path. */
  #cells: Float64Array<ArrayBuffer>;
  #barMs: number;
  #length = 0;

  /**
   * @param barMs - length of the bars that will be pushed, ms
   * @param capacity - bars kept at most, at least 2
   */
  constructor(symbol: string, barMs: number, capacity: number) {
    this.#symbol = symbol;
    this.#barMs = barMs;
    this.#capacity = Math.max(2, capacity);
    this.#cells = new Float64Array(Math.min(this.#capacity, FIRST) * WIDTH);
  }

  push({ time, open, high, low, close }: Bar): void {
    if (this.#length * WIDTH === this.#cells.length) this.#makeRoom(time);
    this.#add(time, open, high, low, close);
  }

  series(): PriceSeries {
    const bars = Array.from({ length: this.#length }, (_, i) => this.#bar(i));
    return { symbol: this.#symbol, barMs: this.#barMs, bars };
  }

  #bar(i: number): PriceBar {
    const [time = 0, open = 0, high = 0, low = 0, close = 0] = this.#cells.subarray(
      i * WIDTH,
      (i + 1) * WIDTH,
    );
    return [time, open, high, low, close];
  }

  #slot(time: number): number {
    return Math.floor(time / this.#barMs) * this.#barMs;
  }

  #lastTime(): number {
    return this.#cells[(this.#length - 1) * WIDTH] as number;
  }

  #makeRoom(time: number): void {
    if (this.#length < this.#capacity) {
      const wider = new Float64Array(Math.min(this.#capacity, 2 * this.#length) * WIDTH);
      wider.set(this.#cells);
      this.#cells = wider;
      return;
    }
    while (this.#length === this.#capacity && this.#slot(time) > this.#lastTime()) this.#coarsen();
  }

  /** Joins neighbours in place. */
  #coarsen(): void {
    const length = this.#length;
    this.#barMs *= 2;
    this.#length = 0;
    for (let i = 0; i < length; i++) this.#add(...this.#bar(i));
  }

  #add(time: number, open: number, high: number, low: number, close: number): void {
    const cells = this.#cells;
    const slot = this.#slot(time);
    if (this.#length > 0 && slot <= this.#lastTime()) {
      const at = (this.#length - 1) * WIDTH;
      cells[at + 2] = Math.max(cells[at + 2] as number, high);
      cells[at + 3] = Math.min(cells[at + 3] as number, low);
      cells[at + 4] = close;
      return;
    }
    const at = this.#length++ * WIDTH;
    cells[at] = slot;
    cells[at + 1] = open;
    cells[at + 2] = high;
    cells[at + 3] = low;
    cells[at + 4] = close;
  }
}
