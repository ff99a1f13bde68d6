import { type Clock, VirtualClock } from '@mikrobot/core';

/** Time that stands until a test lets it pass, for the Node end of a real socket. */
export class StepClock implements Clock {
  /** Names of the timers that have neither fired nor been cancelled. */
  readonly armed = new Set<string>();
  readonly #clock = new VirtualClock(Date.UTC(2024, 0, 10, 15));

  now(): number {
    return this.#clock.now();
  }

  arm(id: string, at: number, wake: (id: string) => void): () => void {
    this.armed.add(id);
    const disarm = this.#clock.arm(id, at, () => {
      this.armed.delete(id);
      wake(id);
    });
    return () => {
      this.armed.delete(id);
      disarm();
    };
  }

  /** Lets so many ms pass at once, with all timers on the way. */
  pass(ms: number): void {
    this.#clock.advance(this.now() + ms);
  }
}
