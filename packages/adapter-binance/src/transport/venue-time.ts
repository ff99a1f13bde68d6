import type { Clock } from '@mikrobot/core';

/** The venue's clock, as far as it is known here. Shared by all that signs. */
export class VenueTime {
  /** Ms that the venue is ahead. */
  readonly offset: number = 0;
  /** @param read - asks the venue, epoch ms */
  constructor(_clock: Clock, _read: () => Promise<number>) {}
  /** Epoch ms at the venue. */
  now(): number {
    throw new Error('being written');
  }
  /** Compares the clocks; calls at once share one. */
  sync(): Promise<void> {
    throw new Error('being written');
  }
}
