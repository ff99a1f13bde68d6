import type { Told } from '../analysis/observed-bot.js';

/** A stream that a test speaks into. */
export class Topic<T> implements Told<T> {
  #listeners: readonly ((value: T) => void)[] = [];

  get listeners(): number {
    return this.#listeners.length;
  }

  subscribe(next: (value: T) => void): { unsubscribe(): void } {
    this.#listeners = [...this.#listeners, next];
    return {
      unsubscribe: () => {
        this.#listeners = this.#listeners.filter((listener) => listener !== next);
      },
    };
  }

  next(value: T): void {
    for (const listener of this.#listeners) listener(value);
  }
}
