import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { checkProbability, checkWhole } from '../numeric/check.js';
import { readSaved } from '../saved.js';
import { checkValue } from '../values.js';
import { checkMeasured, type MomentFigures } from './moments.js';
import { MonotoneDeque } from './monotone-deque.js';
import { OrderedValues } from './ordered-values.js';
import { SerialMoments } from './serial-moments.js';

/** The largest distance to the origin, in ranges of the window, that leaves the fourth powers all the digits they need. */
const FARTHEST = 64;

const stateSchema = z.strictObject({
  size: z.number().int().positive(),
  count: z.number().int().nonnegative(),
  farthest: z.number().nonnegative(),
  series: z.unknown(),
  values: z.array(z.number()),
});

/** What a {@link SlidingWindow} remembers. Plain JSON. */
export type SlidingWindowState = Readonly<z.infer<typeof stateSchema>>;

/**
 * The last values of a stream and their figures: constant time per value over the long run, whatever the size.
 *
 * Moments are kept by adding and taking away in 106 bits ({@link SerialMoments}), and made anew from the values about their mean
 * once per turn of the window, and whenever the farthest value since then is more than 64 ranges of the window away from the
 * origin. So rounding never gathers for longer than one turn, and nothing is left of an outlier that has gone: the error of the
 * fourth moment, the most delicate one, stays below `2w * 2^-104 * 64^4 * w` of the fourth power of the range, 1e-9 even at a
 * million values. Making them anew is paid for by the turn, or by a window that has become 64 times narrower.
 *
 * @example
 * ```ts
 * const window = new SlidingWindow({ size: 1000 });
 * for (const ms of latencies) window.push(ms);
 * window.quantile(0.99);
 * ```
 */
export class SlidingWindow implements MomentFigures {
  readonly size: number;
  /** A ring: value number i is at i modulo the size. */
  readonly #ring: Float64Array;
  readonly #largest: MonotoneDeque;
  /** Of the values with their signs turned. */
  readonly #smallest: MonotoneDeque;
  #series = SerialMoments.empty();
  #ordered: OrderedValues | undefined;
  #count = 0;
  /** The largest distance to the origin of all values since sums were made anew. */
  #farthest = 0;

  /** @throws `MikroBotError` `BAD_CONFIG` when the size is no whole number above 0. */
  constructor({ size }: { readonly size: number }) {
    checkWhole(size, 'the size of a sliding window', 1);
    this.size = size;
    this.#ring = new Float64Array(size);
    this.#largest = new MonotoneDeque(size);
    this.#smallest = new MonotoneDeque(size);
  }

  /**
   * The window that was saved.
   * @throws `MikroBotError` `BAD_DATA` when it is no state.
   */
  static from(state: unknown): SlidingWindow {
    const saved = readSaved(stateSchema, state, 'the state of a sliding window');
    const { size, count, farthest, values } = saved;
    const window = new SlidingWindow({ size });
    window.#series = SerialMoments.from(saved.series);
    if (values.length !== Math.min(size, count) || window.#series.moments.n !== values.length) {
      throw new MikroBotError(
        'BAD_DATA',
        `the saved state of a sliding window of ${size} holds ${values.length} values after ${count}.`,
      );
    }
    const first = count - values.length;
    for (const [i, x] of values.entries()) window.#keep(x, first + i);
    window.#count = count;
    window.#farthest = farthest;
    return window;
  }

  /** Plain JSON, from which {@link SlidingWindow.from} goes on to the last bit. */
  state(): SlidingWindowState {
    return {
      size: this.size,
      count: this.#count,
      farthest: this.#farthest,
      series: this.#series.state(),
      values: this.values(),
    };
  }

  /**
   * Takes in a value, and gives up the oldest one when the window is full.
   * @throws `MikroBotError` `BAD_DATA` when it is not finite.
   */
  push(x: number): void {
    checkMeasured(x);
    const { size } = this;
    const number = this.#count++;
    const place = number % size;
    if (number >= size) {
      this.#ordered?.remove(this.#ring[place]!);
      this.#series.shift(this.#ring[place + 1 === size ? 0 : place + 1]!);
    }
    this.#keep(x, number);
    this.#series.push(x);
    this.#ordered?.insert(x);
    const distance = Math.abs(x - this.#series.moments.origin);
    if (distance > this.#farthest) this.#farthest = distance;
    const range = this.#largest.largest! + this.#smallest.largest!;
    if (this.#farthest > FARTHEST * range || (place === 0 && number > 0)) this.#makeAnew();
  }

  /** The values, oldest first. */
  values(): number[] {
    const n = this.n;
    const first = this.#count - n;
    return Array.from({ length: n }, (_, i) => this.#ring[(first + i) % this.size]!);
  }

  /** How many there are: the size, once it is full. */
  get n(): number {
    return Math.min(this.#count, this.size);
  }

  /** How many have come, those included that have gone. */
  get count(): number {
    return this.#count;
  }

  get mean(): number | undefined {
    return this.#series.moments.mean;
  }

  get variance(): number | undefined {
    return this.#series.moments.variance;
  }

  get deviation(): number | undefined {
    return this.#series.moments.deviation;
  }

  get skewness(): number | undefined {
    return this.#series.moments.skewness;
  }

  get excessKurtosis(): number | undefined {
    return this.#series.moments.excessKurtosis;
  }

  /** The mean of the differences of neighbours, without their signs; undefined below two values. */
  get movingRange(): number | undefined {
    return this.#series.movingRange;
  }

  /** At lag 1; undefined without spread. */
  get autocorrelation(): number | undefined {
    return this.#series.autocorrelation;
  }

  /** Undefined without values. */
  get min(): number | undefined {
    const turned = this.#smallest.largest;
    // 0 - x, so that the smallest of zeros is no -0.
    return turned === undefined ? undefined : 0 - turned;
  }

  /** Undefined without values. */
  get max(): number | undefined {
    return this.#largest.largest;
  }

  /**
   * An exact quantile (type 7 of Hyndman and Fan, 1996, the default of R); undefined without values. The first call sorts the
   * window; from then on every push keeps the order, which costs it about O(log w).
   * @param p - probability, 0 to 1
   * @throws `MikroBotError` `BAD_DATA` when it is not.
   */
  quantile(p: number): number | undefined {
    checkProbability(p, 'a quantile of a window');
    const ordered = this.#order();
    const place = (ordered.n - 1) * p;
    const lower = ordered.at(Math.floor(place));
    if (lower === undefined) return undefined;
    const upper = ordered.at(Math.floor(place) + 1) ?? lower;
    return lower + (place - Math.floor(place)) * (upper - lower);
  }

  /** How many values are greater than a limit. @throws `MikroBotError` `BAD_DATA` when it is not finite. */
  countAbove(limit: number): number {
    checkValue(limit, 'a limit');
    return this.#order().countAbove(limit);
  }

  /** How many values are less than a limit. @throws `MikroBotError` `BAD_DATA` when it is not finite. */
  countBelow(limit: number): number {
    checkValue(limit, 'a limit');
    return this.#order().countBelow(limit);
  }

  #keep(x: number, number: number): void {
    this.#ring[number % this.size] = x;
    this.#largest.push(x, number);
    this.#smallest.push(-x, number);
  }

  #makeAnew(): void {
    const { size } = this;
    const [min, max] = [this.min!, this.max!];
    // Rounding must not put the origin beside values that are all the same.
    const origin = Math.min(max, Math.max(min, this.mean!));
    this.#series.startAt(origin);
    for (let number = this.#count - this.n; number < this.#count; number++)
      this.#series.push(this.#ring[number % size]!);
    this.#farthest = Math.max(max - origin, origin - min);
  }

  #order(): OrderedValues {
    if (this.#ordered === undefined) {
      this.#ordered = new OrderedValues(this.size);
      for (const x of this.values().sort((a, b) => a - b)) this.#ordered.insert(x);
    }
    return this.#ordered;
  }
}
