import type { PolicyAnswer } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding, knownInstrument, sharedCodes, shown, signalRate } from '../checks.js';
import { definePolicy } from '../policy-definition.js';
import { badLots, meanings, tidy, usable } from './measure.js';

/**
 * Bounds the notional value of one order: lots x contract size x price, in account currency. A signal that itself asks for more
 * is refused, for a hand that slipped must not be answered with a smaller order; a size that policies work out is capped. Equal
 * to the limit passes.
 *
 * Source: maximum order values, Commission Delegated Regulation (EU) 2017/589 (RTS 6), Article 15(1)(b).
 */
export const maxOrderValue = /* @__PURE__ */ definePolicy({
  name: 'maxOrderValue',
  about: 'Refuses signals that ask for more than a notional value; caps sizes that policies work out.',
  settings: z.strictObject({
    value: z.number().positive().describe('largest notional value of one order, account currency'),
  }),
  codes: {
    ORDER_VALUE: 'The quantity that the signal asks for is worth more than `value`.',
    INVALID: meanings.INVALID,
    NO_QUOTE: meanings.NO_QUOTE,
    NO_RATE: sharedCodes.NO_RATE,
    UNKNOWN_SYMBOL: sharedCodes.UNKNOWN_SYMBOL,
  },
  make: ({ value }) => ({
    judge(order, signal, book): PolicyAnswer {
      const instrument = knownInstrument(book, order.symbol);
      if (isFinding(instrument)) return instrument;
      const { price } = order;
      if (!usable(price)) return { code: 'NO_QUOTE', limit: 'a price above 0', actual: shown(price) };
      const rate = signalRate(signal);
      if (isFinding(rate)) return rate;
      const invalid = badLots(signal);
      if (invalid !== undefined) return invalid;
      const lotValue = instrument.contractSize * price * rate;
      if (signal.quantity === undefined) return { cap: value / lotValue };
      const asked = tidy(signal.quantity * lotValue);
      return asked > value ? { code: 'ORDER_VALUE', limit: value, actual: asked } : undefined;
    },
  }),
});
