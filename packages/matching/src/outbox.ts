import type { AccountState, OrderEvent } from '@mikrobot/core';

/**
 * Holds what is to be told until the engine's state is whole again: a listener may submit, amend or cancel from inside an
 * event, and its own events come after those that were already waiting.
 */
export class Outbox {
  readonly #emit: (event: OrderEvent) => void;
  readonly #onAccount: ((state: AccountState) => void) | undefined;
  readonly #waiting: (OrderEvent | AccountState)[] = [];
  #flushing = false;

  constructor(emit: (event: OrderEvent) => void, onAccount: ((state: AccountState) => void) | undefined) {
    this.#emit = emit;
    this.#onAccount = onAccount;
  }

  order(event: OrderEvent): void {
    this.#waiting.push(event);
  }

  /** `state` is asked for only when somebody listens. */
  account(state: () => AccountState): void {
    if (this.#onAccount !== undefined) this.#waiting.push(state());
  }

  /** Returns whether anything was told. */
  flush(): boolean {
    const waiting = this.#waiting;
    if (this.#flushing || waiting.length === 0) return false;
    this.#flushing = true;
    let told = 0;
    try {
      while (told < waiting.length) {
        const message = waiting[told++]!;
        if ('type' in message) this.#emit(message);
        else this.#onAccount?.(message);
      }
    } finally {
      // A listener that throws loses no one else's event: the rest is told at the next flush.
      waiting.splice(0, told);
      this.#flushing = false;
    }
    return true;
  }
}
