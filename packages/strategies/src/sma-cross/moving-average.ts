import { MikroBotError } from '@mikrobot/core';

/** A simple moving average as a running sum over a ring: an addition and a subtraction a value, whatever the length. */
export class MovingAverage {
  readonly #ring: Float64Array;
  #count = 0;
  #sum = 0;

  /** @throws `MikroBotError` `BAD_CONFIG` when `length` is not a whole number of at least 1. */
  constructor(length: number) {
    if (!Number.isInteger(length) || length < 1) {
      throw new MikroBotError('BAD_CONFIG', `${length} is no number of values.`, {
        where: 'moving average, length',
        hint: 'Use a whole number of at least 1.',
      });
    }
    this.#ring = new Float64Array(length);
  }

  /** Takes the next value and tells the mean of the last `length`; undefined until there are so many. */
  push(value: number): number | undefined {
    const ring = this.#ring;
    const length = ring.length;
    const at = this.#count % length;
    this.#sum += value - (ring[at] as number);
    ring[at] = value;
    this.#count++;
    // Summing afresh once a round keeps rounding errors from adding up over millions of values.
    if (at === length - 1) {
      let sum = 0;
      for (let i = 0; i < length; i++) sum += ring[i] as number;
      this.#sum = sum;
    }
    return this.#count < length ? undefined : this.#sum / length;
  }
}
