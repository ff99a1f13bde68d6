/** How long positions were open, of the time that was observed (calendar time, first to last event). */
export interface Exposure {
  /** Share of the time with at least one position, 0 to 1; `null` when no time passed. */
  readonly share: number | null;
  /** The same of each symbol that was traded. */
  readonly bySymbol: Readonly<Record<string, number | null>>;
}

/** Adds up the time during which a count is above zero. */
class OpenTime {
  #count = 0;
  #since = 0;
  #total = 0;

  change(by: 1 | -1, time: number): void {
    if (this.#count === 0) this.#since = time;
    this.#count += by;
    if (this.#count === 0) this.#total += time - this.#since;
  }

  until(time: number): number {
    return this.#total + (this.#count > 0 ? Math.max(0, time - this.#since) : 0);
  }
}

/** Measures {@link Exposure} from the openings and closings of trades. */
export class ExposureMeter {
  readonly #all = new OpenTime();
  readonly #symbols = new Map<string, OpenTime>();

  opened(symbol: string, time: number): void {
    this.#change(symbol, 1, time);
  }

  closed(symbol: string, time: number): void {
    this.#change(symbol, -1, time);
  }

  /** @param from - epoch ms at which observation began, and `to` at which it ended */
  result(from: number, to: number): Exposure {
    const share = (open: OpenTime): number | null =>
      to > from ? Math.min(1, open.until(to) / (to - from)) : null;
    const bySymbol = [...this.#symbols].map(([symbol, open]) => [symbol, share(open)] as const);
    return { share: share(this.#all), bySymbol: Object.fromEntries(bySymbol) };
  }

  #change(symbol: string, by: 1 | -1, time: number): void {
    const open = this.#symbols.get(symbol) ?? new OpenTime();
    this.#symbols.set(symbol, open);
    open.change(by, time);
    this.#all.change(by, time);
  }
}
