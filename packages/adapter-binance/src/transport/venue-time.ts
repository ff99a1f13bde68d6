import type { Clock } from '@mikrobot/core';

/** One comparison of the clocks, epoch ms: ours before and after, the venue's between them. */
export interface TimeSample {
  readonly sent: number;
  readonly venue: number;
  readonly answered: number;
}

/** The venue's clock as far as it is known here, shared by all that sign. */
export class VenueTime {
  readonly #clock: Clock;
  readonly #measure: () => Promise<TimeSample>;
  #offset = 0;
  #running: Promise<void> | undefined;

  /** @param measure - asks the venue for its time */
  constructor(clock: Clock, measure: () => Promise<TimeSample>) {
    this.#clock = clock;
    this.#measure = measure;
  }

  /** Ms that the venue is ahead. 0 until the first {@link sync}. */
  get offset(): number {
    return this.#offset;
  }

  /** Epoch ms at the venue, right up to half a round trip of the last comparison. */
  now(): number {
    return this.#clock.now() + this.#offset;
  }

  /** Compares the clocks. Calls at the same time share one comparison. */
  sync(): Promise<void> {
    this.#running ??= this.#compare().finally(() => {
      this.#running = undefined;
    });
    return this.#running;
  }

  async #compare(): Promise<void> {
    const { sent, venue, answered } = await this.#measure();
    this.#offset = venue - (sent + answered) / 2;
  }
}
