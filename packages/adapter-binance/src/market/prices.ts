/** Last known prices of symbols or assets, to value holdings and fees by. */
export class Prices {
  readonly #byName = new Map<string, number>();

  /** What is no price is left out. */
  set(name: string, price: number): void {
    if (price > 0 && price < Number.POSITIVE_INFINITY) this.#byName.set(name, price);
  }

  /** Quote currency; 0 where none is known. */
  of(name: string): number {
    return this.#byName.get(name) ?? 0;
  }
}
