/** So many deals are remembered one by one. */
const KEPT = 8_192;

/**
 * Which deals were told. A server numbers its deals upwards, so that of those that are no longer remembered one by one, the highest
 * number says enough.
 */
export class SeenDeals {
  readonly #tickets = new Set<string>();
  readonly #kept: number;
  #forgotten = -1n;

  /** @param kept - deals that are remembered one by one */
  constructor(kept = KEPT) {
    this.#kept = kept;
  }

  /** @returns whether it is new */
  add(ticket: string): boolean {
    if (this.#tickets.has(ticket) || BigInt(ticket) <= this.#forgotten) return false;
    this.#tickets.add(ticket);
    if (this.#tickets.size <= this.#kept) return true;
    for (const oldest of this.#tickets) {
      this.#tickets.delete(oldest);
      if (BigInt(oldest) > this.#forgotten) this.#forgotten = BigInt(oldest);
      break;
    }
    return true;
  }
}
