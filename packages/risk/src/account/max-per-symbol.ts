import type { PolicyAnswer } from '@mikrobot/core';
import * as z from 'zod';
import { shown } from '../checks.js';
import { leavingOf, ledgerOf, openLedgers, sameLedger } from '../exposure/ledgers.js';
import { openLots } from '../exposure/open-lots.js';
import { definePolicy } from '../policy-definition.js';

/** Binary dust of sums of lots; steps are 1e-8 at the least. */
const DUST = 1e-9;

/**
 * Bounds what the account has of one symbol: lots, and how many runs or persons hold it. Lots count as the venue counts them: every
 * position of a hedging account, the net of a netting one; entries on their way count as if those fill that make it worst.
 */
export const maxPerSymbol = /* @__PURE__ */ definePolicy({
  name: 'maxPerSymbol',
  about:
    'Caps the lots of one symbol, and refuses entries when too many runs hold it; entries on their way count.',
  settings: z
    .strictObject({
      lots: z.number().positive().optional().describe('most lots of one symbol; no limit when left out'),
      ledgers: z
        .number()
        .int()
        .min(1)
        .optional()
        .describe('most runs or persons with a position in one symbol, count; no limit when left out'),
    })
    .refine((s) => s.lots !== undefined || s.ledgers !== undefined, 'Give lots, ledgers or both'),
  codes: {
    SYMBOL_LEDGERS: 'With this entry more than `ledgers` runs would hold the symbol.',
    SYMBOL_LOTS: 'The account has `lots` lots of the symbol already.',
  },
  make: ({ lots, ledgers }) => ({
    judge(order, signal, book): PolicyAnswer {
      const { symbol, side } = order;
      const holders = openLedgers(book).filter((ledger) => ledger.symbol === symbol);
      const isNew = !holders.some((ledger) => sameLedger(ledger, ledgerOf(signal)));
      if (ledgers !== undefined && isNew && holders.length >= ledgers)
        return { code: 'SYMBOL_LEDGERS', limit: ledgers, actual: holders.length + 1 };
      if (lots === undefined) return undefined;
      const { gross, free } = openLots(book, symbol, side, leavingOf(signal));
      const room = lots - (gross - free);
      return room > DUST ? { cap: room } : { code: 'SYMBOL_LOTS', limit: lots, actual: shown(gross - free) };
    },
  }),
});
