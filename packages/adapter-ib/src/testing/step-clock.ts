import { type Clock, VirtualClock } from '@mikrobot/core';

/** So many ms at once, far less than a line may be silent: between two steps sockets can answer each other. */
const STEP = 120_000;

const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Time that stands until it is let pass, for both ends of a real line. */
export class StepClock implements Clock {
  readonly #clock = new VirtualClock(Date.UTC(2024, 0, 10, 15));

  now(): number {
    return this.#clock.now();
  }

  arm(id: string, at: number, wake: (id: string) => void): () => void {
    return this.#clock.arm(id, at, wake);
  }

  /** Lets so many ms pass, and what they set off be answered. */
  async pass(ms: number): Promise<void> {
    const end = this.now() + ms;
    while (this.now() < end) {
      this.#clock.advance(Math.min(end, this.now() + STEP));
      for (let i = 0; i < 6; i++) await turn();
    }
    for (let i = 0; i < 100; i++) await turn();
  }
}
