import type { Instrument } from '@mikrobot/core';
import type { Account } from './account.js';
import type { Bands } from './bands.js';
import type { Holding, PositionBook } from './positions/position-book.js';
import type { QuoteColumns } from './quote-columns.js';

/**
 * Watches the margin level without looking at every tick. From the money left above the stop-out level it gives each holding and
 * each conversion rate a band in which even all of them moving at once cannot reach that level.
 */
export class MarginWatch {
  readonly #instruments: readonly Instrument[];
  readonly #quotes: QuoteColumns;
  readonly #account: Account;
  readonly #book: PositionBook;
  readonly #bands: Bands;
  readonly #close: (holding: Holding, now: number) => void;
  #watched = new Set<number>();
  #booked = 0;

  /** @param close - closes a holding at the market at once */
  constructor(
    instruments: readonly Instrument[],
    quotes: QuoteColumns,
    account: Account,
    book: PositionBook,
    bands: Bands,
    close: (holding: Holding, now: number) => void,
  ) {
    this.#instruments = instruments;
    this.#quotes = quotes;
    this.#account = account;
    this.#book = book;
    this.#bands = bands;
    this.#close = close;
  }

  /** Something was booked: the bands no longer hold. */
  touch(): void {
    this.#booked += 1;
  }

  /** Stops the account out where it has fallen below its level, the largest loss first, and sets the bands anew where needed. */
  check(symbol: number, now: number): void {
    if (this.#booked === 0 && !this.#bands.watchBroken(symbol)) return;
    const { stopOut } = this.#account.options;
    while (this.#book.open.length > 0 && stopOut > 0) {
      if (this.#slack() > 0) break;
      this.#close(this.#largestLoss(), now);
    }
    this.#booked = 0;
    for (const watched of this.#watched) this.#bands.clearWatch(watched);
    const before = this.#watched;
    this.#watched = new Set();
    if (this.#book.open.length > 0 && stopOut > 0) this.#setBands(this.#slack());
    for (const watched of before) this.#bands.apply(watched);
    for (const watched of this.#watched) this.#bands.apply(watched);
  }

  /** Account currency between the equity and the stop-out level. */
  #slack(): number {
    return this.#account.equity() - this.#account.options.stopOut * this.#account.margin();
  }

  #largestLoss(): Holding {
    const { open } = this.#book;
    return open.reduce((worst, h) => (this.#account.floating(h) < this.#account.floating(worst) ? h : worst));
  }

  /**
   * Half the slack is shared out equally; the other half covers that moves multiply (each rate is kept within 10 %, so two
   * crosses stretch a price's effect by less than 1.5).
   */
  #setBands(slack: number): void {
    const { open } = this.#book;
    const { currency, stopOut } = this.#account.options;
    const paths = open.map(
      (h) => this.#account.rates.path(this.#instruments[h.symbol]!.currency, currency) ?? [],
    );
    const roles = open.length + paths.reduce((sum, path) => sum + path.length, 0);
    const budget = slack / (2 * roles);
    open.forEach((holding, i) => {
      const { symbol, quantity } = holding;
      const rate = this.#account.rate(symbol) ?? 0;
      const distance = budget / (Math.abs(quantity) * this.#instruments[symbol]!.contractSize * rate);
      if (quantity > 0) this.#narrow(symbol, this.#quotes.bid[symbol]! - distance, Number.POSITIVE_INFINITY);
      else this.#narrow(symbol, Number.NEGATIVE_INFINITY, this.#quotes.ask[symbol]! + distance);
      const exposed = Math.abs(this.#account.floating(holding)) + stopOut * this.#account.marginOf(holding);
      const relative = Math.min(0.1, budget / (exposed + budget));
      for (const { index } of paths[i]!) {
        this.#narrow(
          index,
          this.#quotes.bid[index]! * (1 - relative),
          this.#quotes.ask[index]! * (1 + relative),
        );
      }
    });
  }

  #narrow(symbol: number, low: number, high: number): void {
    this.#watched.add(symbol);
    this.#bands.narrowWatch(symbol, low, high);
  }
}
