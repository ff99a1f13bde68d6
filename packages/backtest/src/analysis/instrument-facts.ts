import type { Book, Timeframe } from '@mikrobot/core';

/** What a report must know of an instrument. */
export interface InstrumentFacts {
  readonly symbol: string;
  /** Of the bars that were followed. */
  readonly timeframe: Timeframe;
  readonly priceDecimals: number;
  readonly quantityDecimals: number;
  /** In price. */
  readonly pipSize: number;
}

/** The facts of those symbols that the book knows. */
export const instrumentFacts = (timeframes: ReadonlyMap<string, Timeframe>, book: Book): InstrumentFacts[] =>
  [...timeframes].flatMap(([symbol, timeframe]) => {
    const instrument = book.instrument(symbol);
    if (instrument === undefined) return [];
    const { priceDecimals, quantityDecimals, pipSize } = instrument;
    return [{ symbol, timeframe, priceDecimals, quantityDecimals, pipSize }];
  });

/** Account currency that one lot makes when the price moves by 1; `null` when no conversion rate is known. */
export const moneyPerPrice = (symbol: string, currency: string, book: Book): number | null => {
  const instrument = book.instrument(symbol);
  const rate = instrument && book.rate(instrument.currency, currency);
  return rate === undefined ? null : rate * (instrument?.contractSize ?? 0);
};
