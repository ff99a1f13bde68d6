import type { Finding } from '@mikrobot/core';
import * as z from 'zod';
import { ledgerOf, openLedgers, sameLedger } from '../exposure/ledgers.js';
import { definePolicy } from '../policy-definition.js';

/**
 * Bounds how many positions the account has at once. A position is what one run or person holds of one symbol, and an entry on its
 * way to it counts like it. An entry that adds to the position of its own run, or reverses it, takes no new place: how large a
 * position may become is what `maxPerSymbol` and the limits of loss and leverage say.
 */
export const maxPositions = /* @__PURE__ */ definePolicy({
  name: 'maxPositions',
  about: 'Refuses entries that would open one position too many; entries on their way count.',
  covers: ['positions'],
  settings: z.strictObject({
    most: z.number().int().min(1).default(5).describe('most positions at once, count'),
  }),
  codes: { MAX_POSITIONS: 'With this entry more than `most` positions would be open or on their way.' },
  make: ({ most }) => ({
    judge(_order, signal, book): Finding | undefined {
      const own = ledgerOf(signal);
      const ledgers = openLedgers(book);
      if (ledgers.length < most || ledgers.some((ledger) => sameLedger(ledger, own))) return undefined;
      return { code: 'MAX_POSITIONS', limit: most, actual: ledgers.length + 1 };
    },
  }),
});
