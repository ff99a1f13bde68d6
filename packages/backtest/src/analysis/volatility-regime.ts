import { AverageTrueRange, type HighLowClose } from './metrics/atr.js';

/** How volatile the market was against its own recent past; `unknown` before there is enough of it. */
export const volatilityTags = ['low', 'normal', 'high', 'unknown'] as const;
/** See {@link volatilityTags}. */
export type VolatilityTag = (typeof volatilityTags)[number];

/** Bars of the average true range. */
const PERIOD = 14;
/** Bars with whose averages the present one is compared. */
const WINDOW = 500;
/** With fewer than this, a percentile says nothing. */
const ENOUGH = 100;

/**
 * Tags volatility by where the present ATR(14) stands among the last 500: the lowest third is `low`, the highest `high`. Only
 * past bars are used, so a tag is known at its time.
 */
export class VolatilityRegime {
  readonly #atr = new AverageTrueRange(PERIOD);
  readonly #window = new Float64Array(WINDOW);
  #count = 0;
  #present = 0;

  push(bar: HighLowClose): void {
    const value = this.#atr.push(bar);
    if (value === null) return;
    this.#present = value;
    this.#window[this.#count++ % WINDOW] = value;
  }

  /** Share of the window below the present value, ties counted half, 0 to 1; `null` before there are 100 values. */
  percentile(): number | null {
    if (this.#count < ENOUGH) return null;
    const size = Math.min(this.#count, WINDOW);
    let below = 0;
    for (let i = 0; i < size; i++) {
      const value = this.#window[i] as number;
      if (value < this.#present) below += 1;
      else if (value === this.#present) below += 0.5;
    }
    return below / size;
  }

  tag(): VolatilityTag {
    const percentile = this.percentile();
    if (percentile === null) return 'unknown';
    return percentile < 1 / 3 ? 'low' : percentile < 2 / 3 ? 'normal' : 'high';
  }
}
