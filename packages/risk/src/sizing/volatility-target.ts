import type { PolicyAnswer } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding, sharedCodes, shown } from '../checks.js';
import { leavingOf } from '../exposure/ledgers.js';
import { openLots } from '../exposure/open-lots.js';
import { volatilityLeverage } from '../formulas/volatility-leverage.js';
import { definePolicy } from '../policy-definition.js';
import { inputCodes, type Measure, measured } from './measured.js';
import { capital, pointValue, riskCodes } from './trade-risk.js';

/** The ports of {@link volatilityTarget}. */
export interface VolatilityPorts {
  /** Volatility a year as a fraction, for signals without a tag `volatility`. */
  readonly volatility: Measure;
}

/**
 * Sizes an entry so that the position in its instrument moves the account by at most so much a year: its notional value is at most
 * `equity x target / volatility`. What is already open on the same side counts. The instrument's volatility a year comes from the
 * signal's tag `volatility` (0.2 for 20 %), or from a port.
 */
export const volatilityTarget = /* @__PURE__ */ definePolicy({
  name: 'volatilityTarget',
  about: 'Sizes an entry so that its instrument adds at most a given volatility to the account.',
  settings: z.strictObject({
    target: z
      .number()
      .gt(0)
      .default(0.1)
      .describe('volatility a year that one instrument may give the account, fraction of equity'),
    leverage: z
      .number()
      .gt(0)
      .default(2)
      .describe('most notional value in one instrument, multiple of equity, however calm it is'),
  }),
  codes: {
    ...riskCodes,
    ...inputCodes,
    NO_QUOTE: sharedCodes.NO_QUOTE,
    VOLATILITY_TARGET: 'What is open in the instrument has the wanted volatility already; lots.',
  },
  make: ({ target, leverage }, ports: VolatilityPorts | undefined) => ({
    judge(order, signal, book): PolicyAnswer {
      const equity = capital('equity', signal, book);
      if (isFinding(equity)) return equity;
      const point = pointValue(signal, book);
      if (isFinding(point)) return point;
      const { price, symbol, side } = order;
      if (!(price > 0 && price < Number.POSITIVE_INFINITY))
        return { code: 'NO_QUOTE', limit: 'a price above 0', actual: shown(price) };
      const volatility = measured('volatility', signal, ports?.volatility);
      if (isFinding(volatility)) return volatility;
      const times = Math.min(volatilityLeverage(target, volatility), leverage);
      const allowed = (equity * times) / (price * point);
      if (!Number.isFinite(allowed))
        return { code: 'INVALID', limit: 'a size with an end', actual: shown(allowed) };
      const { gross, free } = openLots(book, symbol, side, leavingOf(signal));
      const open = gross - free;
      return open < allowed
        ? { cap: allowed - open }
        : { code: 'VOLATILITY_TARGET', limit: allowed, actual: open };
    },
  }),
});
