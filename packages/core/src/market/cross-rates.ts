import type { Instrument } from '../model/instrument.js';
import type { Quote } from '../model/tick.js';

interface Step {
  readonly symbol: string;
  readonly to: string;
  readonly inverse: boolean;
}

type Path = readonly Step[];

interface Routes {
  /** Over all pairs; undefined when no pairs lead there. */
  readonly shortest: Path | undefined;
  /** Over pairs that have a quote, found while the shortest has none. */
  detour: Path | undefined;
}

/**
 * Conversion through live quotes of currency pairs: directly, inversely, or over at most two currencies in between. Venues list
 * more pairs than anybody subscribes: while the shortest way has no quotes, a longer one that has them is taken.
 */
export class CrossRates {
  readonly #edges = new Map<string, Step[]>();
  readonly #routes = new Map<string, Routes>();
  readonly #quote: (symbol: string) => Quote | undefined;

  constructor(instruments: Iterable<Instrument>, quote: (symbol: string) => Quote | undefined) {
    this.#quote = quote;
    for (const { symbol, base, currency } of instruments) {
      if (base === undefined) continue;
      this.#edge(base, { symbol, to: currency, inverse: false });
      this.#edge(currency, { symbol, to: base, inverse: true });
    }
  }

  /** Units of `to` for one of `from` at mid prices; undefined while no way has all its quotes. */
  rate(from: string, to: string): number | undefined {
    if (from === to) return 1;
    const key = `${from}>${to}`;
    let routes = this.#routes.get(key);
    if (routes === undefined) {
      routes = { shortest: this.#path(from, to, () => true), detour: undefined };
      this.#routes.set(key, routes);
    }
    if (routes.shortest === undefined) return undefined;
    const rate = this.#along(routes.shortest) ?? this.#along(routes.detour);
    if (rate !== undefined) return rate;
    routes.detour = this.#path(from, to, ({ symbol }) => this.#mid(symbol) !== undefined);
    return this.#along(routes.detour);
  }

  /** Symbols on the shortest way from one currency to another; empty when there is none, or none is needed. */
  route(from: string, to: string): readonly string[] {
    return this.#path(from, to, () => true)?.map(({ symbol }) => symbol) ?? [];
  }

  #mid(symbol: string): number | undefined {
    const quote = this.#quote(symbol);
    return quote !== undefined && quote.bid > 0 ? (quote.bid + quote.ask) / 2 : undefined;
  }

  #along(path: Path | undefined): number | undefined {
    if (path === undefined) return undefined;
    let rate = 1;
    for (const { symbol, inverse } of path) {
      const mid = this.#mid(symbol);
      if (mid === undefined) return undefined;
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
  #path(from: string, to: string, usable: (step: Step) => boolean): Path | undefined {
    const queue: { readonly at: string; readonly steps: Path }[] = [{ at: from, steps: [] }];
    const seen = new Set([from]);
    for (let next = queue.shift(); next !== undefined; next = queue.shift()) {
      if (next.at === to) return next.steps;
      if (next.steps.length === 3) continue;
      for (const step of this.#edges.get(next.at) ?? []) {
        if (seen.has(step.to) || !usable(step)) continue;
        seen.add(step.to);
        queue.push({ at: step.to, steps: [...next.steps, step] });
      }
    }
    return undefined;
  }
}
