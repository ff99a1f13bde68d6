import type { Clock } from '@mikrobot/core';
import type { Urgency } from './line.js';

/** Something to be sent. */
export interface Job {
  readonly send: () => void;
  /** Called instead of `send`, when it was never sent. */
  readonly unsent: (() => void) | undefined;
}

interface Waiting extends Job {
  readonly since: number;
}

const SECOND = 1_000;
/** An order that cannot go out within this time, ms, does not go out at all: the market has moved on. */
const PATIENCE = 1_000;
/** What a late timer may add to it, ms. */
const GRACE = 250;
/** Requests that may wait at once; more are refused, so that what waits is bounded. */
const MOST_WAITING = 10_000;

/**
 * Keeps to so many messages in any second, as TWS allows 50 and ends connections that send more. Orders go first, and requests leave
 * a part of each second to them.
 */
export class Pacer {
  readonly #clock: Clock;
  readonly #name: string;
  readonly #limits: Readonly<Record<Urgency, number>>;
  /** When the last messages were sent, the oldest first. */
  #sent: number[] = [];
  readonly #waiting: Readonly<Record<Urgency, Waiting[]>> = { order: [], request: [] };
  #disarm: (() => void) | undefined;
  #closed = false;

  /** @param name - of its timer */
  constructor(clock: Clock, messagesPerSecond: number, name: string) {
    this.#clock = clock;
    this.#name = name;
    const reserve = Math.min(10, Math.floor(messagesPerSecond / 3));
    this.#limits = { order: messagesPerSecond, request: messagesPerSecond - reserve };
  }

  /** Notes that a message has left. */
  note(): void {
    this.#sent.push(this.#clock.now());
  }

  /**
   * Sends at once or when it may.
   * @returns false when it will not be sent
   */
  take(urgency: Urgency, job: Job): boolean {
    if (this.#closed) return false;
    const queue = this.#waiting[urgency];
    if (queue.length === 0 && this.#isFree(urgency)) {
      job.send();
      return true;
    }
    // The order behind as many others as may go in a second goes in the next second but one.
    if (queue.length >= (urgency === 'order' ? this.#limits.order : MOST_WAITING)) return false;
    queue.push({ ...job, since: this.#clock.now() });
    this.#arm();
    return true;
  }

  /** Drops all that waits. */
  close(): void {
    this.#closed = true;
    this.#disarm?.();
    this.#disarm = undefined;
    const dropped = [...this.#waiting.order.splice(0), ...this.#waiting.request.splice(0)];
    for (const { unsent } of dropped) unsent?.();
  }

  #isFree(urgency: Urgency): boolean {
    const from = this.#clock.now() - SECOND;
    let gone = 0;
    while (gone < this.#sent.length && (this.#sent[gone] as number) <= from) gone++;
    if (gone > 0) this.#sent = this.#sent.slice(gone);
    return this.#sent.length < this.#limits[urgency];
  }

  #arm(): void {
    if (this.#disarm !== undefined || this.#closed) return;
    const urgency = this.#waiting.order.length > 0 ? 'order' : 'request';
    // The message that has to be a second old before there is room again.
    const blocking = this.#sent[this.#sent.length - this.#limits[urgency]] ?? this.#clock.now() - SECOND;
    this.#disarm = this.#clock.arm(`${this.#name} pace`, blocking + SECOND, () => {
      this.#disarm = undefined;
      this.#drain();
    });
  }

  #drain(): void {
    for (const urgency of ['order', 'request'] as const) {
      const queue = this.#waiting[urgency];
      while (queue.length > 0 && !this.#closed) {
        const job = queue[0] as Waiting;
        if (urgency === 'order' && this.#clock.now() - job.since > PATIENCE + GRACE) {
          queue.shift();
          job.unsent?.();
          continue;
        }
        if (!this.#isFree(urgency)) break;
        queue.shift();
        job.send();
      }
    }
    if (this.#waiting.order.length + this.#waiting.request.length > 0) this.#arm();
  }
}
