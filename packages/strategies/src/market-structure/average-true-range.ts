import { MikroBotError } from '@mikrobot/core';
import type { PriceBar } from './price-bar.js';

/**
 * Wilder's average true range, in price, seeded as TA-Lib's `ATR` does it: the first bar has no true range (it has no previous
 * close), the first value is the plain mean of the next `period` true ranges, and from then on
 * `ATR = (previous ATR * (period - 1) + true range) / period`. It therefore speaks from bar `period + 1` on.
 * Source: J. Welles Wilder, New Concepts in Technical Trading Systems, 1978.
 */
export class AverageTrueRange {
  readonly #period: number;
  #previousClose: number | undefined;
  #ranges = 0;
  #value = 0;

  /** @throws `MikroBotError` `BAD_CONFIG` when `period` is not a whole number of at least 1. */
  constructor(period = 14) {
    if (!Number.isInteger(period) || period < 1) {
      throw new MikroBotError('BAD_CONFIG', `${period} is no number of bars.`, {
        where: 'average true range, period',
        hint: 'Use a whole number of at least 1.',
      });
    }
    this.#period = period;
  }

  /** The present value in price; undefined until `period + 1` bars were taken. */
  get value(): number | undefined {
    return this.#ranges < this.#period ? undefined : this.#value;
  }

  /** Takes the next closed bar and tells the value with it. */
  push(bar: PriceBar): number | undefined {
    const previous = this.#previousClose;
    this.#previousClose = bar.close;
    if (previous === undefined) return undefined;

    const range = Math.max(bar.high, previous) - Math.min(bar.low, previous);
    const period = this.#period;
    if (this.#ranges < period) {
      this.#ranges++;
      // The running sum until the seed is complete; dividing once keeps it equal to the plain mean.
      this.#value += range;
      if (this.#ranges === period) this.#value /= period;
    } else {
      this.#value = (this.#value * (period - 1) + range) / period;
    }
    return this.value;
  }
}
