const SECOND = 1_000;

/** Counts the messages of one client in each sliding second. */
export class RateLimit {
  readonly #limit: number;
  /** When the last messages that were taken came, as a ring. */
  readonly #taken: number[] = [];
  #at = 0;
  #violatedAt = Number.NEGATIVE_INFINITY;
  /** Seconds in which too much came. */
  violations = 0;

  /** @param limit - messages that are taken in a second; `Infinity`: any */
  constructor(limit: number) {
    this.#limit = limit;
  }

  /**
   * Whether a message is taken.
   * @param now - epoch ms
   */
  take(now: number): boolean {
    if (this.#limit === Number.POSITIVE_INFINITY) return true;
    const before = this.#taken[this.#at];
    if (before !== undefined && now - before < SECOND) {
      if (now - this.#violatedAt >= SECOND) {
        this.#violatedAt = now;
        this.violations++;
      }
      return false;
    }
    this.#taken[this.#at] = now;
    this.#at = (this.#at + 1) % this.#limit;
    return true;
  }
}
