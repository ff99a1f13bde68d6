import type { Columns } from './market.js';

/** A running mean over a ring. A class with double fields: a closure would box its numbers. */
class Mean {
  readonly #values: Float64Array;
  #at = 0;
  #sum = 0.5;
  #count = 0;

  constructor(length: number) {
    this.#values = new Float64Array(length);
    this.#sum = 0;
  }

  push(value: number): number {
    const values = this.#values;
    this.#sum += value - (values[this.#at] as number);
    values[this.#at] = value;
    this.#at = this.#at + 1 === values.length ? 0 : this.#at + 1;
    return ++this.#count < values.length ? Number.NaN : this.#sum / values.length;
  }
}

/** The least that anybody could do with ticks: M1 bars and a moving average cross in one loop over typed arrays. */
export const bareTicks = ({ length, time, bid, ask }: Columns): number => {
  const fast = new Mean(10);
  const slow = new Mean(30);
  let end = -1;
  let close = 0;
  let high = 0;
  let low = 0;
  let before = Number.NaN;
  let crosses = 0;
  for (let i = 0; i < length; i++) {
    const t = time[i] as number;
    const mid = ((bid[i] as number) + (ask[i] as number)) / 2;
    if (t >= end) {
      if (end > 0) {
        const difference = fast.push(close) - slow.push(close);
        if (!Number.isNaN(before) && before <= 0 !== difference <= 0) crosses++;
        before = difference;
      }
      end = t - (t % 60_000) + 60_000;
      high = mid;
      low = mid;
    }
    if (mid > high) high = mid;
    if (mid < low) low = mid;
    close = mid;
  }
  return crosses + 0 * (high + low);
};

/** The same for closes of bars: two moving averages, as running sums. */
export const bareBars = (closes: Float64Array, fastLength: number, slowLength: number): number => {
  let fast = 0;
  let slow = 0;
  let before = Number.NaN;
  let crosses = 0;
  for (let i = 0; i < closes.length; i++) {
    const close = closes[i] as number;
    fast += close;
    slow += close;
    if (i >= fastLength) fast -= closes[i - fastLength] as number;
    if (i < slowLength) continue;
    slow -= closes[i - slowLength] as number;
    const difference = fast / fastLength - slow / slowLength;
    if (before <= 0 !== difference <= 0) crosses++;
    before = difference;
  }
  return crosses;
};

/** Best nanoseconds an item of `work`, of seven runs: the machine at its least disturbed. */
export const bestNs = (items: number, work: () => unknown): number => {
  let best = Number.POSITIVE_INFINITY;
  for (let i = 0; i < 7; i++) {
    const start = process.hrtime.bigint();
    work();
    best = Math.min(best, Number(process.hrtime.bigint() - start));
  }
  return best / items;
};
