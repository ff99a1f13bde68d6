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

/**
 * Bars in bounded memory: when it is full, two neighbours on the time grid become one. Open, high, low and close of any stretch
 * of time stay true.
 */
export class BarSeries {
  readonly #symbol: string;
  readonly #capacity: number;
  #barMs: number;
  #bars: PriceBar[] = [];

  /**
   * @param barMs - length of the bars that will be pushed, ms
   * @param capacity - bars kept at most, at least 2
   */
  constructor(symbol: string, barMs: number, capacity: number) {
    this.#symbol = symbol;
    this.#barMs = barMs;
    this.#capacity = Math.max(2, capacity);
  }

  push(bar: Bar): void {
    this.#add([bar.time, bar.open, bar.high, bar.low, bar.close]);
    while (this.#bars.length > this.#capacity) {
      const bars = this.#bars;
      this.#bars = [];
      this.#barMs *= 2;
      for (const one of bars) this.#add(one);
    }
  }

  series(): PriceSeries {
    return { symbol: this.#symbol, barMs: this.#barMs, bars: [...this.#bars] };
  }

  #add(bar: PriceBar): void {
    const [time, open, high, low, close] = bar;
    const slot = Math.floor(time / this.#barMs) * this.#barMs;
    const last = this.#bars.at(-1);
    if (last === undefined || last[0] < slot) this.#bars.push([slot, open, high, low, close]);
    else {
      const merged: PriceBar = [last[0], last[1], Math.max(last[2], high), Math.min(last[3], low), close];
      this.#bars[this.#bars.length - 1] = merged;
    }
  }
}
