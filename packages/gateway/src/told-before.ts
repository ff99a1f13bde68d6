import { createHash } from 'node:crypto';
import { BoundedMap } from '@mikrobot/core';

/** Answers that are kept for senders that ask again. */
const KEPT = 10_000;

/** What was answered to a message, by the sender's own key of it. */
interface Kept<T> {
  readonly digest: string;
  readonly answer: Promise<T>;
}

/** Remembers answers, so that a message that is sent again is not proposed again. */
export class ToldBefore<T> {
  readonly #kept = new BoundedMap<string, Kept<T>>(KEPT);
  readonly #isFinal: (answer: T) => boolean;

  /** @param isFinal - whether an answer stands; one that does not may be asked for again */
  constructor(isFinal: (answer: T) => boolean) {
    this.#isFinal = isFinal;
  }

  /**
   * @param key - of the sender; undefined answers each message by itself
   * @returns the answer, and whether it was given before; `other` when the key was used for another message
   */
  async once(
    key: string | undefined,
    body: Buffer,
    answer: () => Promise<T>,
  ): Promise<{ readonly answer: T; readonly repeated: boolean } | 'other'> {
    if (key === undefined) return { answer: await answer(), repeated: false };
    const digest = createHash('sha256').update(body).digest('hex');
    const kept = this.#kept.get(key);
    if (kept !== undefined) {
      return kept.digest === digest ? { answer: await kept.answer, repeated: true } : 'other';
    }
    const made = answer();
    this.#kept.set(key, { digest, answer: made });
    const first = await made;
    if (!this.#isFinal(first)) this.#kept.delete(key);
    return { answer: first, repeated: false };
  }
}
