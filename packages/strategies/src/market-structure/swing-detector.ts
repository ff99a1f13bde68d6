import { MikroBotError } from '@mikrobot/core';
import type { PriceBar } from './price-bar.js';

/** How many bars on each side a swing must stand out from. */
export interface SwingOptions {
  /** Earlier bars, 0 or more. 0 asks nothing of the past; equal to `right` it is the classic fractal. */
  readonly left: number;
  /** Later bars, 1 or more: a swing is knowable this many bars after the bar it is stamped on. */
  readonly right: number;
}

/** A turning point. It is stamped on one bar and became knowable at the close of a later one. */
export interface Swing {
  readonly kind: 'high' | 'low';
  readonly price: number;
  /** Open of the bar that has the extreme, epoch ms UTC. */
  readonly time: number;
  /** Close of the bar that confirmed it, epoch ms UTC. Nothing may use the swing before. */
  readonly confirmedAt: number;
}

const NONE: readonly Swing[] = Object.freeze([]);

/**
 * Finds swing highs and lows without looking ahead. A high is a swing when it is strictly above the highs of the `left` bars
 * before it and of the `right` bars after it (lows mirrored); of two equal extremes within reach of
 * each other neither is one.
 * A bar costs at most `left + right` comparisons, and only `left + right + 1` bars are kept.
 *
 * @example
 * ```ts
 * const detector = new SwingDetector({ left: 2, right: 2 });
 * for (const bar of bars) for (const swing of detector.push(bar)) console.log(swing.kind, swing.price);
 * ```
 */
export class SwingDetector {
  readonly #right: number;
  readonly #size: number;
  readonly #high: Float64Array;
  readonly #low: Float64Array;
  readonly #time: Float64Array;
  #count = 0;

  /** @throws `MikroBotError` `BAD_CONFIG` when `left` or `right` is not a whole number in its range. */
  constructor(options: SwingOptions) {
    const { left, right } = options;
    if (!Number.isInteger(left) || left < 0 || !Number.isInteger(right) || right < 1) {
      throw new MikroBotError('BAD_CONFIG', `left ${left} and right ${right} make no swing.`, {
        where: 'swing detector',
        hint: 'Use whole numbers: left at least 0, right at least 1.',
      });
    }
    this.#right = right;
    this.#size = left + right + 1;
    this.#high = new Float64Array(this.#size);
    this.#low = new Float64Array(this.#size);
    this.#time = new Float64Array(this.#size);
  }

  /** Takes the next closed bar and tells the swings that it confirms: none, one, or a high and a low of one bar. */
  push(bar: PriceBar): readonly Swing[] {
    const size = this.#size;
    const newest = this.#count % size;
    this.#high[newest] = bar.high;
    this.#low[newest] = bar.low;
    this.#time[newest] = bar.time;
    this.#count++;
    if (this.#count < size) return NONE;

    const at = (newest + size - this.#right) % size;
    const high = this.#high[at] as number;
    const low = this.#low[at] as number;
    let isHigh = true;
    let isLow = true;
    for (let i = 0; i < size && (isHigh || isLow); i++) {
      if (i === at) continue;
      if ((this.#high[i] as number) >= high) isHigh = false;
      if ((this.#low[i] as number) <= low) isLow = false;
    }
    if (!isHigh && !isLow) return NONE;
    const time = this.#time[at] as number;
    const confirmedAt = bar.closeTime;
    const swings: Swing[] = [];
    if (isHigh) swings.push({ kind: 'high', price: high, time, confirmedAt });
    if (isLow) swings.push({ kind: 'low', price: low, time, confirmedAt });
    return swings;
  }
}
