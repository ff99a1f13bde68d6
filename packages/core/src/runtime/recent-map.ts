/**
 * Remembers the last so many keys and forgets the oldest. Keys are set once. A ring of keys beside the map: asking a map for its
 * first key walks over everything that was deleted before it.
 */
export class RecentMap<V> {
  readonly #map = new Map<string, V>();
  readonly #ring: string[] = [];
  readonly #capacity: number;
  #next = 0;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get(key: string): V | undefined {
    return this.#map.get(key);
  }

  has(key: string): boolean {
    return this.#map.has(key);
  }

  /** The values that were set last, at most so many, the oldest first. */
  newest(most: number): readonly V[] {
    const keys = [...this.#ring.slice(this.#next), ...this.#ring.slice(0, this.#next)];
    return keys.slice(-most).map((key) => this.#map.get(key) as V);
  }

  set(key: string, value: V): void {
    if (this.#ring.length < this.#capacity) this.#ring.push(key);
    else {
      this.#map.delete(this.#ring[this.#next] as string);
      this.#ring[this.#next] = key;
      this.#next = (this.#next + 1) % this.#capacity;
    }
    this.#map.set(key, value);
  }
}
