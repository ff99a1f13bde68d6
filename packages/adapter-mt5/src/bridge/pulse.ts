import type { Clock } from '@mikrobot/core';
import type { Peer } from './peer.js';

/** How often a {@link Pulse} beats, and how long it bears silence, ms. */
export interface PulseOptions {
  readonly beat: number;
  readonly silence: number;
}

/** Tells the other side that we live, and notices when it does not. */
export class Pulse {
  readonly #clock: Clock;
  readonly #peer: Peer;
  readonly #options: PulseOptions;
  #disarm: readonly (() => void)[] = [];

  constructor(clock: Clock, peer: Peer, options: PulseOptions) {
    this.#clock = clock;
    this.#peer = peer;
    this.#options = options;
  }

  start(): void {
    const { beat, silence } = this.#options;
    const repeat = (name: string, first: number, next: () => number | undefined): (() => void) => {
      const arm = (at: number): (() => void) =>
        this.#clock.arm(`mt5 ${name} ${this.#peer.remote}`, at, () => {
          const then = next();
          if (then !== undefined) disarm = arm(then);
        });
      let disarm = arm(first);
      return () => disarm();
    };
    const now = this.#clock.now();
    this.#disarm = [
      repeat('beat', now + beat, () => {
        const now = this.#clock.now();
        const fault = this.#peer.send('beat', { now: Math.floor(now) });
        if (fault === 'BUSY') this.#peer.refuse('NOT_READING');
        return fault === undefined ? now + beat : undefined;
      }),
      repeat('silence', now + silence, () => {
        const end = this.#peer.heardAt + silence;
        if (end > this.#clock.now()) return end;
        this.#peer.refuse('SILENT', `nothing came for ${silence} ms`);
        return undefined;
      }),
    ];
  }

  stop(): void {
    for (const disarm of this.#disarm) disarm();
    this.#disarm = [];
  }
}
