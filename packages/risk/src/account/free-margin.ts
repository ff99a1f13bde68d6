import type { Instrument, PolicyAnswer } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding, shown } from '../checks.js';
import { grossValue, lotsWithin } from '../exposure/gross-value.js';
import { definePolicy } from '../policy-definition.js';
import { floorCodes, knownEquity } from './loss-floor.js';

/**
 * Keeps a part of the equity free of margin. The margin of a lot is its notional value times the instrument's margin rate or,
 * where it has none, over the account's leverage. Of the margin in use that the venue tells and the one worked out from the
 * positions, the larger counts; entries on their way are added.
 */
export const freeMargin = /* @__PURE__ */ definePolicy({
  name: 'freeMargin',
  about:
    'Caps the size of an entry so that the margin left free afterwards is at least a fraction of the equity.',
  settings: z.strictObject({
    fraction: z
      .number()
      .min(0)
      .lt(1)
      .default(0.5)
      .describe('least free margin after the order, fraction of equity'),
  }),
  codes: {
    BAD_ACCOUNT: 'The equity, leverage or margin of the account makes no sense.',
    FREE_MARGIN: 'The free margin is at its limit already; fraction of equity.',
    NO_QUOTE: floorCodes.NO_QUOTE,
    NO_RATE: floorCodes.NO_RATE,
    UNKNOWN_SYMBOL: floorCodes.UNKNOWN_SYMBOL,
    UNPRICED: floorCodes.UNPRICED,
  },
  make: ({ fraction }) => ({
    judge(order, signal, book): PolicyAnswer {
      const equity = knownEquity(book);
      if (isFinding(equity)) return equity;
      const { leverage, margin } = book.account();
      if (!(leverage > 0 && leverage < Number.POSITIVE_INFINITY))
        return { code: 'BAD_ACCOUNT', limit: 'a positive leverage', actual: shown(leverage) };
      if (!(margin >= 0 && margin < Number.POSITIVE_INFINITY))
        return { code: 'BAD_ACCOUNT', limit: 'a margin of 0 or more', actual: shown(margin) };
      const rate = ({ marginRate }: Instrument): number => (marginRate > 0 ? marginRate : 1 / leverage);
      const value = grossValue(order, signal, book, rate);
      if (isFinding(value)) return value;
      const positions = grossValue(order, signal, book, rate, []);
      if (isFinding(positions)) return positions;
      const used = Math.max(margin, positions.open) + value.open - positions.open;
      return lotsWithin((1 - fraction) * equity, { ...value, open: used }, () => ({
        code: 'FREE_MARGIN',
        limit: fraction,
        actual: shown((equity - used) / equity),
      }));
    },
  }),
});
