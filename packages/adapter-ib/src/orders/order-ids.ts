/** So far the next id goes on when TWS calls one a duplicate: it knows higher ones that it has not told. */
const JUMP = 1_000;

/**
 * Gives order ids that were never used. TWS tells its next one at the handshake, but rolls it back at a restart whose orders it had not
 * stored, so that what is seen of orders counts as well.
 */
export class OrderIds {
  #next = 1;

  /** An id that was used, or may have been. */
  saw(orderId: number): void {
    if (orderId >= this.#next && orderId < 2 ** 31 - 1) this.#next = orderId + 1;
  }

  /** What TWS told as the next one at a handshake. */
  told(next: number): void {
    this.saw(next - 1);
  }

  /** TWS had this one already. */
  duplicate(orderId: number): void {
    this.saw(orderId + JUMP);
  }

  /** Ids in a row, never given again. */
  take(count: number): readonly number[] {
    const first = this.#next;
    this.#next += count;
    return Array.from({ length: count }, (_, i) => first + i);
  }
}
