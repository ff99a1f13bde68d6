import { type Book, type Finding, type Signal, sign } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding } from '../checks.js';
import { pearson } from '../exposure/correlation.js';
import { leavingOf, sameLedger } from '../exposure/ledgers.js';
import {
  commonReturns,
  MOST_SYMBOLS,
  type PriceSamples,
  priceSamplesSchema,
  sampled,
  withSymbols,
} from '../exposure/price-samples.js';
import { definePolicy, type PolicyBody } from '../policy-definition.js';

const settings = z.strictObject({
  most: z.number().min(0).max(1).default(0.7).describe('largest correlation exposure of an entry, 0 to 1'),
  interval: z.number().int().positive().default(900_000).describe('time between two price samples, ms'),
  samples: z
    .number()
    .int()
    .min(3)
    .max(10_000)
    .default(96)
    .describe('returns that are kept and compared, count'),
  least: z
    .number()
    .int()
    .min(3)
    .default(30)
    .describe('returns that two symbols must have in common to be compared, count'),
  unknown: z
    .enum(['refuse', 'pass'])
    .default('refuse')
    .describe(
      'what becomes of an entry when a correlation is not known yet: refuse, or pass (as if there were none)',
    ),
  symbols: z
    .array(z.string())
    .max(MOST_SYMBOLS)
    .default([])
    .describe('symbols to sample from the start; others are sampled from their first signal or position on'),
});

/** Signed lots of everything open, as it would move: nets of a netting account, positions of a hedging one, and each entry. */
const openSides = (
  book: Book,
  signal: Signal,
): readonly { readonly symbol: string; readonly quantity: number }[] => {
  const leaving = leavingOf(signal);
  const netting = book.account().mode === 'netting';
  const sides: { symbol: string; quantity: number }[] = [...book.entries()];
  for (const symbol of book.exposed()) {
    let net = 0;
    for (const { owner, position } of book.owners(symbol)) {
      if (sameLedger({ symbol, owner }, leaving)) continue;
      if (netting) net += position.quantity;
      else sides.push({ symbol, quantity: position.quantity });
    }
    sides.push({ symbol, quantity: net });
  }
  // A net whose ledgers cancel each other out moves nowhere, whatever dust the sum leaves.
  return sides.filter(({ quantity }) => Math.abs(quantity) > 1e-9);
};

/**
 * Bounds how much of the same bet an entry would be: the largest correlation between it and anything open, where opposite
 * directions count with the opposite sign, and at least 0. A symbol has correlation 1 with itself. Correlations are Pearson's, of
 * logarithmic returns of middle prices that are sampled at the same moments; intervals in which one of both had no new price are
 * left out.
 *
 * The first position needs no samples. Symbols are known from `symbols`, from signals and from positions, at most 64; until two
 * have `least` returns in common, `unknown` decides.
 */
export const correlationExposure = /* @__PURE__ */ definePolicy({
  name: 'correlationExposure',
  about: 'Refuses entries that move too much like what is open already.',
  settings,
  codes: {
    CORRELATION: 'The largest correlation with an open position or an entry on its way is above `most`.',
    CORRELATION_UNKNOWN: 'There are too few common returns to know a correlation, or a price does not move.',
  },
  make: ({ most, interval, samples, least, unknown, symbols }): PolicyBody<PriceSamples> => {
    const initial = withSymbols({ interval, due: 0, symbols: [], rows: [] }, symbols);

    /** How much an open side is the same bet as the signal, -1 to 1. */
    const likeness = (state: PriceSamples, signal: Signal, symbol: string): number | Finding => {
      if (symbol === signal.symbol) return 1;
      const returns = commonReturns(state, signal.symbol, symbol);
      const known = returns.a.length >= least ? pearson(returns.a, returns.b) : undefined;
      if (known !== undefined) return known;
      const actual = `${returns.a.length} of ${signal.symbol} and ${symbol}`;
      return { code: 'CORRELATION_UNKNOWN', limit: `${least} returns that vary`, actual };
    };

    return {
      memory: {
        initial,
        schema: priceSamplesSchema,
        watches: 'always',
        next(before, event, book) {
          if (event.type === 'mark' && book.now() < before.due && before.interval === interval) return before;
          let state = before.interval === interval ? before : initial;
          // Of a symbol that the venue does not have there will never be a price; anybody could name one.
          if (event.type === 'decision' && book.instrument(event.decision.signal.symbol) !== undefined)
            state = withSymbols(state, [event.decision.signal.symbol]);
          if (book.now() < state.due) return state;
          return sampled(withSymbols(state, book.exposed()), book, samples + 1);
        },
      },
      judge(order, signal, book, state): Finding | undefined {
        let actual = 0;
        let missing: Finding | undefined;
        for (const { symbol, quantity } of openSides(book, signal)) {
          const alike = likeness(state, signal, symbol);
          if (isFinding(alike)) missing ??= alike;
          else actual = Math.max(actual, alike * sign(order.side) * Math.sign(quantity));
        }
        if (actual > most) return { code: 'CORRELATION', limit: most, actual };
        return unknown === 'refuse' ? missing : undefined;
      },
    };
  },
});
