import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Priority, priorities } from '../model/signal.js';
import { collectGarbage } from '../testing/collect-garbage.js';
import { PriorityQueue } from './priority-queue.js';

interface Waiting {
  readonly item: number;
  readonly rank: number;
}

/** What the queue's description says, in the plainest words: one list, searched from the front or the back. */
class NaiveQueue {
  waiting: readonly Waiting[] = [];
  readonly #capacity: number;

  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  push(item: number, priority: Priority): number | undefined {
    const rank = priorities.indexOf(priority);
    const entry = { item, rank };
    if (this.waiting.length < this.#capacity) {
      this.waiting = [...this.waiting, entry];
      return undefined;
    }
    const lowest = Math.max(...this.waiting.map((w) => w.rank));
    if (!(lowest > rank)) return item;
    const victim = this.waiting.findLast((w) => w.rank === lowest) as Waiting;
    this.waiting = [...this.waiting.filter((w) => w !== victim), entry];
    return victim.item;
  }

  shift(): number | undefined {
    const best = Math.min(...this.waiting.map((w) => w.rank));
    const next = this.waiting.find((w) => w.rank === best);
    this.waiting = this.waiting.filter((w) => w !== next);
    return next?.item;
  }
}

const step = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...priorities) },
  { weight: 2, arbitrary: fc.constant('shift' as const) },
  { weight: 1, arbitrary: fc.constant('drain' as const) },
);

describe('PriorityQueue', () => {
  it('does what a plain list would, in any order of pushes, shifts and drains', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 8 }), fc.array(step, { maxLength: 80 }), (capacity, steps) => {
        const queue = new PriorityQueue<number>(capacity);
        const naive = new NaiveQueue(capacity);
        steps.forEach((what, i) => {
          if (what === 'shift') expect(queue.shift()).toBe(naive.shift());
          else if (what === 'drain') {
            const all = [...naive.waiting].sort((a, b) => a.rank - b.rank).map((w) => w.item);
            expect(queue.drain()).toEqual(all);
            naive.waiting = [];
          } else expect(queue.push(i, what)).toBe(naive.push(i, what));
          expect(queue.size).toBe(naive.waiting.length);
        });
        expect(queue.size).toBeLessThanOrEqual(capacity);
      }),
      { numRuns: 500 },
    );
  });

  it('serves critical before high before normal before low, and first come first within each', () => {
    const queue = new PriorityQueue<string>(10);
    for (const priority of [...priorities].reverse()) {
      queue.push(`${priority} 1`, priority);
      queue.push(`${priority} 2`, priority);
    }
    expect(queue.drain()).toEqual(priorities.flatMap((p) => [`${p} 1`, `${p} 2`]));
  });

  it('gives up the newest of the lowest lane to make room, and never one of the same lane', () => {
    const queue = new PriorityQueue<string>(3);
    queue.push('a', 'normal');
    queue.push('b', 'low');
    queue.push('c', 'low');
    expect(queue.push('d', 'high')).toBe('c');
    expect(queue.push('e', 'normal')).toBe('b');
    expect(queue.push('f', 'normal')).toBe('f');
    expect(queue.push('g', 'critical')).toBe('e');
    expect(queue.drain()).toEqual(['g', 'd', 'a']);
  });

  it('lets go of what it has served, although something always waits', async () => {
    const queue = new PriorityQueue<object>(10);
    let first: WeakRef<object> | undefined;
    for (let i = 0; i < 10_000; i++) {
      const item = { i };
      first ??= new WeakRef(item);
      queue.push(item, 'normal');
      if (queue.size > 2) queue.shift();
    }
    await collectGarbage();
    expect(queue.size).toBe(2);
    expect(first?.deref()).toBeUndefined();
  });
});
