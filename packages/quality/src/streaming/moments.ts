import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { readSaved } from '../saved.js';
import { addTo, over, type Pair, pairAt, plus, productError, scale, times } from './double-double.js';

/** Larger values would overflow in the fourth power. */
const LARGEST = 1e70;

/** Below this share of the sum of squares about the origin, what is left after cancelling is rounding, not spread. */
const NOISE = 2 ** -96;

const count = z.number().int().nonnegative();

const stateSchema = z.strictObject({
  n: count,
  origin: z.number(),
  sums: z.array(z.number()).length(8),
  bounds: z.tuple([z.number(), z.number()]).optional(),
});

/** What {@link Moments} remembers. Plain JSON. */
export type MomentsState = Readonly<z.infer<typeof stateSchema>>;

/** The figures of values. What too few values, or values without spread, leave open is undefined. */
export interface MomentFigures {
  readonly n: number;
  readonly mean: number | undefined;
  /** With n - 1; undefined below two values. */
  readonly variance: number | undefined;
  /** The standard deviation, with n - 1; undefined below two values. */
  readonly deviation: number | undefined;
  /** g1: the third central moment in standard deviations with n; undefined without spread. */
  readonly skewness: number | undefined;
  /** g2: the fourth central moment in standard deviations with n, less the 3 of a normal; undefined without spread. */
  readonly excessKurtosis: number | undefined;
}

const finite = (value: number): number | undefined => (Number.isFinite(value) ? value : undefined);

/** Whether a value can be taken in. */
// One comparison, since it is made for every value: NaN and what is no number fail it too.
export const isMeasured = (x: number): boolean => Math.abs(x) <= LARGEST && typeof x === 'number';

/**
 * A value that can be taken in.
 * @throws `MikroBotError` `BAD_DATA` when it is no number, infinite, or beyond 1e70.
 */
export const checkMeasured = (x: number): void => {
  if (isMeasured(x)) return;
  throw new MikroBotError('BAD_DATA', `a value for the moments is ${String(x)}.`, {
    hint: `Leave out values that were not measured; those that count lie between -${LARGEST} and ${LARGEST}.`,
  });
};

/**
 * Mean, variance, skewness and kurtosis of a stream, in constant time and space per value, with removal and merging.
 *
 * Kept are the sums of the first four powers of the distance to the first value, each as a pair of doubles (Dekker, 1971;
 * Knuth, TAOCP 4.2.2). Welford's recurrence (1962; Pébay, 2008, for higher moments) is as good while values only come. When they
 * also go, it leaves the rounding of the largest value that ever passed: a hang of 30 s among latencies of 10 ms spoils the
 * kurtosis for good. In 106 bits that rounding is lost far below the digits of the answer, also at an
 * offset of 1e9: to 1e-9 of the kurtosis for what was up to 100,000 deviations away, of the variance for up to 10^11.
 *
 * @example
 * ```ts
 * const latency = new Moments();
 * for (const ms of [12, 15, 11]) latency.push(ms);
 * latency.deviation; // 2.08...
 * ```
 */
export class Moments implements MomentFigures {
  #n = 0;
  /** NaN until there is a value. */
  #origin = Number.NaN;
  /** Pairs: sum of d, d^2, d^3, d^4. */
  #sums = new Float64Array(8);
  #min = Infinity;
  #max = -Infinity;
  /** Nobody knows the extremes any more once a value was removed. */
  #bounded = true;

  /** @param values - pushed at once */
  constructor(values?: Iterable<number>) {
    if (values !== undefined) for (const x of values) this.push(x);
  }

  /**
   * The moments that were saved.
   * @throws `MikroBotError` `BAD_DATA` when it is no state.
   */
  static from(state: unknown): Moments {
    const { n, origin, sums, bounds } = readSaved(stateSchema, state, 'the state of moments');
    const moments = new Moments();
    if (n === 0) return moments;
    moments.#n = n;
    moments.#origin = origin;
    moments.#sums.set(sums);
    moments.#bounded = bounds !== undefined;
    [moments.#min, moments.#max] = bounds ?? [0, 0];
    return moments;
  }

  /** Plain JSON, from which {@link Moments.from} goes on to the last bit. */
  state(): MomentsState {
    const bounded = this.#bounded && this.#n > 0;
    return {
      n: this.#n,
      origin: this.#n === 0 ? 0 : this.#origin,
      sums: [...this.#sums],
      ...(bounded ? { bounds: [this.#min, this.#max] } : {}),
    };
  }

  /** @throws `MikroBotError` `BAD_DATA` when it is not finite. */
  push(x: number): void {
    checkMeasured(x);
    if (Number.isNaN(this.#origin)) this.#origin = x;
    this.#n++;
    if (x < this.#min) this.#min = x;
    if (x > this.#max) this.#max = x;
    this.#add(x - this.#origin, 1);
  }

  /**
   * Takes away a value that was pushed before.
   * @throws `MikroBotError` `BAD_DATA` when it is not finite, or nothing is left.
   */
  remove(x: number): void {
    checkMeasured(x);
    if (this.#n === 0) {
      throw new MikroBotError('BAD_DATA', `the value ${x} cannot be removed from no values.`);
    }
    if (this.#n === 1) {
      this.startAt(Number.NaN);
      return;
    }
    this.#n--;
    this.#add(x - this.#origin, -1);
    this.#bounded = false;
  }

  /** Takes in the values of another stream, as if they had been pushed here (Chan, Golub and LeVeque, 1979; Pébay, 2008). */
  merge(other: Moments): this {
    if (other.#n === 0) return this;
    if (Number.isNaN(this.#origin)) this.#origin = other.#origin;
    for (const [i, [high, low]] of other.#sumsAbout(this.#origin).entries())
      addTo(this.#sums, 2 * i, high, low);
    this.#n += other.#n;
    this.#min = Math.min(this.#min, other.#min);
    this.#max = Math.max(this.#max, other.#max);
    this.#bounded &&= other.#bounded;
    return this;
  }

  /**
   * Forgets everything, and measures what comes from there: the nearer to the values, the more digits.
   * @param origin - the mean that is expected; NaN for the first value
   */
  startAt(origin: number): void {
    this.#n = 0;
    this.#origin = origin;
    this.#sums.fill(0);
    this.#min = Infinity;
    this.#max = -Infinity;
    this.#bounded = true;
  }

  get n(): number {
    return this.#n;
  }

  get mean(): number | undefined {
    return this.#n === 0 ? undefined : this.#origin + this.#sums[0]! / this.#n;
  }

  get variance(): number | undefined {
    return this.#n < 2 ? undefined : finite(this.sumOfSquares / (this.#n - 1));
  }

  get deviation(): number | undefined {
    const variance = this.variance;
    return variance === undefined ? undefined : Math.sqrt(variance);
  }

  get skewness(): number | undefined {
    const squares = this.sumOfSquares;
    if (squares === 0) return undefined;
    const [s1, s2, s3] = this.#pairs();
    const mean = over(s1, this.#n);
    // M3 = S3 - m (3 S2 - 2 m S1)
    const cubes = plus(s3, scale(times(mean, plus(scale(s2, 3), scale(times(mean, s1), -2))), -1))[0];
    return finite(cubes / this.#n / (squares / this.#n) ** 1.5);
  }

  get excessKurtosis(): number | undefined {
    const squares = this.sumOfSquares;
    if (squares === 0) return undefined;
    const [s1, s2, s3, s4] = this.#pairs();
    const mean = over(s1, this.#n);
    // M4 = S4 - m (4 S3 - m (6 S2 - 3 m S1))
    const inner = plus(scale(s2, 6), scale(times(mean, s1), -3));
    const outer = plus(scale(s3, 4), scale(times(mean, inner), -1));
    const fourths = plus(s4, scale(times(mean, outer), -1))[0];
    return finite(fourths / this.#n / (squares / this.#n) ** 2 - 3);
  }

  /** M2: the sum of squared distances to the mean; 0 without values. */
  get sumOfSquares(): number {
    if (this.#n === 0) return 0;
    const [s1, s2] = this.#pairs();
    const squares = plus(s2, scale(times(over(s1, this.#n), s1), -1))[0];
    return squares > NOISE * s2[0] ? squares : 0;
  }

  /** Undefined without values, and after one was removed. */
  get min(): number | undefined {
    return this.#n > 0 && this.#bounded ? this.#min : undefined;
  }

  /** Undefined without values, and after one was removed. */
  get max(): number | undefined {
    return this.#n > 0 && this.#bounded ? this.#max : undefined;
  }

  /** From where distances are measured; NaN before the first value. */
  get origin(): number {
    return this.#origin;
  }

  /** The mean less the origin, with all its digits. */
  get meanDistance(): Pair {
    return this.#n === 0 ? [0, 0] : over(pairAt(this.#sums, 0), this.#n);
  }

  /** Adds the powers of a distance, or with -1 takes them away. */
  #add(d: number, sign: 1 | -1): void {
    const square = d * d;
    const squareLow = productError(d, d, square);
    const cube = square * d;
    const cubeLow = productError(square, d, cube) + squareLow * d;
    const fourth = square * square;
    const fourthLow = productError(square, square, fourth) + 2 * square * squareLow;
    addTo(this.#sums, 0, sign * d, 0);
    addTo(this.#sums, 2, sign * square, sign * squareLow);
    addTo(this.#sums, 4, sign * cube, sign * cubeLow);
    addTo(this.#sums, 6, sign * fourth, sign * fourthLow);
  }

  #pairs(): readonly [Pair, Pair, Pair, Pair] {
    return [pairAt(this.#sums, 0), pairAt(this.#sums, 2), pairAt(this.#sums, 4), pairAt(this.#sums, 6)];
  }

  /** The sums as they would be with another origin: by the binomial theorem for d + shift. */
  #sumsAbout(origin: number): readonly Pair[] {
    const [s1, s2, s3, s4] = this.#pairs();
    const shift = plus([this.#origin, 0], [-origin, 0]);
    const at = (first: Pair, second: Pair): Pair => plus(first, times(shift, second));
    const n: Pair = [this.#n, 0];
    // Horner-like: t(k+1, j) = t(k, j+1) + shift t(k, j)
    const a = [at(s1, n), at(s2, s1), at(s3, s2), at(s4, s3)] as const;
    const b = [at(a[1], a[0]), at(a[2], a[1]), at(a[3], a[2])] as const;
    const c = [at(b[1], b[0]), at(b[2], b[1])] as const;
    return [a[0], b[0], c[0], at(c[1], c[0])];
  }
}
