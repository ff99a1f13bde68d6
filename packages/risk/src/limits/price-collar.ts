import type { EntryOrder, Finding } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding, knownInstrument, sharedCodes } from '../checks.js';
import { definePolicy } from '../policy-definition.js';
import { badQuote, meanings, tidy, usable } from './measure.js';

const settings = z.strictObject({
  fraction: z
    .number()
    .positive()
    .max(1)
    .default(0.02)
    .describe('farthest from the quote, fraction of the quote (0.02 is 2 %)'),
  pips: z.number().positive().optional().describe('farthest from the quote, pips; none when left out'),
});

/** The prices that an order names. An order other than a market order without a price is told as NaN. */
const pricesOf = ({ type, price, limitPrice }: EntryOrder): readonly number[] => {
  if (type === 'market') return [];
  return limitPrice === undefined ? [price ?? Number.NaN] : [price ?? Number.NaN, limitPrice];
};

/**
 * Refuses entries whose limit or stop price is far from the market, on either side: a slipped decimal point. The market is the
 * side of the quote that the order would meet, the ask for a buy. Market orders name no price and pass. Equal to the limit passes.
 *
 * Source: price collars, Commission Delegated Regulation (EU) 2017/589 (RTS 6), Article 15(1)(a).
 */
export const priceCollar = /* @__PURE__ */ definePolicy({
  name: 'priceCollar',
  about: 'Refuses entries whose limit or stop price is too far from the quote.',
  settings,
  codes: {
    PRICE_COLLAR: 'A price of the order is farther from the quote than `fraction` (a fraction of the quote).',
    PRICE_COLLAR_PIPS: 'A price of the order is farther from the quote than `pips`.',
    INVALID: meanings.INVALID,
    NO_QUOTE: meanings.NO_QUOTE,
    UNKNOWN_SYMBOL: sharedCodes.UNKNOWN_SYMBOL,
  },
  make: ({ fraction, pips }) => ({
    judge(order, signal, book): Finding | undefined {
      if (signal.order === undefined) return undefined;
      const prices = pricesOf(signal.order);
      if (prices.length === 0) return undefined;
      const instrument = knownInstrument(book, order.symbol);
      if (isFinding(instrument)) return instrument;
      const problem = badQuote(signal.quote);
      if (problem !== undefined) return problem;
      const market = order.side === 'buy' ? signal.quote.ask : signal.quote.bid;
      for (const price of prices) {
        if (!usable(price)) return { code: 'INVALID', limit: 'a price above 0', actual: String(price) };
        const away = Math.abs(price - market);
        const share = tidy(away / market);
        if (share > fraction) return { code: 'PRICE_COLLAR', limit: fraction, actual: share };
        const distance = tidy(away / instrument.pipSize);
        if (pips !== undefined && distance > pips)
          return { code: 'PRICE_COLLAR_PIPS', limit: pips, actual: distance };
      }
      return undefined;
    },
  }),
});
