/** Last known prices of symbols, to value holdings and fees by. */
export class Prices {
  readonly #bySymbol = new Map<string, number>();

  set(symbol: string, price: number): void {
    if (price > 0 && price < Number.POSITIVE_INFINITY) this.#bySymbol.set(symbol, price);
  }

  /** Quote currency; 0 where none is known. */
  of(symbol: string): number {
    return this.#bySymbol.get(symbol) ?? 0;
  }
}
