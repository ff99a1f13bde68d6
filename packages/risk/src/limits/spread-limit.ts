import type { Finding } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding, knownInstrument, sharedCodes, stopDistance } from '../checks.js';
import { definePolicy } from '../policy-definition.js';
import { badQuote, meanings, tidy } from './measure.js';

const settings = z
  .strictObject({
    pips: z.number().positive().optional().describe('widest spread, pips; none when left out'),
    stopFraction: z
      .number()
      .positive()
      .max(1)
      .optional()
      .describe('largest part of the stop distance that the spread may be, fraction; none when left out'),
  })
  .refine(({ pips, stopFraction }) => pips !== undefined || stopFraction !== undefined, {
    error: 'Neither pips nor stopFraction is given',
  });

/**
 * Refuses entries while the spread is too wide, in pips or as a part of the stop distance (from the entry to the stop): a spread
 * of a quarter of the stop costs a quarter of the risk before the market has moved. Equal to a limit passes.
 */
export const spreadLimit = /* @__PURE__ */ definePolicy({
  name: 'spreadLimit',
  about: 'Refuses entries while the spread is too wide, in pips or as a part of the stop distance.',
  settings,
  codes: {
    SPREAD_TOO_WIDE: 'The spread is wider than `pips`.',
    SPREAD_TO_STOP: 'The spread is a larger part of the stop distance than `stopFraction`.',
    NO_QUOTE: meanings.NO_QUOTE,
    NO_STOP: sharedCodes.NO_STOP,
    STOP_DISTANCE: sharedCodes.STOP_DISTANCE,
    UNKNOWN_SYMBOL: sharedCodes.UNKNOWN_SYMBOL,
  },
  make: ({ pips, stopFraction }) => ({
    judge(order, signal, book): Finding | undefined {
      const instrument = knownInstrument(book, order.symbol);
      if (isFinding(instrument)) return instrument;
      const problem = badQuote(signal.quote);
      if (problem !== undefined) return problem;
      const spread = signal.quote.ask - signal.quote.bid;
      const width = tidy(spread / instrument.pipSize);
      if (pips !== undefined && width > pips) return { code: 'SPREAD_TOO_WIDE', limit: pips, actual: width };
      if (stopFraction === undefined) return undefined;
      const distance = stopDistance(order);
      if (isFinding(distance)) return distance;
      const part = tidy(spread / distance);
      return part > stopFraction ? { code: 'SPREAD_TO_STOP', limit: stopFraction, actual: part } : undefined;
    },
  }),
});
