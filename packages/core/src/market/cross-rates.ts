import type { Instrument } from '../model/instrument.js';
import type { Quote } from '../model/tick.js';

interface Step {
  readonly symbol: string;
  readonly to: string;
  readonly inverse: boolean;
}

/** Conversion through live quotes of currency pairs: directly, inversely, or over at most two currencies in between. */
export class CrossRates {
  readonly #edges = new Map<string, Step[]>();
  readonly #paths = new Map<string, readonly Step[] | undefined>();
  readonly #quote: (symbol: string) => Quote | undefined;

  constructor(instruments: Iterable<Instrument>, quote: (symbol: string) => Quote | undefined) {
    this.#quote = quote;
    for (const { symbol, base, currency } of instruments) {
      if (base === undefined) continue;
      this.#edge(base, { symbol, to: currency, inverse: false });
      this.#edge(currency, { symbol, to: base, inverse: true });
    }
  }

  /** Units of `to` for one of `from` at mid prices; undefined while a quote on the way is missing. */
  rate(from: string, to: string): number | undefined {
    if (from === to) return 1;
    const key = `${from}>${to}`;
    if (!this.#paths.has(key)) this.#paths.set(key, this.#path(from, to));
    const path = this.#paths.get(key);
    if (path === undefined) return undefined;
    let rate = 1;
    for (const { symbol, inverse } of path) {
      const quote = this.#quote(symbol);
      if (quote === undefined || !(quote.bid > 0)) return undefined;
      const mid = (quote.bid + quote.ask) / 2;
      rate *= inverse ? 1 / mid : mid;
    }
    return rate;
  }

  #edge(from: string, step: Step): void {
    const steps = this.#edges.get(from);
    if (steps) steps.push(step);
    else this.#edges.set(from, [step]);
  }

  /** Breadth first, so the shortest way wins; among equals the first named instrument. */
  #path(from: string, to: string): readonly Step[] | undefined {
    const queue: { readonly at: string; readonly steps: readonly Step[] }[] = [{ at: from, steps: [] }];
    const seen = new Set([from]);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (next.at === to) return next.steps;
      if (next.steps.length === 3) continue;
      for (const step of this.#edges.get(next.at) ?? []) {
        if (seen.has(step.to)) continue;
        seen.add(step.to);
        queue.push({ at: step.to, steps: [...next.steps, step] });
      }
    }
    return undefined;
  }
}
