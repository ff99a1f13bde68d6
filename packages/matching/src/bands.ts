import type { QuoteColumns } from './quote-columns.js';
import { isWorking, type WorkingOrder } from './working-order.js';

/**
 * Between which prices of a symbol nothing can happen, so that a tick is dismissed by two comparisons. Orders and the margin watch
 * each give a band; the narrower holds. A band may be too narrow (a tick is looked at in vain), never too wide.
 */
export class Bands {
  readonly #quotes: QuoteColumns;
  readonly #orderLow: Float64Array;
  readonly #orderHigh: Float64Array;
  readonly #watchLow: Float64Array;
  readonly #watchHigh: Float64Array;

  constructor(quotes: QuoteColumns) {
    const size = quotes.bid.length;
    this.#quotes = quotes;
    this.#orderLow = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    this.#orderHigh = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
    this.#watchLow = new Float64Array(size).fill(Number.NEGATIVE_INFINITY);
    this.#watchHigh = new Float64Array(size).fill(Number.POSITIVE_INFINITY);
  }

  /** Takes the band of a symbol from its working orders. */
  ofOrders(symbol: number, working: readonly WorkingOrder[], now: number): void {
    let low = Number.NEGATIVE_INFINITY;
    let high = Number.POSITIVE_INFINITY;
    for (const order of working) {
      if (!isWorking(order)) continue;
      const { type, sign, price, trail } = order;
      if (order.activeAt > now || type === 'market' || Number.isNaN(price)) {
        low = Number.POSITIVE_INFINITY; // each tick is its tick
        continue;
      }
      const isLimit = type === 'limit';
      if (sign > 0 === isLimit) low = Math.max(low, price);
      else high = Math.min(high, price);
      if (type === 'trailing-stop') {
        if (sign > 0) low = Math.max(low, price - trail);
        else high = Math.min(high, price + trail);
      }
    }
    this.#orderLow[symbol] = low;
    this.#orderHigh[symbol] = high;
    this.apply(symbol);
  }

  clearWatch(symbol: number): void {
    this.#watchLow[symbol] = Number.NEGATIVE_INFINITY;
    this.#watchHigh[symbol] = Number.POSITIVE_INFINITY;
  }

  /** Narrows what the margin watch lets pass. */
  narrowWatch(symbol: number, low: number, high: number): void {
    this.#watchLow[symbol] = Math.max(this.#watchLow[symbol]!, low);
    this.#watchHigh[symbol] = Math.min(this.#watchHigh[symbol]!, high);
  }

  /** Whether the present quote has left the margin watch's band. */
  watchBroken(symbol: number): boolean {
    return (
      this.#quotes.bid[symbol]! <= this.#watchLow[symbol]! ||
      this.#quotes.ask[symbol]! >= this.#watchHigh[symbol]!
    );
  }

  apply(symbol: number): void {
    this.#quotes.low[symbol] = Math.max(this.#orderLow[symbol]!, this.#watchLow[symbol]!);
    this.#quotes.high[symbol] = Math.min(this.#orderHigh[symbol]!, this.#watchHigh[symbol]!);
  }
}
