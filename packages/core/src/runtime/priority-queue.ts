import { type Priority, priorities } from '../model/signal.js';

interface Lane<T> {
  items: T[];
  /** Where the next item is; those before it were served. */
  head: number;
}

/** Served items that a lane may still hold: moving the rest up costs time, never doing so costs memory. */
const SERVED = 64;

/**
 * A bounded queue with four lanes: critical before high before normal before low, first come first served within a lane.
 */
export class PriorityQueue<T> {
  readonly #lanes: readonly Lane<T>[] = priorities.map(() => ({ items: [], head: 0 }));
  readonly #capacity: number;
  #size = 0;

  /** @param capacity - most items that wait at once, over all lanes */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  get size(): number {
    return this.#size;
  }

  /**
   * Adds an item. When the queue is full it makes room by giving up the newest item of the lowest lane below `priority`, and
   * returns it; when there is none below, it returns the item itself: somebody must be told that it will not be served.
   */
  push(item: T, priority: Priority): T | undefined {
    const index = priorities.indexOf(priority);
    let displaced: T | undefined;
    if (this.#size >= this.#capacity) {
      displaced = this.#giveUpBelow(index);
      if (displaced === undefined) return item;
    }
    (this.#lanes[index] as Lane<T>).items.push(item);
    this.#size++;
    return displaced;
  }

  /** Removes and returns the next item. */
  shift(): T | undefined {
    if (this.#size === 0) return undefined;
    for (const lane of this.#lanes) {
      if (lane.head === lane.items.length) continue;
      const item = lane.items[lane.head] as T;
      lane.head++;
      if (lane.head === lane.items.length || (lane.head > SERVED && lane.head * 2 > lane.items.length)) {
        lane.items = lane.items.slice(lane.head);
        lane.head = 0;
      }
      this.#size--;
      return item;
    }
    return undefined;
  }

  /** Removes and returns all items in order. */
  drain(): T[] {
    const all: T[] = [];
    for (let item = this.shift(); item !== undefined; item = this.shift()) all.push(item);
    return all;
  }

  #giveUpBelow(index: number): T | undefined {
    for (let i = this.#lanes.length - 1; i > index; i--) {
      const lane = this.#lanes[i] as Lane<T>;
      if (lane.head === lane.items.length) continue;
      this.#size--;
      return lane.items.pop();
    }
    return undefined;
  }
}
