import { type Clock, MikroBotError } from '@mikrobot/core';
import { type PacedJob, Pacing } from './pacing.js';

interface Waiting {
  readonly job: PacedJob;
  readonly start: () => void;
  readonly fail: (error: unknown) => void;
  readonly onWait: (ms: number) => void;
}

/** TWS takes 50 at once, and advises far fewer. */
const AT_ONCE = 4;

/**
 * Requests of the history service, of a whole adapter: they go out in order, each as soon as the limits of TWS let it. One that waits for
 * the limit of small bars lets others pass.
 */
export class HistoryQueue {
  readonly #clock: Clock;
  readonly #pacing = new Pacing();
  #waiting: Waiting[] = [];
  #open = 0;
  #pausedUntil = Number.NEGATIVE_INFINITY;
  #disarm: () => void = () => undefined;
  #closed = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Requests that wait for their turn. */
  get waiting(): number {
    return this.#waiting.length;
  }

  /** Whether it has ended for good. */
  get isClosed(): boolean {
    return this.#closed;
  }

  /** @throws `MikroBotError` `TIMED_OUT` when it has ended for good */
  throwIfClosed(): void {
    if (this.#closed) throw closed();
  }

  /**
   * Does work when its turn has come.
   * @param onWait - told how long it will wait at least, ms, when that is not 0
   * @param abort - gives up while it waits; what has begun goes on
   * @throws what the work throws; `MikroBotError` `TIMED_OUT` when the queue was closed before
   */
  run<T>(
    job: PacedJob,
    work: () => Promise<T>,
    onWait: (ms: number) => void = () => undefined,
    abort?: AbortSignal,
  ): Promise<T> {
    return new Promise<T>((resolve, reject) => {
      const leave = (): void => {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        reject(abort?.reason);
      };
      const waiting: Waiting = {
        job,
        onWait,
        fail: reject,
        start: () => {
          abort?.removeEventListener('abort', leave);
          this.#begin(job, work).then(resolve, reject);
        },
      };
      if (this.#closed) reject(closed());
      else if (abort?.aborted === true) reject(abort.reason);
      else {
        abort?.addEventListener('abort', leave, { once: true });
        this.#waiting.push(waiting);
        this.#pump();
      }
    });
  }

  /** TWS has said that there were too many: nothing goes out for so many ms. */
  pause(ms: number): void {
    this.#pausedUntil = Math.max(this.#pausedUntil, this.#clock.now() + ms);
    this.#pump();
  }

  /** Fails all that waits. */
  close(): void {
    this.#closed = true;
    this.#disarm();
    for (const { fail } of this.#waiting.splice(0)) fail(closed());
  }

  async #begin<T>(job: PacedJob, work: () => Promise<T>): Promise<T> {
    this.#pacing.note(job, this.#clock.now());
    this.#open += 1;
    try {
      return await work();
    } finally {
      this.#open -= 1;
      this.#pump();
    }
  }

  #pump(): void {
    this.#disarm();
    this.#disarm = () => undefined;
    if (this.#closed) return;
    const now = this.#clock.now();
    let soonest = Number.POSITIVE_INFINITY;
    const paused = this.#pausedUntil - now;
    for (const waiting of [...this.#waiting]) {
      if (this.#open >= AT_ONCE) return;
      const wait = Math.max(paused, this.#pacing.waitOf(waiting.job, now));
      if (wait <= 0) {
        this.#waiting = this.#waiting.filter((other) => other !== waiting);
        waiting.start();
      } else {
        soonest = Math.min(soonest, wait);
        waiting.onWait(wait);
      }
    }
    if (soonest < Number.POSITIVE_INFINITY)
      this.#disarm = this.#clock.arm('ib.history', now + soonest, () => this.#pump());
  }
}

const closed = (): MikroBotError =>
  new MikroBotError('TIMED_OUT', 'the adapter was closed before past bars were asked for.', {
    where: 'history',
  });
