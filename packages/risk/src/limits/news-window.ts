import type { Finding } from '@mikrobot/core';
import * as z from 'zod';
import { isFinding, knownInstrument, sharedCodes } from '../checks.js';
import { definePolicy } from '../policy-definition.js';
import { iso } from './measure.js';
import { impacts, type NewsCalendar } from './news-calendar.js';

const DAY_MS = 86_400_000;
const FIVE_MINUTES = 300_000;

const settings = z.strictObject({
  before: z
    .number()
    .min(0)
    .max(DAY_MS)
    .default(FIVE_MINUTES)
    .describe('no entries so long before an event, ms'),
  after: z
    .number()
    .min(0)
    .max(DAY_MS)
    .default(FIVE_MINUTES)
    .describe('no entries so long after an event, ms'),
  impacts: z.array(z.enum(impacts)).min(1).default(['high']).describe('events that count: low, medium, high'),
  whenUnknown: z
    .enum(['refuse', 'pass'])
    .default('refuse')
    .describe('what happens at a time that the calendar does not cover: refuse or pass'),
});

/**
 * Refuses entries around scheduled news of the instrument's currencies, both ends inclusive. The default of five minutes on each
 * side covers the two minutes that prop firms such as FTMO forbid. A calendar that has run out is no reason to trade on.
 */
export const newsWindow = /* @__PURE__ */ definePolicy({
  name: 'newsWindow',
  about: "Refuses entries around scheduled news of the instrument's currencies.",
  settings,
  codes: {
    NEWS: "An event of `impacts` that concerns the instrument's base or quote currency is near.",
    NEWS_UNKNOWN: 'The calendar does not cover the time that would have to be known.',
    UNKNOWN_SYMBOL: sharedCodes.UNKNOWN_SYMBOL,
  },
  make: (
    { before, after, impacts: counted, whenUnknown },
    { calendar }: { readonly calendar: NewsCalendar },
  ) => ({
    judge(order, _signal, book): Finding | undefined {
      const instrument = knownInstrument(book, order.symbol);
      if (isFinding(instrument)) return instrument;
      const from = book.now() - after;
      const to = book.now() + before;
      const { base, currency } = instrument;
      const near = calendar
        .events(from, to)
        .find(
          ({ impact, currencies }) =>
            counted.includes(impact) && currencies.some((c) => c === currency || c === base || c === 'ALL'),
        );
      if (near !== undefined)
        return {
          code: 'NEWS',
          limit: `${before} ms before to ${after} ms after`,
          actual: `${near.title} (${near.currencies.join(', ')}) at ${iso(near.time)}`,
        };
      const { start, end } = calendar.covered();
      if (whenUnknown === 'pass' || (from >= start && to < end)) return undefined;
      return {
        code: 'NEWS_UNKNOWN',
        limit: end > start ? `known from ${iso(start)} until ${iso(end)}` : 'nothing is known',
        actual: `asked for ${iso(from)} to ${iso(to)}`,
      };
    },
  }),
});
