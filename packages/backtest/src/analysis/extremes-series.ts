/** A value at a time (epoch ms). */
export interface TimedValue {
  readonly time: number;
  readonly value: number;
}

/** Points that are merged into their lowest and highest at each compaction. */
const GROUP = 4;

/**
 * A series of any length in bounded memory: when it is full, neighbours are merged into their lowest and highest point, in their
 * order of time. The first, the last, the lowest and the highest value are never lost.
 */
export class ExtremesSeries {
  readonly #capacity: number;
  #points: TimedValue[] = [];
  /** How many values one group of kept points stands for. */
  #stride = 1;
  #group: TimedValue[] = [];
  #seen = 0;
  #first: TimedValue | undefined;
  #last: TimedValue | undefined;

  /** @param capacity - points kept at most, at least 8 */
  constructor(capacity: number) {
    this.#capacity = Math.max(2 * GROUP, capacity) - 2;
  }

  push(time: number, value: number): void {
    const point = { time, value };
    this.#first ??= point;
    this.#last = point;
    if (this.#stride === 1) this.#points.push(point);
    else {
      this.#group = extremes([...this.#group, point]);
      if (++this.#seen < this.#stride) return;
      this.#points.push(...this.#group);
      this.#group = [];
      this.#seen = 0;
    }
    if (this.#points.length > this.#capacity - 2) this.#compact();
  }

  /** What is kept, in order of time. A fresh array. */
  points(): TimedValue[] {
    const kept = [...this.#points, ...this.#group];
    if (this.#first !== undefined && kept[0] !== this.#first) kept.unshift(this.#first);
    if (this.#last !== undefined && kept.at(-1) !== this.#last) kept.push(this.#last);
    return kept;
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
