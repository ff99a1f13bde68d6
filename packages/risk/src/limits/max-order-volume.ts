import type { PolicyAnswer } from '@mikrobot/core';
import * as z from 'zod';
import { definePolicy } from '../policy-definition.js';
import { badLots, meanings } from './measure.js';

/**
 * Bounds the lots of one order. A signal that itself asks for more is refused, for a hand that slipped must not be answered with a
 * smaller order; a size that policies work out is capped. Equal to the limit passes.
 *
 * Source: maximum order volumes, Commission Delegated Regulation (EU) 2017/589 (RTS 6), Article 15(1)(c).
 */
export const maxOrderVolume = /* @__PURE__ */ definePolicy({
  name: 'maxOrderVolume',
  about: 'Refuses signals that ask for more than so many lots; caps sizes that policies work out.',
  settings: z.strictObject({
    lots: z.number().positive().default(1).describe('largest quantity of one order, lots'),
  }),
  codes: {
    ORDER_VOLUME: 'The signal asks for more than `lots`.',
    INVALID: meanings.INVALID,
  },
  make: ({ lots }) => ({
    permits: ({ minQuantity }) =>
      lots < minQuantity
        ? `at most ${lots} lots an order, but the venue takes ${minQuantity} or more`
        : undefined,
    judge: (_order, signal): PolicyAnswer => {
      const invalid = badLots(signal);
      if (invalid !== undefined) return invalid;
      const { quantity } = signal;
      if (quantity === undefined) return { cap: lots };
      return quantity > lots ? { code: 'ORDER_VOLUME', limit: lots, actual: quantity } : undefined;
    },
  }),
});
