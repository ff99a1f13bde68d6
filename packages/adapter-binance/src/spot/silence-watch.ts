import type { Clock } from '@mikrobot/core';

/** Ms after which the user stream must have told what the venue has taken. */
const PATIENCE = 3_000;

/** What a {@link SilenceWatch} needs. */
export interface SilenceWatchParts {
  readonly clock: Clock;
  readonly name: string;
  /** Called when what must have been told was not. */
  readonly silent: (detail: string) => void;
}

/**
 * Notices a user stream that says nothing although its socket is open and answers pings: whatever the venue has taken must show in the
 * stream soon. What is expected is forgotten when the stream is rebuilt, because then everything is asked for.
 */
export class SilenceWatch {
  readonly #parts: SilenceWatchParts;
  readonly #expected = new Map<string, () => void>();

  constructor(parts: SilenceWatchParts) {
    this.#parts = parts;
  }

  /** @param key - names what is expected @param come - whether it has come */
  expect(key: string, come: () => boolean): void {
    if (come() || this.#expected.has(key)) return;
    const { clock, name, silent } = this.#parts;
    const disarm = clock.arm(`${name} expects ${key}`, clock.now() + PATIENCE, () => {
      this.#expected.delete(key);
      if (come()) return;
      this.forget();
      silent(`the user stream did not tell ${key}`);
    });
    this.#expected.set(key, disarm);
  }

  forget(): void {
    for (const disarm of this.#expected.values()) disarm();
    this.#expected.clear();
  }
}
