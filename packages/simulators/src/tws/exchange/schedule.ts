import type { Clock } from '@mikrobot/core';

/** One timer that is always set to what is due next. */
export class Schedule {
  readonly #id: string;
  readonly #clock: Clock;
  readonly #wake: () => void;
  #at = Number.POSITIVE_INFINITY;
  #cancel: (() => void) | undefined;
  #stopped = false;

  /** @param id - names the timer */
  constructor(id: string, clock: Clock, wake: () => void) {
    this.#id = id;
    this.#clock = clock;
    this.#wake = wake;
  }

  get isSet(): boolean {
    return this.#at !== Number.POSITIVE_INFINITY;
  }

  /** Wakes at a time (epoch ms) instead of what was set before; Infinity: not at all. */
  wakeAt(at: number): void {
    if (at === this.#at || this.#stopped) return;
    this.#cancel?.();
    this.#at = at;
    this.#cancel =
      at === Number.POSITIVE_INFINITY
        ? undefined
        : this.#clock.arm(this.#id, at, () => {
            this.#at = Number.POSITIVE_INFINITY;
            this.#wake();
          });
  }

  /** It never wakes again. */
  stop(): void {
    this.#stopped = true;
    this.#cancel?.();
  }
}
