import { assetClasses, type Instrument, type PolicyAnswer } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding, knownInstrument, shown } from '../checks.js';
import { grossValue, lotsWithin } from '../exposure/gross-value.js';
import { ledgerOf, openLedgers, sameLedger } from '../exposure/ledgers.js';
import { definePolicy } from '../policy-definition.js';
import { floorCodes, knownEquity } from './loss-floor.js';

const positions = z
  .number()
  .int()
  .min(1)
  .optional()
  .describe('most positions in one asset class, count; no limit when left out');

const notional = z
  .number()
  .positive()
  .optional()
  .describe(
    'largest gross notional value in one asset class, fraction of equity (2 is twice the equity); no limit when left out',
  );

/**
 * Bounds what the account has in one asset class: positions as `maxPositions` counts them, and gross notional value as
 * `maxLeverage` counts it. A class that `classes` names has its own limits instead of the common ones.
 */
export const maxPerAssetClass = /* @__PURE__ */ definePolicy({
  name: 'maxPerAssetClass',
  about: 'Refuses or caps entries beyond the limits of their asset class; entries on their way count.',
  settings: z
    .strictObject({
      positions,
      notional,
      classes: z
        .partialRecord(z.enum(assetClasses), z.strictObject({ positions, notional }))
        .default({})
        .describe('limits of single asset classes, instead of the common ones'),
    })
    .refine(
      (s) => s.positions !== undefined || s.notional !== undefined || Object.keys(s.classes).length > 0,
      'Give positions, notional or classes',
    ),
  codes: {
    BAD_ACCOUNT: floorCodes.BAD_ACCOUNT,
    CLASS_NOTIONAL:
      'The gross notional value in the asset class is at its limit already; fraction of equity.',
    CLASS_POSITIONS: 'With this entry there would be more positions in the asset class than allowed.',
    NO_QUOTE: floorCodes.NO_QUOTE,
    NO_RATE: floorCodes.NO_RATE,
    UNKNOWN_SYMBOL: floorCodes.UNKNOWN_SYMBOL,
    UNPRICED: floorCodes.UNPRICED,
  },
  make: ({ classes, ...common }) => ({
    judge(order, signal, book): PolicyAnswer {
      const instrument = knownInstrument(book, order.symbol);
      if (isFinding(instrument)) return instrument;
      const { assetClass } = instrument;
      const limits = classes[assetClass] ?? common;
      if (limits.positions !== undefined) {
        const own = ledgerOf(signal);
        const inClass = openLedgers(book).filter((l) => book.instrument(l.symbol)?.assetClass === assetClass);
        if (inClass.length >= limits.positions && !inClass.some((l) => sameLedger(l, own)))
          return { code: 'CLASS_POSITIONS', limit: limits.positions, actual: inClass.length + 1 };
      }
      const most = limits.notional;
      if (most === undefined) return undefined;
      const equity = knownEquity(book);
      if (isFinding(equity)) return equity;
      const ofClass = (other: Instrument): number => (other.assetClass === assetClass ? 1 : 0);
      const value = grossValue(order, signal, book, ofClass);
      if (isFinding(value)) return value;
      return lotsWithin(most * equity, value, () => ({
        code: 'CLASS_NOTIONAL',
        limit: most,
        actual: shown(value.open / equity),
      }));
    },
  }),
});
