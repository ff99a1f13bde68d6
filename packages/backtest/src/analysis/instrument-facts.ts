import type { Book } from '@mikrobot/core';

/** How figures of an instrument are written. */
export interface InstrumentFacts {
  readonly symbol: string;
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  /** In price. */
  readonly pipSize: number;
}

/** The facts of those symbols that the book knows. */
export const instrumentFacts = (symbols: readonly string[], book: Book): InstrumentFacts[] =>
  symbols
    .map((symbol) => book.instrument(symbol))
    .filter((instrument) => instrument !== undefined)
    .map(({ symbol, priceDecimals, quantityDecimals, pipSize }) => ({
      symbol,
      priceDecimals,
      quantityDecimals,
      pipSize,
    }));

/** Account currency that one lot makes when the price moves by 1; `null` when no conversion rate is known. */
export const moneyPerPrice = (symbol: string, currency: string, book: Book): number | null => {
  const instrument = book.instrument(symbol);
  const rate = instrument && book.rate(instrument.currency, currency);
  return rate === undefined ? null : rate * (instrument?.contractSize ?? 0);
};
