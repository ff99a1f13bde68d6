import type { PolicyAnswer } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding, knownInstrument, shown, stopDistance } from '../checks.js';
import { defaultsOf } from '../contracts/asset-class-defaults.js';
import { definePolicy } from '../policy-definition.js';
import { inputCodes, type Measure, measured } from './measured.js';
import { capAtRisk, riskCodes, riskSettings, stopCodes } from './trade-risk.js';

const settings = z.strictObject({
  risk: z.number().gt(0).max(1).default(0.0055).describe('lost at the stop, fraction of the basis'),
  multiplier: z
    .number()
    .gt(0)
    .optional()
    .describe(
      'average true ranges to the stop of an order that has none; that of the asset class when left out',
    ),
  riskFactor: z
    .number()
    .gt(0)
    .optional()
    .describe('the risk is divided by it; that of the asset class when left out'),
  least: z.number().min(0).default(4).describe('smallest average true range that is traded, pips'),
  most: z.number().gt(0).default(15).describe('largest average true range that is traded, pips'),
  ...riskSettings,
});

/** The ports of {@link atrSizing}. */
export interface AtrPorts {
  /** The average true range, in price, for signals without a tag `atr`. */
  readonly atr: Measure;
}

/** A range of exactly 4 pips is 3.9999999999999996 of them in binary fractions. */
const inPips = (distance: number, pipSize: number): number => Number((distance / pipSize).toFixed(9));

/**
 * Sizes an entry by the volatility of its market, and refuses markets that are too quiet or too wild. The average true range comes
 * from the signal's tag `atr` (in price), or from a port. The order's own stop counts where it has one; else its stop is taken to be
 * `multiplier` ranges away, which limits no loss by itself.
 *
 * The window of 4 to 15 pips is that of intraday trading of major pairs; other markets and timeframes need their own. The risk is
 * divided by the risk factor of the asset class (1 for FX, 1.2 for indices): their stops fill worse when the market gaps.
 */
export const atrSizing = /* @__PURE__ */ definePolicy({
  name: 'atrSizing',
  about: 'Sizes an entry by the average true range, which must lie within limits.',
  settings: settings.refine(({ least, most }) => most >= least, {
    path: ['most'],
    error: 'It is below least',
  }),
  codes: {
    ...riskCodes,
    ...inputCodes,
    STOP_DISTANCE: stopCodes.STOP_DISTANCE,
    ATR_TOO_SMALL: 'The average true range is below `least` pips.',
    ATR_TOO_LARGE: 'The average true range is above `most` pips.',
  },
  make: ({ risk, multiplier, riskFactor, least, most, ...terms }, ports: AtrPorts | undefined) => ({
    judge(order, signal, book): PolicyAnswer {
      const instrument = knownInstrument(book, order.symbol);
      if (isFinding(instrument)) return instrument;
      const atr = measured('atr', signal, ports?.atr);
      if (isFinding(atr)) return atr;
      const pips = inPips(atr, instrument.pipSize);
      if (pips < least) return { code: 'ATR_TOO_SMALL', limit: least, actual: pips };
      if (pips > most) return { code: 'ATR_TOO_LARGE', limit: most, actual: shown(pips) };
      const usual = defaultsOf(instrument.assetClass);
      const distance =
        order.stop === undefined ? atr * (multiplier ?? usual.atrMultiplier) : stopDistance(order);
      if (isFinding(distance)) return distance;
      return capAtRisk(risk / (riskFactor ?? usual.riskFactor), distance, terms, signal, book);
    },
  }),
});
