import {
  type AccountMode,
  type AccountState,
  currencyDecimals,
  fromMinor,
  type Instrument,
  parseMoney,
} from '@mikrobot/core';
import { Rates } from './costs/conversion.js';
import { marginOf } from './costs/margin.js';
import { Ledger } from './ledger.js';
import type { Holding, PositionBook } from './positions/position-book.js';
import type { QuoteColumns } from './quote-columns.js';

/** The account that an engine keeps. */
export interface AccountOptions {
  readonly id: string;
  readonly currency: string;
  /** Exact decimal text, as in `'10000'`. */
  readonly balance: string;
  readonly mode: AccountMode;
  /** As in 30 for 1:30. */
  readonly leverage: number;
  /** Equity as a part of the margin in use at which the venue begins to close positions; 0 for never. */
  readonly stopOut: number;
}

/** Money and margin of the one account: what is booked, what floats, and what is free. Amounts in its currency. */
export class Account {
  readonly options: AccountOptions;
  readonly ledger: Ledger;
  readonly rates: Rates;
  readonly #instruments: readonly Instrument[];
  readonly #quotes: QuoteColumns;
  readonly #book: PositionBook;

  constructor(
    options: AccountOptions,
    instruments: readonly Instrument[],
    quotes: QuoteColumns,
    book: PositionBook,
  ) {
    this.options = options;
    this.ledger = new Ledger(options.currency, parseMoney(options.balance, options.currency));
    this.rates = new Rates(instruments, quotes);
    this.#instruments = instruments;
    this.#quotes = quotes;
    this.#book = book;
  }

  /** Account currency for one unit of the currency that an instrument is quoted in; undefined when no rate is known. */
  rate(symbol: number): number | undefined {
    return this.rates.rate(this.#instruments[symbol]!.currency, this.options.currency);
  }

  balance(): number {
    return fromMinor(this.ledger.balance, this.options.currency);
  }

  /** What closing a holding at the present quote would bring. */
  floating(holding: Holding): number {
    const { symbol, quantity, averagePrice } = holding;
    const exit = quantity > 0 ? this.#quotes.bid[symbol]! : this.#quotes.ask[symbol]!;
    return (
      (exit - averagePrice) * quantity * this.#instruments[symbol]!.contractSize * (this.rate(symbol) ?? 0)
    );
  }

  equity(): number {
    let equity = this.balance();
    for (const holding of this.#book.open) equity += this.floating(holding);
    return equity;
  }

  /** Margin of a holding, at its opening price and the present conversion rate. */
  marginOf(holding: Holding): number {
    return this.marginFor(holding.symbol, holding.quantity, holding.averagePrice);
  }

  /** Margin that a quantity at a price would need. */
  marginFor(symbol: number, quantity: number, price: number): number {
    return (
      marginOf(this.#instruments[symbol]!, this.options.leverage, quantity, price) * (this.rate(symbol) ?? 0)
    );
  }

  margin(): number {
    let margin = 0;
    for (const holding of this.#book.open) margin += this.marginOf(holding);
    return margin;
  }

  /** As the venue tells it, in whole minor units. */
  state(): AccountState {
    const { id, currency, mode, leverage } = this.options;
    return {
      id,
      currency,
      mode,
      live: false,
      balance: this.balance(),
      equity: this.#rounded(this.equity()),
      margin: this.#rounded(this.margin()),
      leverage,
    };
  }

  #rounded(amount: number): number {
    const power = 10 ** currencyDecimals(this.options.currency);
    return Math.round(amount * power) / power;
  }
}
