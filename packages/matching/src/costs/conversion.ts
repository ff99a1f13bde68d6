import type { Instrument } from '@mikrobot/core';
import type { QuoteColumns } from '../quote-columns.js';

/** One step of a conversion: multiply by the instrument's mid, or divide by it. */
export interface RateStep {
  readonly index: number;
  readonly inverse: boolean;
}

/**
 * Converts between currencies through the mid prices of live crosses, by the fewest crosses that lead there: JPY to USD through
 * USDJPY, or through EURJPY and EURUSD where USDJPY is not quoted.
 */
export class Rates {
  readonly #instruments: readonly Instrument[];
  readonly #quotes: QuoteColumns;
  /** By the currency they lead to, then by where they begin: asked for at every valuation, so no key is put together. */
  readonly #paths = new Map<string, Map<string, readonly RateStep[]>>();

  constructor(instruments: readonly Instrument[], quotes: QuoteColumns) {
    this.#instruments = instruments;
    this.#quotes = quotes;
  }

  /** An instrument was quoted for the first time: a shorter path may exist now. */
  refresh(): void {
    this.#paths.clear();
  }

  /** Units of `to` for one of `from`; undefined when no path of quoted crosses leads there. */
  rate(from: string, to: string): number | undefined {
    if (from === to) return 1;
    const path = this.path(from, to);
    if (path === undefined) return undefined;
    let rate = 1;
    for (const { index, inverse } of path) {
      const mid = this.#quotes.mid(index);
      rate = inverse ? rate / mid : rate * mid;
    }
    return rate;
  }

  /** The crosses that {@link rate} goes through; empty for a currency into itself. */
  path(from: string, to: string): readonly RateStep[] | undefined {
    if (from === to) return [];
    let paths = this.#paths.get(to);
    if (paths === undefined) {
      paths = new Map();
      this.#paths.set(to, paths);
    }
    const known = paths.get(from);
    if (known !== undefined) return known;
    const found = this.#search(from, to);
    if (found !== undefined) paths.set(from, found);
    return found;
  }

  #search(from: string, to: string): readonly RateStep[] | undefined {
    const reached = new Map<string, readonly RateStep[]>([[from, []]]);
    for (const [currency, path] of reached) {
      // A Map is walked in the order of insertion, also over what is added meanwhile: breadth first.
      if (currency === to) return path;
      this.#instruments.forEach((instrument, index) => {
        const { base, currency: quote } = instrument;
        if (base === undefined || !this.#quotes.quoted(index)) return;
        if (base === currency && !reached.has(quote))
          reached.set(quote, [...path, { index, inverse: false }]);
        if (quote === currency && !reached.has(base)) reached.set(base, [...path, { index, inverse: true }]);
      });
    }
    return undefined;
  }
}
