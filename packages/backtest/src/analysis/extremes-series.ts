/** A value at a time (epoch ms). */
export interface TimedValue {
  readonly time: number;
  readonly value: number;
}

/** Points that are merged into their lowest and highest at each compaction. */
const GROUP = 4;
const NOWHERE: TimedValue = { time: 0, value: 0 };

/**
 * A series of any length in bounded memory: when it is full, neighbours are merged into their lowest and highest point, in their
 * order of time. The first, the last, the lowest and the highest value are never lost.
 */
export class ExtremesSeries {
  readonly #capacity: number;
  #points: TimedValue[] = [];
  /** How many values one group of kept points stands for. */
  #stride = 1;
  /** The group that is being filled: values so far, the lowest and the highest of them. */
  #seen = 0;
  #low: TimedValue = NOWHERE;
  #high: TimedValue = NOWHERE;
  #first: TimedValue | undefined;
  #lastTime = 0;
  #lastValue = 0;

  /** @param capacity - points kept at most, at least 8 */
  constructor(capacity: number) {
    this.#capacity = Math.max(2 * GROUP, capacity) - GROUP;
  }

  push(time: number, value: number): void {
    this.#first ??= { time, value };
    this.#lastTime = time;
    this.#lastValue = value;
    const begins = this.#seen === 0;
    if (begins || value < this.#low.value) this.#low = { time, value };
    if (begins || value > this.#high.value) this.#high = { time, value };
    if (++this.#seen < this.#stride) return;
    this.#points.push(...this.#group());
    this.#seen = 0;
    if (this.#points.length > this.#capacity) this.#compact();
  }

  /** What is kept, in order of time. A fresh array. */
  points(): TimedValue[] {
    const kept = [...this.#points, ...(this.#seen === 0 ? [] : this.#group())];
    if (this.#first === undefined) return kept;
    const [begin] = kept;
    if (begin?.time !== this.#first.time || begin.value !== this.#first.value) kept.unshift(this.#first);
    if (kept.at(-1)?.time !== this.#lastTime || kept.at(-1)?.value !== this.#lastValue) {
      kept.push({ time: this.#lastTime, value: this.#lastValue });
    }
    return kept;
  }

  #group(): TimedValue[] {
    const [low, high] = [this.#low, this.#high];
    if (low.time === high.time && low.value === high.value) return [low];
    return low.time <= high.time ? [low, high] : [high, low];
  }

  #compact(): void {
    const merged: TimedValue[] = [];
    for (let i = 0; i < this.#points.length; i += GROUP)
      merged.push(...extremes(this.#points.slice(i, i + GROUP)));
    this.#points = merged;
    this.#stride = this.#stride === 1 ? GROUP : this.#stride * 2;
  }
}

/** The lowest and the highest of some points, in order of time; one point when they are the same. */
const extremes = (points: readonly TimedValue[]): TimedValue[] => {
  let low = 0;
  let high = 0;
  for (let i = 1; i < points.length; i++) {
    if ((points[i] as TimedValue).value < (points[low] as TimedValue).value) low = i;
    if ((points[i] as TimedValue).value > (points[high] as TimedValue).value) high = i;
  }
  const picked = low === high ? [low] : [Math.min(low, high), Math.max(low, high)];
  return picked.map((i) => points[i] as TimedValue);
};
