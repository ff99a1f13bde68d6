import { type SchedulerAction, type SchedulerLike, Subscription } from 'rxjs';
import type { Clock } from './clock.js';

/**
 * Timers of one owner, as an RxJS scheduler. Every firing is an input of the bot, taken in a turn of its own: `wake(id)` asks
 * for that turn, and `fire(id)` runs the work in it. Ids carry the owner's name and do not depend on what others armed, so
 * that a replay fires the right ones.
 */
export class TurnScheduler implements SchedulerLike {
  readonly #owner: string;
  readonly #clock: Clock;
  readonly #now: () => number;
  readonly #wake: (id: string) => void;
  readonly #due = new Map<string, () => void>();
  readonly #disarm = new Map<string, () => void>();
  #count = 0;
  #closed = false;

  constructor(owner: string, clock: Clock, now: () => number, wake: (id: string) => void) {
    this.#owner = owner;
    this.#clock = clock;
    this.#now = now;
    this.#wake = wake;
  }

  now(): number {
    return this.#now();
  }

  /** Runs what timer `id` was armed for. False when it is not one of this owner's or was cancelled. */
  fire(id: string): boolean {
    const run = this.#due.get(id);
    this.#due.delete(id);
    this.#disarm.delete(id);
    run?.();
    return run !== undefined;
  }

  /** Arms a timer. @param delay - ms */
  timer(delay: number, run: () => void): Subscription {
    const id = `${this.#owner}.${this.#count++}`;
    if (this.#closed) return new Subscription();
    this.#due.set(id, run);
    this.#disarm.set(id, this.#clock.arm(id, this.#now() + Math.max(0, delay), this.#wake));
    return new Subscription(() => {
      if (!this.#due.delete(id)) return;
      this.#disarm.get(id)?.();
      this.#disarm.delete(id);
    });
  }

  /** Disarms every timer, and arms none any more. */
  close(): void {
    this.#closed = true;
    for (const disarm of this.#disarm.values()) disarm();
    this.#due.clear();
    this.#disarm.clear();
  }

  schedule<T>(work: (this: SchedulerAction<T>, state?: T) => void, delay = 0, state?: T): Subscription {
    return new Action(this, work).schedule(state, delay);
  }
}

/** RxJS operators re-arm by calling `this.schedule(state, delay)` on the action, inside the work or while it waits. */
class Action<T> extends Subscription implements SchedulerAction<T> {
  readonly #scheduler: TurnScheduler;
  readonly #work: (this: SchedulerAction<T>, state?: T) => void;
  #waiting: Subscription | undefined;

  constructor(scheduler: TurnScheduler, work: (this: SchedulerAction<T>, state?: T) => void) {
    super();
    this.#scheduler = scheduler;
    this.#work = work;
  }

  schedule(state?: T, delay = 0): Subscription {
    this.#disarm();
    const timer = this.#scheduler.timer(delay, () => {
      this.#disarm();
      this.#work.call(this, state);
    });
    this.#waiting = timer;
    this.add(timer);
    return this;
  }

  #disarm(): void {
    const timer = this.#waiting;
    if (timer === undefined) return;
    this.#waiting = undefined;
    this.remove(timer);
    timer.unsubscribe();
  }
}
