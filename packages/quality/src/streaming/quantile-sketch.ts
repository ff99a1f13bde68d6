import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { checkProbability, checkShare, checkWhole } from '../numeric/check.js';
import { readSaved } from '../saved.js';
import { checkValue } from '../values.js';
import { LogBuckets } from './log-buckets.js';

const bucketsSchema = z.strictObject({
  low: z.number().int(),
  counts: z.array(z.number().int().nonnegative()),
});

const stateSchema = z.strictObject({
  accuracy: z.number().positive().lt(1),
  buckets: z.number().int().positive(),
  zeros: z.number().int().nonnegative(),
  negative: bucketsSchema,
  positive: bucketsSchema,
  bounds: z.tuple([z.number(), z.number()]).optional(),
});

/** What a {@link QuantileSketch} remembers. Plain JSON. */
export type QuantileSketchState = Readonly<z.infer<typeof stateSchema>>;

/** The natural logarithm of 10^17, about. */
const POWERS = 40;

const total = (buckets: LogBuckets): number => buckets.entries().reduce((sum, [, count]) => sum + count, 0);

/**
 * Quantiles of a stream without end, from counts in buckets that widen with the value (Masson, Rim and Lee, DDSketch, 2019): the
 * answer is within a share of the true order statistic, 1 % unless told otherwise. Sketches merge without loss, in any order, and
 * values may be negative, as slippage is. A t-digest is smaller, but bounds no error in the value, and depends on the order.
 *
 * The bound is kept for values over 17 decimal powers, which takes 2,000 buckets at 1 %; when they span more, those nearest to zero
 * share a bucket.
 */
export class QuantileSketch {
  /** The largest relative error: 0.01 is 1 %. */
  readonly accuracy: number;
  readonly #buckets: number;
  readonly #logGamma: number;
  /** By the logarithm of the distance to zero. */
  readonly #negative: LogBuckets;
  readonly #positive: LogBuckets;
  #zeros: number;
  #n: number;
  #min = Infinity;
  #max = -Infinity;

  /**
   * @param options - `accuracy`, a share, 0.01 unless given; `buckets`, the most on either side of zero, unless given enough for
   * 17 decimal powers
   * @throws `MikroBotError` `BAD_CONFIG` when the accuracy does not lie between 0 and 1.
   */
  constructor(
    options: { readonly accuracy?: number; readonly buckets?: number } = {},
    saved?: QuantileSketchState,
  ) {
    const { accuracy = 0.01 } = options;
    checkShare(accuracy, 'the accuracy of a quantile sketch');
    this.#logGamma = Math.log1p(accuracy) - Math.log1p(-accuracy);
    const { buckets = Math.ceil(POWERS / this.#logGamma) } = options;
    checkWhole(buckets, 'the number of buckets of a quantile sketch', 1);
    this.accuracy = accuracy;
    this.#buckets = buckets;
    this.#negative = new LogBuckets(buckets, saved?.negative);
    this.#positive = new LogBuckets(buckets, saved?.positive);
    this.#zeros = saved?.zeros ?? 0;
    this.#n = this.#zeros + total(this.#negative) + total(this.#positive);
    if (saved?.bounds) [this.#min, this.#max] = saved.bounds;
  }

  /**
   * The sketch that was saved.
   * @throws `MikroBotError` `BAD_DATA` when it is no state.
   */
  static from(state: unknown): QuantileSketch {
    const saved = readSaved(stateSchema, state, 'the state of a quantile sketch');
    return new QuantileSketch(saved, saved);
  }

  /** Plain JSON, from which {@link QuantileSketch.from} goes on. */
  state(): QuantileSketchState {
    return {
      accuracy: this.accuracy,
      buckets: this.#buckets,
      zeros: this.#zeros,
      negative: this.#negative.state(),
      positive: this.#positive.state(),
      ...(this.#n > 0 ? { bounds: [this.#min, this.#max] } : {}),
    };
  }

  /** @throws `MikroBotError` `BAD_DATA` when it is not finite. */
  push(x: number): void {
    checkValue(x, 'a quantile sketch');
    this.#n++;
    if (x < this.#min) this.#min = x;
    if (x > this.#max) this.#max = x;
    if (x === 0) this.#zeros++;
    else (x > 0 ? this.#positive : this.#negative).add(this.#bucketOf(x), 1);
  }

  /**
   * Takes in the values of another sketch, as if they had been pushed here.
   * @throws `MikroBotError` `BAD_CONFIG` when its accuracy is another.
   */
  merge(other: QuantileSketch): this {
    if (other.accuracy !== this.accuracy) {
      throw new MikroBotError(
        'BAD_CONFIG',
        `a quantile sketch of accuracy ${this.accuracy} cannot take in one of ${other.accuracy}.`,
      );
    }
    this.#negative.merge(other.#negative);
    this.#positive.merge(other.#positive);
    this.#zeros += other.#zeros;
    this.#n += other.#n;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    return this;
  }

  get n(): number {
    return this.#n;
  }

  /** Exactly; undefined without values. */
  get min(): number | undefined {
    return this.#n === 0 ? undefined : this.#min;
  }

  /** Exactly; undefined without values. */
  get max(): number | undefined {
    return this.#n === 0 ? undefined : this.#max;
  }

  /**
   * A quantile: the value with `p (n - 1)` values before it, rounded down, within the accuracy; undefined without values.
   * @param p - probability, 0 to 1
   * @throws `MikroBotError` `BAD_DATA` when it is not.
   */
  quantile(p: number): number | undefined {
    checkProbability(p, 'a quantile of a sketch');
    if (this.#n === 0) return undefined;
    let left = Math.floor(p * (this.#n - 1));
    if (left === 0) return this.#min;
    if (left === this.#n - 1) return this.#max;
    for (const [value, count] of this.#values()) {
      if (left < count) return Math.min(this.#max, Math.max(this.#min, value));
      left -= count;
    }
    return this.#max;
  }

  /** Adding 0 makes of -0, which JSON does not keep, a 0. */
  #bucketOf(x: number): number {
    return Math.ceil(Math.log(Math.abs(x)) / this.#logGamma) + 0;
  }

  /** Every bucket's value and count, from the smallest value on. */
  *#values(): Generator<readonly [value: number, count: number]> {
    // The value from which both ends of a bucket are equally far, in shares of themselves.
    const middle = (number: number): number => Math.exp(number * this.#logGamma) * (1 - this.accuracy);
    for (const [number, count] of this.#negative.entries().reverse()) yield [-middle(number), count];
    yield [0, this.#zeros];
    for (const [number, count] of this.#positive.entries()) yield [middle(number), count];
  }
}
