import type { Clock } from '@mikrobot/core';

/** How far the server's wall clock is ahead of UTC, ms: always, or by the time in UTC (epoch ms). */
export type UtcOffset = number | ((utc: number) => number);

const DAY = 86_400_000;

/** The server's wall clock: epoch ms of its own zone, as if that were UTC. */
export class ServerTime {
  readonly clock: Clock;
  #offset: UtcOffset;

  constructor(clock: Clock, offset: UtcOffset) {
    this.clock = clock;
    this.#offset = offset;
  }

  /** Ms that the server is ahead of UTC, now. */
  get offset(): number {
    return this.#offsetAt(this.clock.now());
  }

  /** Changes the zone, as a broker does when summer time begins. */
  move(offset: UtcOffset): void {
    this.#offset = offset;
  }

  now(): number {
    return this.of(this.clock.now());
  }

  /** Server time of a time in UTC, whole ms. */
  of(utc: number): number {
    return Math.floor(utc) + this.#offsetAt(utc);
  }

  /** UTC of a time of the server, by the present offset. */
  toUtc(serverTime: number): number {
    return serverTime - this.offset;
  }

  /** The next midnight of the server, in server time. */
  midnight(): number {
    return (Math.floor(this.now() / DAY) + 1) * DAY;
  }

  #offsetAt(utc: number): number {
    return typeof this.#offset === 'number' ? this.#offset : this.#offset(utc);
  }
}
