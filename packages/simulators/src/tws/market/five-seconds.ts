import type { Clock } from '@mikrobot/core';
import { FIVE_SECONDS } from './bar-store.js';

/** Told at each end of five seconds of the clock; `time` is the end, epoch ms. */
export type BeatListener = (time: number) => void;

/** Beats every five seconds of the clock, while somebody listens. */
export class FiveSeconds {
  readonly #clock: Clock;
  readonly #listeners = new Set<BeatListener>();
  #disarm: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @returns the way to stop listening */
  listen(listener: BeatListener): () => void {
    this.#listeners.add(listener);
    if (this.#disarm === undefined) this.#arm();
    return () => {
      this.#listeners.delete(listener);
      if (this.#listeners.size > 0) return;
      this.#disarm?.();
      this.#disarm = undefined;
    };
  }

  #arm(): void {
    const next = (Math.floor(this.#clock.now() / FIVE_SECONDS) + 1) * FIVE_SECONDS;
    this.#disarm = this.#clock.arm('tws-five-seconds', next, () => {
      this.#disarm = undefined;
      for (const listener of [...this.#listeners]) listener(next);
      if (this.#listeners.size > 0 && this.#disarm === undefined) this.#arm();
    });
  }
}
