import type { PriceLevel } from '../mapper/market-events.js';

/**
 * One side of a book, sorted. The best level is the last of its arrays, because most changes happen near the best price, where there is
 * then little to move.
 */
export class BookSide {
  /** 1 for bids, where more is better; -1 for asks. */
  readonly #sign: 1 | -1;
  readonly #prices: number[] = [];
  readonly #quantities: number[] = [];
  /** Levels kept when the side is cut; undefined keeps all. */
  readonly #depth: number | undefined;
  /** Once the side was cut: the worst price that was kept. Below it nothing is known. */
  #horizon: number | undefined;

  constructor(side: 'bids' | 'asks', depth: number | undefined) {
    this.#sign = side === 'bids' ? 1 : -1;
    this.#depth = depth;
  }

  get size(): number {
    return this.#prices.length;
  }

  /** 0 where the side is empty. */
  get price(): number {
    return this.#prices.at(-1) ?? 0;
  }

  /** Lots at the best price; 0 where the side is empty. */
  get quantity(): number {
    return this.#quantities.at(-1) ?? 0;
  }

  /** Whether so many levels of a side that was cut are gone that others, which are not known, may be better. */
  get thin(): boolean {
    return this.#horizon !== undefined && this.size * 2 < (this.#depth as number);
  }

  /** Replaces all levels by these, which come best first. */
  reset(levels: readonly PriceLevel[]): void {
    this.#prices.length = 0;
    this.#quantities.length = 0;
    this.#horizon = undefined;
    // From the worst to the best: each then goes to the end of the arrays.
    for (let i = levels.length - 1; i >= 0; i--) {
      const [price, quantity] = levels[i] as PriceLevel;
      this.set(price, quantity);
    }
  }

  /** Puts a quantity at a price; 0 takes the level away, and so does one that was not there. */
  set(price: number, quantity: number): void {
    if (this.#horizon !== undefined && (price - this.#horizon) * this.#sign < 0) return;
    const at = this.#find(price);
    const there = this.#prices[at] === price;
    if (quantity === 0) {
      if (there) this.#remove(at, 1);
    } else if (there) this.#quantities[at] = quantity;
    else {
      this.#prices.splice(at, 0, price);
      this.#quantities.splice(at, 0, quantity);
      this.#cut();
    }
  }

  /** Lots at a price. */
  at(price: number): number {
    const index = this.#find(price);
    return this.#prices[index] === price ? (this.#quantities[index] as number) : 0;
  }

  /** The best levels, best first. */
  top(count: number): readonly PriceLevel[] {
    const levels: PriceLevel[] = [];
    for (let i = this.size - 1; i >= 0 && levels.length < count; i--)
      levels.push([this.#prices[i] as number, this.#quantities[i] as number]);
    return levels;
  }

  /** Index of the price, or where it would have to be. */
  #find(price: number): number {
    let low = 0;
    let high = this.#prices.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (((this.#prices[middle] as number) - price) * this.#sign < 0) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  #remove(at: number, count: number): void {
    this.#prices.splice(at, count);
    this.#quantities.splice(at, count);
  }

  /** Half as many again may come before it is cut, so that not every new level moves all others. */
  #cut(): void {
    const depth = this.#depth;
    if (depth === undefined || this.size <= depth + (depth >> 1)) return;
    this.#remove(0, this.size - depth);
    this.#horizon = this.#prices[0];
  }
}
