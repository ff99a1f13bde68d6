import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { readSaved } from '../saved.js';
import { checkMeasured } from './moments.js';

const stateSchema = z.strictObject({
  lambda: z.number().gt(0).lte(1),
  n: z.number().int().nonnegative(),
  mean: z.number(),
  spread: z.number().nonnegative(),
  squaredWeights: z.number(),
});

/** What {@link ExponentialMoments} remember. Plain JSON. */
export type ExponentialMomentsState = Readonly<z.infer<typeof stateSchema>>;

/**
 * Mean and variance that forget: each value weighs `1 - lambda` times as much as the one after it (EWMA; for the variance Finch,
 * Incremental calculation of weighted mean and variance, 2009). The mean begins at the first value.
 */
export class ExponentialMoments {
  /** The weight of the newest value, above 0, at most 1. */
  readonly lambda: number;
  #n = 0;
  #mean = 0;
  /** The weighted mean of squared distances. */
  #spread = 0;
  /** The sum of squares of all weights: 1 over it is how many values count. */
  #squaredWeights = 1;

  /** @throws `MikroBotError` `BAD_CONFIG` when lambda is not above 0 and at most 1. */
  constructor({ lambda }: { readonly lambda: number }) {
    if (!(lambda > 0 && lambda <= 1)) {
      throw new MikroBotError(
        'BAD_CONFIG',
        `lambda must be above 0 and at most 1, and is ${String(lambda)}.`,
        {
          hint: 'For a half-life of h values, lambda is 1 - 0.5 ** (1 / h).',
        },
      );
    }
    this.lambda = lambda;
  }

  /**
   * What was saved.
   * @throws `MikroBotError` `BAD_DATA` when it is no state.
   */
  static from(state: unknown): ExponentialMoments {
    const { lambda, n, mean, spread, squaredWeights } = readSaved(
      stateSchema,
      state,
      'the state of exponential moments',
    );
    const moments = new ExponentialMoments({ lambda });
    moments.#n = n;
    moments.#mean = mean;
    moments.#spread = spread;
    moments.#squaredWeights = squaredWeights;
    return moments;
  }

  /** Plain JSON, from which {@link ExponentialMoments.from} goes on to the last bit. */
  state(): ExponentialMomentsState {
    return {
      lambda: this.lambda,
      n: this.#n,
      mean: this.#mean,
      spread: this.#spread,
      squaredWeights: this.#squaredWeights,
    };
  }

  /** @throws `MikroBotError` `BAD_DATA` when it is not finite. */
  push(x: number): void {
    checkMeasured(x);
    if (this.#n++ === 0) {
      this.#mean = x;
      return;
    }
    const { lambda } = this;
    const distance = x - this.#mean;
    const step = lambda * distance;
    this.#mean += step;
    this.#spread = (1 - lambda) * (this.#spread + distance * step);
    this.#squaredWeights = (1 - lambda) ** 2 * this.#squaredWeights + lambda ** 2;
  }

  get n(): number {
    return this.#n;
  }

  /** Undefined without values. */
  get mean(): number | undefined {
    return this.#n === 0 ? undefined : this.#mean;
  }

  /** How many equally weighted values would say as much; 0 without values. */
  get effectiveSize(): number {
    return this.#n === 0 ? 0 : 1 / this.#squaredWeights;
  }

  /** Without bias for independent values; undefined below two values, and when lambda is 1. */
  get variance(): number | undefined {
    const share = 1 - this.#squaredWeights;
    return this.#n < 2 || share <= 0 ? undefined : this.#spread / share;
  }

  /** The root of the variance. */
  get deviation(): number | undefined {
    return this.variance === undefined ? undefined : Math.sqrt(this.variance);
  }
}
