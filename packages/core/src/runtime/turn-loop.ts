import type { Priority } from '../model/signal.js';
import type { Clock } from './clock.js';
import { PriorityQueue } from './priority-queue.js';

/** More work than this inside one turn means that something feeds itself. */
const CAPACITY = 100_000;

/**
 * Run to completion, one door: everything that happens to a bot is one turn with one clock reading, and a turn runs to its end
 * before the next begins. What arrives inside a turn waits, by priority, and is served before the loop rests.
 *
 * Work that an input puts off runs right after that input and before the next one, whatever waits: so a replay, which brings
 * the inputs one by one, does everything in the same order.
 */
export class TurnLoop {
  readonly #clock: Clock;
  readonly #waiting = new PriorityQueue<() => void>(CAPACITY);
  readonly #overflow: () => void;
  readonly #deferred: (() => void)[] = [];
  /** The turn's time, epoch ms. */
  now = 0;
  /** Ticks taken so far: the position on the tape. */
  tape = 0;
  busy = false;

  /** @param overflow - told when work had to be dropped because {@link CAPACITY} items wait */
  constructor(clock: Clock, overflow: () => void) {
    this.#clock = clock;
    this.#overflow = overflow;
    this.now = clock.now();
  }

  /** Takes an input: now when the loop rests, else after the present one, by priority. */
  enter(work: () => void, priority: Priority = 'high'): void {
    if (this.busy) {
      if (this.#waiting.push(work, priority) !== undefined) this.#overflow();
      return;
    }
    this.begin();
    try {
      work();
    } finally {
      this.end();
    }
  }

  /** Puts work off to the end of the present input. */
  defer(work: () => void): void {
    this.#deferred.push(work);
  }

  /** Opens a turn. Only for the tick path, which avoids a closure a tick; others use {@link enter}. */
  begin(): void {
    this.busy = true;
    this.now = this.#clock.now();
  }

  /**
   * Serves what waits, and rests. Work that throws does not keep the rest from being served: a fill may be among it. Throws the
   * first of such errors at the end.
   */
  end(): void {
    if (this.#deferred.length === 0 && this.#waiting.size === 0) {
      this.busy = false;
      return;
    }
    let failure: { readonly error: unknown } | undefined;
    for (let work = this.#next(); work !== undefined; work = this.#next()) {
      try {
        work();
      } catch (error) {
        failure ??= { error };
      }
    }
    this.busy = false;
    if (failure !== undefined) throw failure.error;
  }

  /** What was put off goes before what waits. */
  #next(): (() => void) | undefined {
    return this.#deferred.length > 0 ? this.#deferred.shift() : this.#waiting.shift();
  }
}
