/** The prices of a bar that volatility needs. */
export interface HighLowClose {
  readonly high: number;
  readonly low: number;
  readonly close: number;
}

/** True range: the bar's own range, stretched to the close before it (Wilder 1978). */
export const trueRange = (bar: HighLowClose, previousClose: number): number =>
  Math.max(bar.high, previousClose) - Math.min(bar.low, previousClose);

/**
 * Wilder's average true range, bar by bar: the mean of the first `period` true ranges, then (previous * (period - 1) + range) /
 * period. The first bar has no true range, so the first value comes with bar `period` + 1 (as TTR's and TA-Lib's ATR).
 */
export class AverageTrueRange {
  readonly #period: number;
  #previousClose = Number.NaN;
  #ranges = 0;
  #value = 0;

  constructor(period = 14) {
    this.#period = period;
  }

  /** The average after this bar, in price; `null` until there are enough bars. */
  push(bar: HighLowClose): number | null {
    if (!Number.isNaN(this.#previousClose)) {
      const range = trueRange(bar, this.#previousClose);
      const weight = Math.min(++this.#ranges, this.#period);
      this.#value += (range - this.#value) / weight;
    }
    this.#previousClose = bar.close;
    return this.#ranges < this.#period ? null : this.#value;
  }
}
