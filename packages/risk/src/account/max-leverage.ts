import type { PolicyAnswer } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding, shown } from '../checks.js';
import { grossValue, lotsWithin } from '../exposure/gross-value.js';
import { definePolicy } from '../policy-definition.js';
import { floorCodes, knownEquity } from './loss-floor.js';

/**
 * Bounds the leverage of the account: the gross notional value of all positions, of entries on their way and of the new order, over
 * the equity. A hedging account counts every position, a netting one the net of each symbol. Positions are valued at the middle of
 * their quote, the order at its price.
 */
export const maxLeverage = /* @__PURE__ */ definePolicy({
  name: 'maxLeverage',
  about: 'Caps the size of an entry so that the gross notional value stays within a multiple of the equity.',
  covers: ['leverage'],
  settings: z.strictObject({
    most: z.number().positive().default(10).describe('largest leverage, multiple of equity'),
  }),
  codes: {
    BAD_ACCOUNT: floorCodes.BAD_ACCOUNT,
    LEVERAGE: 'The leverage is at `most` already.',
    NO_QUOTE: floorCodes.NO_QUOTE,
    NO_RATE: floorCodes.NO_RATE,
    UNKNOWN_SYMBOL: floorCodes.UNKNOWN_SYMBOL,
    UNPRICED: floorCodes.UNPRICED,
  },
  make: ({ most }) => ({
    judge(order, signal, book): PolicyAnswer {
      const equity = knownEquity(book);
      if (isFinding(equity)) return equity;
      const value = grossValue(order, signal, book, () => 1);
      if (isFinding(value)) return value;
      const above = () => ({ code: 'LEVERAGE', limit: most, actual: shown(value.open / equity) });
      return lotsWithin(most * equity, value, above);
    },
  }),
});
