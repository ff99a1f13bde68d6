import { Observable, type Subscriber } from 'rxjs';
import { MikroBotError } from '../errors/mikrobot-error.js';
import { type Priority, priorities } from '../model/signal.js';
import type { TurnScheduler } from './turn-scheduler.js';

/** How much of a dependency may be used at once. */
export interface BulkheadOptions {
  /** Calls that run at once. Default 16. */
  readonly concurrent: number;
  /** Calls that wait for their turn. Default 64. */
  readonly waiting: number;
  /** The longest wait, ms. Default 1,000. */
  readonly wait: number;
}

interface Waiter {
  readonly rank: number;
  readonly start: () => void;
  readonly refuse: (why: string) => void;
}

/**
 * Lets so many calls run at once and a bounded number wait, the most urgent first. When too many wait, the newest of the least
 * urgent is refused; so is who waited too long. A refused call has not begun.
 */
export class Bulkhead {
  readonly #name: string;
  readonly #options: BulkheadOptions;
  readonly #timers: TurnScheduler;
  /** The next to start comes first. */
  readonly #waiting: Waiter[] = [];
  #running = 0;

  /** @param name - the dependency, for errors */
  constructor(name: string, options: BulkheadOptions, timers: TurnScheduler) {
    this.#name = name;
    this.#options = options;
    this.#timers = timers;
  }

  /**
   * Subscribes `work` once there is room. Unsubscribing gives the room, or the place in the queue, to the next. Errors with
   * `BULKHEAD_FULL` when it is refused.
   * @param what - the call, for errors
   */
  enter<T>(what: string, priority: Priority, work: Observable<T>): Observable<T> {
    return new Observable<T>((subscriber) => {
      const start = (): void => this.#run(work, subscriber);
      if (this.#running < this.#options.concurrent) start();
      else this.#queue(what, priority, subscriber, start);
    });
  }

  #run<T>(work: Observable<T>, subscriber: Subscriber<T>): void {
    this.#running++;
    work.subscribe(subscriber);
    // After the work's own teardown; at once when the work has ended already.
    subscriber.add(() => {
      this.#running--;
      this.#waiting.shift()?.start();
    });
  }

  #queue(what: string, priority: Priority, subscriber: Subscriber<unknown>, start: () => void): void {
    const { waiting, wait } = this.#options;
    const refuse = (why: string): void =>
      subscriber.error(
        new MikroBotError('BULKHEAD_FULL', `${what} was not begun: ${why}.`, {
          where: this.#name,
          hint: 'Ask for less at once, or allow more in `bulkhead`.',
        }),
      );
    const timer = this.#timers.timer(wait, () => refuse(`it waited ${wait} ms for others to end`));
    const waiter: Waiter = {
      rank: priorities.indexOf(priority),
      refuse,
      start: () => {
        timer.unsubscribe();
        start();
      },
    };
    subscriber.add(() => {
      timer.unsubscribe();
      const at = this.#waiting.indexOf(waiter);
      if (at >= 0) this.#waiting.splice(at, 1);
    });
    const behind = this.#waiting.findIndex(({ rank }) => rank > waiter.rank);
    this.#waiting.splice(behind < 0 ? this.#waiting.length : behind, 0, waiter);
    if (this.#waiting.length > waiting)
      this.#waiting.pop()?.refuse(`${waiting} calls that go before it wait already`);
  }
}
