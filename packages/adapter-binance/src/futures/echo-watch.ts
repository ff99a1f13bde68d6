import type { Clock } from '@mikrobot/core';

/** What is awaited when the account itself has changed; no order has this id. */
export const ACCOUNT = 'the account';

interface Awaited {
  heard: boolean;
  disarm: (() => void) | undefined;
}

/**
 * Waits for what the venue must tell after a command that it accepted. A stream that sends nothing may be healthy, for perhaps
 * nothing happens; one that says nothing of an order which was just accepted is dead, however open its socket looks.
 */
export class EchoWatch {
  readonly #clock: Clock;
  readonly #patience: number;
  readonly #onSilent: (id: string) => void;
  readonly #awaited = new Map<string, Awaited>();

  /** @param patience - ms from the answer. @param onSilent - nothing was told of this order */
  constructor(clock: Clock, patience: number, onSilent: (id: string) => void) {
    this.#clock = clock;
    this.#patience = patience;
    this.#onSilent = onSilent;
  }

  /**
   * A command leaves. What is told of its order from now on counts, for an event may overtake the answer.
   * @returns what to call when it is answered
   */
  leaving(id: string): (accepted: boolean) => void {
    this.heard(id);
    const one: Awaited = { heard: false, disarm: undefined };
    this.#awaited.set(id, one);
    return (accepted) => {
      if (this.#awaited.get(id) !== one) return;
      if (!accepted || one.heard) {
        this.#awaited.delete(id);
        return;
      }
      one.disarm = this.#clock.arm(`binance echo ${id}`, this.#clock.now() + this.#patience, () => {
        this.#awaited.delete(id);
        this.#onSilent(id);
      });
    };
  }

  /** The venue told of an order. */
  heard(id: string): void {
    const one = this.#awaited.get(id);
    if (one === undefined) return;
    one.heard = true;
    if (one.disarm === undefined) return;
    one.disarm();
    this.#awaited.delete(id);
  }

  /** Nothing is awaited any more: the stream is known to be down, or was closed. */
  clear(): void {
    for (const { disarm } of this.#awaited.values()) disarm?.();
    this.#awaited.clear();
  }
}
