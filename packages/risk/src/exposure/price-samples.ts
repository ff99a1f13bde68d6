import type { Book } from '@mikrobot/core';
import * as z from 'zod';

/** So many symbols are sampled at most: a memory must not grow for ever. */
export const MOST_SYMBOLS = 64;

/** Schema of {@link PriceSamples}. */
export const priceSamplesSchema = z.strictObject({
  /** Ms between two samples. */
  interval: z.number(),
  /** When the next sample is due, epoch ms. */
  due: z.number(),
  symbols: z.array(z.string()).max(MOST_SYMBOLS).readonly(),
  /** Middle prices in the order of `symbols`, the oldest first; null where none was known, shorter where a symbol came later. */
  rows: z.array(z.array(z.number().nullable()).readonly()).readonly(),
});

/** Prices of several symbols at the same moments. */
export type PriceSamples = Readonly<z.output<typeof priceSamplesSchema>>;

/** The samples with these symbols in them; the same object when they are there already or no more are taken. */
export const withSymbols = (samples: PriceSamples, symbols: readonly string[]): PriceSamples => {
  const added = symbols.filter((symbol) => !samples.symbols.includes(symbol));
  if (added.length === 0 || samples.symbols.length === MOST_SYMBOLS) return samples;
  return { ...samples, symbols: [...samples.symbols, ...added].slice(0, MOST_SYMBOLS) };
};

/** A price that is older than the interval would be a return of 0 that nobody traded. */
const freshMid = (book: Book, symbol: string, interval: number): number | null => {
  const quote = book.quote(symbol);
  if (quote === undefined || !(quote.time > book.now() - interval)) return null;
  const mid = (quote.bid + quote.ask) / 2;
  return mid > 0 && mid < Number.POSITIVE_INFINITY ? mid : null;
};

/** Takes a sample. @param keep - rows that are kept */
export const sampled = (samples: PriceSamples, book: Book, keep: number): PriceSamples => {
  const { interval, symbols, rows } = samples;
  const row = symbols.map((symbol) => freshMid(book, symbol, interval));
  const due = (Math.floor(book.now() / interval) + 1) * interval;
  return { ...samples, due, rows: [...rows, row].slice(-keep) };
};

/** Logarithmic returns of two symbols over the intervals in which both have prices. */
export const commonReturns = (
  { symbols, rows }: PriceSamples,
  a: string,
  b: string,
): { readonly a: readonly number[]; readonly b: readonly number[] } => {
  const returns = { a: [] as number[], b: [] as number[] };
  const [i, j] = [symbols.indexOf(a), symbols.indexOf(b)];
  for (let n = 1; n < rows.length; n++) {
    const [a0, a1, b0, b1] = [rows[n - 1]![i], rows[n]![i], rows[n - 1]![j], rows[n]![j]];
    if (a0 == null || a1 == null || b0 == null || b1 == null) continue;
    returns.a.push(Math.log(a1 / a0));
    returns.b.push(Math.log(b1 / b0));
  }
  return returns;
};
