import type { Clock } from './clock.js';

interface Timer {
  readonly sequence: number;
  readonly id: string;
  at: number;
  readonly wake: (id: string) => void;
  cancelled: boolean;
}

const before = (a: Timer, b: Timer): boolean => a.at < b.at || (a.at === b.at && a.sequence < b.sequence);

/**
 * Time that moves when the market moves. Timers that are due fire in the order of their time, then of their arming, and see
 * the clock at their own time. A binary heap, so that a bot may hold many.
 */
export class VirtualClock implements Clock {
  #now = 0;
  #begun = true;
  /** No timer is due before this; a lower bound, so that most moves need not look. */
  #due = Number.POSITIVE_INFINITY;
  #sequence = 0;
  readonly #heap: Timer[] = [];
  readonly #open = new Set<Promise<unknown>>();

  /** @param start - epoch ms */
  constructor(start = 0) {
    this.#now = start;
  }

  /** A clock whose time begins where it is first advanced to: what was armed before counts from there. */
  static ofMarket(): VirtualClock {
    const clock = new VirtualClock();
    clock.#begun = false;
    clock.#due = Number.NEGATIVE_INFINITY;
    return clock;
  }

  now(): number {
    return this.#now;
  }

  arm(id: string, at: number, wake: (id: string) => void): () => void {
    const timer: Timer = { sequence: this.#sequence++, id, at, wake, cancelled: false };
    this.#push(timer);
    if (at < this.#due) this.#due = at;
    return () => {
      timer.cancelled = true;
    };
  }

  track(work: Promise<unknown>): void {
    const settled: Promise<unknown> = work.then(
      () => this.#open.delete(settled),
      () => this.#open.delete(settled),
    );
    this.#open.add(settled);
  }

  /** Whether tracked work is open: time must not advance before {@link settled}. */
  get busy(): boolean {
    return this.#open.size > 0;
  }

  /** Resolves once no tracked work is open, including what that work started. */
  async settled(): Promise<void> {
    while (this.#open.size > 0) await Promise.all(this.#open);
  }

  /**
   * Moves to `to` (epoch ms), firing what is due on the way. Never moves back. Stands still at a timer whose work is tracked:
   * call again once it has {@link settled}.
   */
  advance(to: number): void {
    if (to < this.#due) {
      if (to > this.#now) this.#now = to;
      return;
    }
    this.#fireUntil(to);
  }

  #fireUntil(to: number): void {
    if (!this.#begun) this.#begin(to);
    const heap = this.#heap;
    const open = this.#open.size;
    while (heap.length > 0 && (heap[0] as Timer).at <= to) {
      const timer = this.#pop();
      if (timer.cancelled) continue;
      if (timer.at > this.#now) this.#now = timer.at;
      timer.wake(timer.id);
      if (this.#open.size > open) return;
    }
    if (to > this.#now) this.#now = to;
    this.#due = heap[0]?.at ?? Number.POSITIVE_INFINITY;
  }

  #begin(start: number): void {
    this.#begun = true;
    for (const timer of this.#heap) timer.at += start - this.#now;
    this.#now = start;
  }

  #push(timer: Timer): void {
    const heap = this.#heap;
    let i = heap.push(timer) - 1;
    while (i > 0) {
      const parent = (i - 1) >> 1;
      if (!before(timer, heap[parent] as Timer)) break;
      heap[i] = heap[parent] as Timer;
      i = parent;
    }
    heap[i] = timer;
  }

  #pop(): Timer {
    const heap = this.#heap;
    const top = heap[0] as Timer;
    const last = heap.pop() as Timer;
    if (heap.length > 0) {
      let i = 0;
      for (;;) {
        let child = 2 * i + 1;
        if (child >= heap.length) break;
        if (child + 1 < heap.length && before(heap[child + 1] as Timer, heap[child] as Timer)) child++;
        if (!before(heap[child] as Timer, last)) break;
        heap[i] = heap[child] as Timer;
        i = child;
      }
      heap[i] = last;
    }
    return top;
  }
}
