/**
 * A map of at most so many keys: one more, and the key that was added first is forgotten. A key that is set again keeps its age;
 * one that was deleted and comes back is new.
 */
export class BoundedMap<K, V> {
  readonly #map = new Map<K, V>();
  readonly #capacity: number;

  /** @param capacity - keys that it holds at most: a whole number above 0 */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** The value of a key; undefined when it was never set, or is forgotten. */
  get(key: K): V | undefined {
    return this.#map.get(key);
  }

  /** Whether a key is remembered. */
  has(key: K): boolean {
    return this.#map.has(key);
  }

  /** Remembers a value. */
  set(key: K, value: V): void {
    this.#map.set(key, value);
    if (this.#map.size <= this.#capacity) return;
    for (const oldest of this.#map.keys()) {
      this.#map.delete(oldest);
      return;
    }
  }

  /** Forgets a key. */
  delete(key: K): void {
    this.#map.delete(key);
  }
}
