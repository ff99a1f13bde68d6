const REMEMBERED = 4_096;

/** The nonces of the last proven handshakes. An older one fails by its proof, as our own nonce is another. */
export class UsedNonces {
  readonly #nonces = new Set<string>();

  has(nonce: string): boolean {
    return this.#nonces.has(nonce);
  }

  add(nonce: string): void {
    this.#nonces.add(nonce);
    if (this.#nonces.size <= REMEMBERED) return;
    for (const oldest of this.#nonces) {
      this.#nonces.delete(oldest);
      return;
    }
  }
}
