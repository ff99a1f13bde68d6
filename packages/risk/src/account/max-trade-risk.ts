import type { PolicyAnswer } from '@mikrobot/core';
import * as z from 'zod';
import { goodBalance, isFinding, knownInstrument, sharedCodes, signalRate, stopDistance } from '../checks.js';
import { definePolicy } from '../policy-definition.js';

/**
 * Bounds what one order can lose at its stop: lots x (distance + slippage) x contract size x rate + lots x commission is at most
 * a fraction of the balance. The order is made smaller, not refused; without a stop its risk is unknown and it is refused.
 */
export const maxTradeRisk = /* @__PURE__ */ definePolicy({
  name: 'maxTradeRisk',
  about: 'Caps the size of an entry so that its loss at the stop is at most a fraction of the balance.',
  covers: ['trade'],
  settings: z.strictObject({
    fraction: z
      .number()
      .gt(0)
      .max(1)
      .default(0.01)
      .describe('most that one trade may lose at its stop, fraction of balance'),
    commission: z.number().min(0).default(0).describe('commission of a round trip, account currency per lot'),
    slippage: z.number().min(0).default(0).describe('expected slippage of the stop, pips'),
  }),
  codes: {
    BAD_ACCOUNT: sharedCodes.BAD_ACCOUNT,
    NO_RATE: sharedCodes.NO_RATE,
    NO_STOP: sharedCodes.NO_STOP,
    STOP_DISTANCE: sharedCodes.STOP_DISTANCE,
    UNKNOWN_SYMBOL: sharedCodes.UNKNOWN_SYMBOL,
  },
  make: ({ fraction, commission, slippage }) => ({
    judge(order, signal, book): PolicyAnswer {
      const instrument = knownInstrument(book, order.symbol);
      if (isFinding(instrument)) return instrument;
      const distance = stopDistance(order);
      if (isFinding(distance)) return distance;
      const rate = signalRate(signal);
      if (isFinding(rate)) return rate;
      const balance = goodBalance(signal.account);
      if (isFinding(balance)) return balance;
      const { contractSize, pipSize } = instrument;
      return {
        cap: (fraction * balance) / ((distance + slippage * pipSize) * contractSize * rate + commission),
      };
    },
  }),
});
