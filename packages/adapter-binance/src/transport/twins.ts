/**
 * Two sockets that carry the same events for a while, so that none is missed when one takes over from the other. Here it is
 * known what the first has delivered, so that the second does not deliver it again. Equal events count as often as they came.
 */
export class Twins {
  readonly #delivered = new Map<string, number>();

  /** The first socket delivered it. */
  note(key: string): void {
    this.#delivered.set(key, (this.#delivered.get(key) ?? 0) + 1);
  }

  /** Whether the event of the second socket is one that the first delivered; once for each time that it did. */
  isTwin(key: string): boolean {
    const times = this.#delivered.get(key);
    if (times === undefined) return false;
    if (times === 1) this.#delivered.delete(key);
    else this.#delivered.set(key, times - 1);
    return true;
  }
}
