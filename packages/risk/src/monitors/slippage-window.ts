import { type Book, type Fill, sign } from '@mikrobot/core';
import * as z from 'zod';
import { badQuote, tidy } from '../limits/measure.js';

const windowSchema = z.strictObject({
  symbol: z.string(),
  /** Of the last fills, oldest first; pips, adverse positive. */
  fills: z.array(z.strictObject({ realised: z.number(), modelled: z.number() })).readonly(),
});

/** The last fills of each symbol that was traded, so there are no more of them than instruments. */
export const slippageWindowsSchema = z.array(windowSchema).readonly();

/** See {@link slippageWindowsSchema}. */
export type SlippageWindows = z.output<typeof slippageWindowsSchema>;

/** What slippage a back-test or a broker's word lets expect, and how many fills are looked at. */
export interface SlippageModel {
  /** Pips a fill. */
  readonly pips: number | undefined;
  /** Part of the spread at the fill; counts when there are no pips. */
  readonly spreadFraction: number | undefined;
  /** Fills in a window. */
  readonly fills: number;
}

/** How the last fills of a symbol compare to their model. Means of a fill in pips, adverse positive. */
export interface SlippageFigures {
  readonly symbol: string;
  /** How many fills they are of. */
  readonly fills: number;
  readonly realised: number;
  readonly modelled: number;
  /** Realised to modelled; negative when fills were better than expected, `Infinity` when none was modelled. */
  readonly ratio: number;
}

/**
 * How much worse a fill was than its expected price (implementation shortfall), in pips; negative when it was better.
 * @param pipSize - in price
 */
export const slippageOf = (fill: Pick<Fill, 'side' | 'price'>, expected: number, pipSize: number): number =>
  tidy(((fill.price - expected) * sign(fill.side)) / pipSize);

const modelledFor = (model: SlippageModel, symbol: string, pipSize: number, book: Book): number => {
  if (model.pips !== undefined) return model.pips;
  const quote = book.quote(symbol);
  if (quote === undefined || badQuote(quote) !== undefined) return Number.NaN;
  return tidy(((quote.ask - quote.bid) / pipSize) * (model.spreadFraction ?? Number.NaN));
};

/** The windows with one more fill; the same when the fill had no expected price, or nothing can be said of it. */
export const withFill = (
  windows: SlippageWindows,
  fill: Fill,
  expected: number | undefined,
  model: SlippageModel,
  book: Book,
): SlippageWindows => {
  const { symbol } = fill;
  const instrument = book.instrument(symbol);
  if (expected === undefined || instrument === undefined) return windows;
  const realised = slippageOf(fill, expected, instrument.pipSize);
  const modelled = modelledFor(model, symbol, instrument.pipSize, book);
  if (!Number.isFinite(realised) || !Number.isFinite(modelled)) return windows;
  const before = windows.find((window) => window.symbol === symbol)?.fills ?? [];
  const fills = [...before, { realised, modelled }].slice(-model.fills);
  return [...windows.filter((window) => window.symbol !== symbol), { symbol, fills }];
};

const mean = (values: readonly number[]): number =>
  tidy(values.reduce((sum, value) => sum + value, 0) / values.length);

const ratioOf = (realised: number, modelled: number): number => {
  if (modelled > 0) return tidy(realised / modelled);
  return realised > 0 ? Number.POSITIVE_INFINITY : 0;
};

/** The figures of one symbol; undefined when no fill of it is known. */
export const slippageFigures = (windows: SlippageWindows, symbol: string): SlippageFigures | undefined => {
  const fills = windows.find((window) => window.symbol === symbol)?.fills ?? [];
  if (fills.length === 0) return undefined;
  const realised = mean(fills.map((fill) => fill.realised));
  const modelled = mean(fills.map((fill) => fill.modelled));
  return { symbol, fills: fills.length, realised, modelled, ratio: ratioOf(realised, modelled) };
};
