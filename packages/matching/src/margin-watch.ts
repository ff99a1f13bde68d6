import type { Bands } from './bands.js';
import type { Holding } from './positions/position-book.js';
import type { VenueState } from './venue-state.js';

/**
 * Watches the margin level without looking at every tick. From the money left above the stop-out level it gives each holding and
 * each conversion rate a band in which even all of them moving at once cannot reach that level.
 */
export class MarginWatch {
  readonly #state: VenueState;
  readonly #bands: Bands;
  readonly #close: (holding: Holding) => void;
  #watched = new Set<number>();
  #stale = true;

  /** @param close - closes a holding at the market at once */
  constructor(state: VenueState, bands: Bands, close: (holding: Holding) => void) {
    this.#state = state;
    this.#bands = bands;
    this.#close = close;
  }

  /** Something was booked, or a rate may go another way: the bands no longer hold. */
  touch(): void {
    this.#stale = true;
  }

  /** Stops the account out where it has fallen below its level, the largest loss first, and sets the bands anew where needed. */
  check(symbol: number): void {
    if (!this.#stale && !this.#bands.watchBroken(symbol)) return;
    const { stopOut } = this.#state.account.options;
    while (this.#state.book.open.length > 0 && stopOut > 0) {
      if (this.#slack() > 0) break;
      this.#close(this.#largestLoss());
    }
    this.#stale = false;
    for (const watched of this.#watched) this.#bands.clearWatch(watched);
    const before = this.#watched;
    this.#watched = new Set();
    if (this.#state.book.open.length > 0 && stopOut > 0) this.#setBands(this.#slack());
    for (const watched of before) this.#bands.apply(watched);
    for (const watched of this.#watched) this.#bands.apply(watched);
  }

  /** Account currency between the equity and the stop-out level. */
  #slack(): number {
    return this.#state.account.equity() - this.#state.account.options.stopOut * this.#state.account.margin();
  }

  #largestLoss(): Holding {
    const { open } = this.#state.book;
    return open.reduce((worst, h) =>
      this.#state.account.floating(h) < this.#state.account.floating(worst) ? h : worst,
    );
  }

  /**
   * Half the slack is shared out equally; the other half covers that moves multiply (each rate is kept within 10 %, so two
   * crosses stretch a price's effect by less than 1.5).
   */
  #setBands(slack: number): void {
    const { open } = this.#state.book;
    const { currency, stopOut } = this.#state.account.options;
    const paths = open.map(
      (h) => this.#state.account.rates.path(this.#state.instruments[h.symbol]!.currency, currency) ?? [],
    );
    const roles = open.length + paths.reduce((sum, path) => sum + path.length, 0);
    const budget = slack / (2 * roles);
    open.forEach((holding, i) => {
      const { symbol, quantity } = holding;
      const rate = this.#state.account.rate(symbol) ?? 0;
      const distance = budget / (Math.abs(quantity) * this.#state.instruments[symbol]!.contractSize * rate);
      if (quantity > 0)
        this.#narrow(symbol, this.#state.quotes.bid[symbol]! - distance, Number.POSITIVE_INFINITY);
      else this.#narrow(symbol, Number.NEGATIVE_INFINITY, this.#state.quotes.ask[symbol]! + distance);
      const exposed =
        Math.abs(this.#state.account.floating(holding)) + stopOut * this.#state.account.marginOf(holding);
      const relative = Math.min(0.1, budget / (exposed + budget));
      for (const { index } of paths[i]!) {
        this.#narrow(
          index,
          this.#state.quotes.bid[index]! * (1 - relative),
          this.#state.quotes.ask[index]! * (1 + relative),
        );
      }
    });
  }

  #narrow(symbol: number, low: number, high: number): void {
    this.#watched.add(symbol);
    this.#bands.narrowWatch(symbol, low, high);
  }
}
