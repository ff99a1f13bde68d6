/** Counts by the whole number of a logarithm. Where there are more numbers than room, the lowest ones share a bucket. */
export class LogBuckets {
  readonly #room: number;
  #counts: number[] = [];
  /** The number of the first bucket. */
  #low = 0;

  /** @param room - the most buckets there will be */
  constructor(room: number, saved?: { readonly low: number; readonly counts: readonly number[] }) {
    this.#room = room;
    if (saved !== undefined) {
      this.#low = saved.low;
      this.#counts = [...saved.counts];
    }
  }

  state(): { low: number; counts: number[] } {
    return { low: this.#low, counts: [...this.#counts] };
  }

  add(number: number, count: number): void {
    const at = number - this.#low;
    if (at >= 0 && at < this.#counts.length) this.#counts[at]! += count;
    else {
      this.#reach(number);
      this.#counts[Math.max(0, number - this.#low)]! += count;
    }
  }

  merge(other: LogBuckets): void {
    // The highest first, so that the room is laid out once.
    for (let i = other.#counts.length - 1; i >= 0; i--)
      if (other.#counts[i]! > 0) this.add(other.#low + i, other.#counts[i]!);
  }

  /** Buckets that hold something, in ascending order. */
  entries(): (readonly [number: number, count: number])[] {
    return this.#counts.map((count, i) => [this.#low + i, count] as const).filter(([, count]) => count > 0);
  }

  /** Lays out the buckets so that a number has its place, be it in the lowest one. */
  #reach(number: number): void {
    if (this.#counts.length === 0) this.#low = number;
    const top = Math.max(number, this.#low + this.#counts.length - 1);
    const low = Math.max(Math.min(number, this.#low), top - this.#room + 1);
    const counts = new Array<number>(top - low + 1).fill(0);
    for (const [i, count] of this.#counts.entries()) counts[Math.max(0, this.#low + i - low)]! += count;
    this.#counts = counts;
    this.#low = low;
  }
}
