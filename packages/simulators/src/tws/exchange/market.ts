import type { SimulatedContract } from '../contracts/contract.js';

/** Best prices of a contract. */
export interface Quote {
  readonly bid: number;
  readonly ask: number;
}

/** The latest quotes, how much each lets trade, and rates between currencies. */
export class ExchangeMarket {
  /** From now on each quote trades at most so many contracts of an order, unless it brings its own sizes; undefined: any size. */
  depth: number | undefined;
  readonly #quotes = new Map<number, Quote>();
  readonly #pairs = new Map<string, number>();
  readonly #rates: Readonly<Record<string, number>>;

  /** @param rates - units of the base currency for one of another, where no quoted pair tells it */
  constructor(rates: Readonly<Record<string, number>>) {
    this.#rates = rates;
  }

  put(contract: SimulatedContract, quote: Quote): void {
    this.#quotes.set(contract.contractId, quote);
    if (contract.securityType === 'CASH')
      this.#pairs.set(`${contract.symbol}.${contract.currency}`, (quote.bid + quote.ask) / 2);
  }

  quote(contract: SimulatedContract): Quote | undefined {
    return this.#quotes.get(contract.contractId);
  }

  /** The middle of the quote; undefined before the first. */
  mark(contract: SimulatedContract): number | undefined {
    const quote = this.quote(contract);
    return quote && (quote.bid + quote.ask) / 2;
  }

  /** Units of `to` for one of `from`, by a quoted pair or the rates that were given; undefined where neither tells it. */
  rate(from: string, to: string): number | undefined {
    if (from === to) return 1;
    const inverse = this.#pairs.get(`${to}.${from}`);
    return this.#pairs.get(`${from}.${to}`) ?? (inverse === undefined ? this.#rates[from] : 1 / inverse);
  }
}
