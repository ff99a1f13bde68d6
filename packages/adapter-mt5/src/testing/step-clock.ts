import { type Clock, VirtualClock } from '@mikrobot/core';

/** Time that stands until a test lets it pass, for the Node end of a real socket. */
export class StepClock implements Clock {
  readonly #clock = new VirtualClock(Date.UTC(2024, 0, 10, 15));

  now(): number {
    return this.#clock.now();
  }

  arm(id: string, at: number, wake: (id: string) => void): () => void {
    return this.#clock.arm(id, at, wake);
  }

  /** Lets so many ms pass at once, with all timers on the way. */
  pass(ms: number): void {
    this.#clock.advance(this.now() + ms);
  }
}
