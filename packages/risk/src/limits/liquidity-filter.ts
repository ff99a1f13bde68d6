import { type Book, type Finding, tickSizeAt } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding, knownInstrument, sharedCodes } from '../checks.js';
import { median } from '../monitors/median.js';
import { definePolicy, type PolicyBody } from '../policy-definition.js';
import { badQuote, meanings, tidy } from './measure.js';

/** Most symbols whose spreads are remembered. */
const MOST_SYMBOLS = 64;

const settings = z.strictObject({
  times: z.number().min(1).default(3).describe('widest spread, multiples of the typical one'),
  samples: z.number().int().min(3).max(1_000).default(60).describe('spreads whose median is typical, count'),
  every: z.number().positive().default(60_000).describe('time from one sample to the next, ms'),
  atLeast: z
    .number()
    .int()
    .min(1)
    .max(1_000)
    .default(20)
    .describe('fewest samples to judge by, count; `samples` when that is smaller'),
  symbols: z
    .array(z.string().min(1))
    .max(MOST_SYMBOLS)
    .default([])
    .describe('symbols that are sampled from the start; others from their first signal on'),
  minLiquidity: z
    .number()
    .optional()
    .describe('least value of a numeric tag `liquidity` of a signal; none when left out'),
  whenUnknown: z
    .enum(['pass', 'refuse'])
    .default('pass')
    .describe('what happens while there are too few samples: pass or refuse'),
});

const seriesSchema = z.strictObject({
  symbol: z.string(),
  /** Time of the last quote that was sampled, epoch ms; 0 before the first. */
  seen: z.number(),
  /** In price, oldest first. */
  spreads: z.array(z.number()).readonly(),
});
type Series = z.output<typeof seriesSchema>;

const stateSchema = z.strictObject({
  /** When the next samples are due, epoch ms. */
  due: z.number(),
  series: z.array(seriesSchema).readonly(),
});
type State = z.output<typeof stateSchema>;

const initial: State = { due: 0, series: [] };

/**
 * Refuses entries while the market is thin: the spread is more than `times` the median of its last samples, or the signal is tagged
 * so (`liquidity: 'low'`, or a number below `minLiquidity`). A typical spread below one tick counts as one tick. Samples of all
 * symbols are taken at the same time, from quotes that are new since the last; when quotes were missing for as long as the whole
 * window, it begins anew. Equal to the limit passes.
 */
export const liquidityFilter = /* @__PURE__ */ definePolicy({
  name: 'liquidityFilter',
  about:
    'Refuses entries while the spread is far wider than typical, or the signal is tagged as of low liquidity.',
  settings,
  codes: {
    LOW_LIQUIDITY:
      'The spread is more than `times` the typical one, or the tag `liquidity` is "low" or below `minLiquidity`.',
    LIQUIDITY_UNKNOWN: 'There are fewer than `atLeast` samples, and `whenUnknown` is "refuse".',
    NO_QUOTE: meanings.NO_QUOTE,
    UNKNOWN_SYMBOL: sharedCodes.UNKNOWN_SYMBOL,
  },
  make: ({ times, samples, every, atLeast, symbols, minLiquidity, whenUnknown }): PolicyBody<State> => {
    const needed = Math.min(atLeast, samples);
    const sampled = (series: Series, book: Book): Series => {
      const quote = book.quote(series.symbol);
      if (quote === undefined || quote.time <= series.seen || badQuote(quote) !== undefined) return series;
      const kept = quote.time - series.seen > samples * every ? [] : series.spreads;
      const spreads = [...kept, tidy(quote.ask - quote.bid)].slice(-samples);
      return { symbol: series.symbol, seen: quote.time, spreads };
    };
    const withSymbols = (state: State, added: readonly string[]): readonly Series[] => {
      const fresh = added.filter((symbol) => !state.series.some((series) => series.symbol === symbol));
      if (fresh.length === 0) return state.series;
      return [...state.series, ...fresh.map((symbol) => ({ symbol, seen: 0, spreads: [] }))].slice(
        0,
        MOST_SYMBOLS,
      );
    };
    const tagged = (tag: string | number | undefined): Finding | undefined => {
      if (tag === 'low') return { code: 'LOW_LIQUIDITY', limit: 'no tag liquidity: low', actual: tag };
      if (minLiquidity === undefined || typeof tag !== 'number' || tag >= minLiquidity) return undefined;
      return { code: 'LOW_LIQUIDITY', limit: minLiquidity, actual: Number.isFinite(tag) ? tag : String(tag) };
    };
    return {
      memory: {
        initial,
        schema: stateSchema,
        watches: 'always',
        next(state, event, book) {
          if (event.type === 'decision') {
            const series = withSymbols(state, [event.decision.signal.symbol]);
            return series === state.series ? state : { due: state.due, series };
          }
          if (event.type !== 'mark' || book.now() < state.due) return state;
          const series = withSymbols(state, symbols);
          if (series.length === 0) return state;
          return { due: book.now() + every, series: series.map((one) => sampled(one, book)) };
        },
      },
      judge(order, signal, book, state): Finding | undefined {
        const instrument = knownInstrument(book, order.symbol);
        if (isFinding(instrument)) return instrument;
        const problem = badQuote(signal.quote) ?? tagged(signal.tags?.liquidity);
        if (problem !== undefined) return problem;
        const spreads = state.series.find(({ symbol }) => symbol === order.symbol)?.spreads ?? [];
        if (spreads.length < needed)
          return whenUnknown === 'pass'
            ? undefined
            : { code: 'LIQUIDITY_UNKNOWN', limit: needed, actual: spreads.length };
        const { bid, ask } = signal.quote;
        const typical = Math.max(median(spreads), tickSizeAt(instrument, ask));
        const actual = tidy((ask - bid) / typical);
        return actual > times ? { code: 'LOW_LIQUIDITY', limit: times, actual } : undefined;
      },
    };
  },
});
