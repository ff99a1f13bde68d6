import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import { readSaved } from '../saved.js';
import { checkMeasured } from './moments.js';

const stateSchema = z.strictObject({
  delta: z.number().nonnegative(),
  lambda: z.number().positive(),
  n: z.number().int().nonnegative(),
  mean: z.number(),
  up: z.number().nonnegative(),
  down: z.number().nonnegative(),
});

/** What {@link PageHinkley} remembers. Plain JSON. */
export type PageHinkleyState = Readonly<z.infer<typeof stateSchema>>;

/**
 * The Page-Hinkley test for a mean that drifts (Page, 1954; Hinkley, 1971): how far values have summed up above the running mean,
 * less what is tolerated, since that sum was lowest; the same below. The running mean includes the newest value, and the lowest
 * sum is at most 0.
 */
export class PageHinkley {
  /** The drift per value that is tolerated, in the unit of the values. */
  readonly delta: number;
  /** The sum above which there is an alarm, in the unit of the values. */
  readonly lambda: number;
  #n = 0;
  #mean = 0;
  #up = 0;
  #down = 0;

  /** @throws `MikroBotError` `BAD_CONFIG` when delta is negative, lambda is not above 0, or one is not finite. */
  constructor({ delta, lambda }: { readonly delta: number; readonly lambda: number }) {
    if (!(delta >= 0 && delta < Infinity && lambda > 0 && lambda < Infinity)) {
      throw new MikroBotError(
        'BAD_CONFIG',
        `Page-Hinkley needs a delta of 0 or more and a lambda above 0; they are ${String(delta)} and ${String(lambda)}.`,
      );
    }
    this.delta = delta;
    this.lambda = lambda;
  }

  /**
   * The test that was saved.
   * @throws `MikroBotError` `BAD_DATA` when it is no state.
   */
  static from(state: unknown): PageHinkley {
    const saved = readSaved(stateSchema, state, 'the state of a Page-Hinkley test');
    const test = new PageHinkley(saved);
    test.#n = saved.n;
    test.#mean = saved.mean;
    test.#up = saved.up;
    test.#down = saved.down;
    return test;
  }

  /** Plain JSON, from which {@link PageHinkley.from} goes on to the last bit. */
  state(): PageHinkleyState {
    const { delta, lambda } = this;
    return { delta, lambda, n: this.#n, mean: this.#mean, up: this.#up, down: this.#down };
  }

  /**
   * @returns which way the mean has drifted, on every value for as long as the sum is above lambda; undefined while all is well
   * @throws `MikroBotError` `BAD_DATA` when the value is not finite.
   */
  push(x: number): 'up' | 'down' | undefined {
    checkMeasured(x);
    this.#n++;
    this.#mean += (x - this.#mean) / this.#n;
    const distance = x - this.#mean;
    // A sum less its own minimum never needs the sum: it falls no lower than 0.
    this.#up = Math.max(0, this.#up + distance - this.delta);
    this.#down = Math.max(0, this.#down - distance - this.delta);
    return this.#up > this.lambda ? 'up' : this.#down > this.lambda ? 'down' : undefined;
  }

  /** Begins anew, as after an alarm that was dealt with. */
  reset(): void {
    this.#n = 0;
    this.#mean = 0;
    this.#up = 0;
    this.#down = 0;
  }

  get n(): number {
    return this.#n;
  }

  /** How far the values have gone up since the lowest sum, in their unit. */
  get up(): number {
    return this.#up;
  }

  /** How far they have gone down since the highest sum, in their unit. */
  get down(): number {
    return this.#down;
  }
}
