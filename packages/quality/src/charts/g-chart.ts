import * as z from 'zod';
import { checkWhole, checkWord } from '../numeric/check.js';
import { momentsOf } from '../streaming/summary.js';
import { gLimits, gWidth } from './attribute-limits.js';
import type { ChartKind } from './chart.js';
import { type LimitOptions, type LimitWidth, limitWidthSchema } from './limit-width.js';
import { zoneKind } from './zone-chart.js';

/** A process in control by g chart. Plain JSON. */
export interface EventDesign {
  /** Of the event in one trial, above 0 and below 1. */
  readonly probability: number;
  readonly counting: 'between' | 'trials';
  readonly width: LimitWidth;
}

const countings = ['between', 'trials'] as const;
const eventSchema: z.ZodType<EventDesign> = z.object({
  probability: z.number().gt(0).lt(1),
  counting: z.enum(countings),
  width: limitWidthSchema,
});

type Counting = EventDesign['counting'];

const leastOf = (counting: Counting): number => (counting === 'trials' ? 1 : 0);

const checkOf = (counting: Counting): ((count: number) => void) => {
  const what = `a count of trials ${counting === 'trials' ? 'with the event' : 'between events'}`;
  return (count) => checkWhole(count, what, leastOf(counting), 'BAD_DATA');
};

/** What a g chart counts, and its limits. */
export interface GOptions extends LimitOptions {
  /** `'between'` (default): trials without the event between two events. `'trials'`: the event's own is counted too. */
  readonly counting?: 'between' | 'trials' | undefined;
}

/**
 * A g chart of rare events: how much went well between two of them, orders from one rejection to the next. A process that gets
 * worse shows at the LOWER limit, which is often the least number there is: then only runs (`we4`) or a CUSUM see it.
 * Sources: Kaminsky, Benneyan, Davis and Burke (1992); Benneyan (2001).
 * @throws `MikroBotError` `BAD_CONFIG` for limits that are none.
 */
export const gChart = ({
  counting = 'between',
  ...options
}: GOptions = {}): ChartKind<number, EventDesign> => {
  checkWord(counting, countings, 'counting of a g chart');
  const width = gWidth(options);
  const what = 'a g chart';
  const least = leastOf(counting);
  const check = checkOf(counting);
  return zoneKind({
    name: 'g',
    what,
    design: eventSchema,
    estimate: (counts) => {
      for (const count of counts) check(count);
      const mean = momentsOf(counts).mean;
      if (mean === undefined) {
        return { design: undefined, notes: [{ code: 'EMPTY', detail: `${what} was given no counts.` }] };
      }
      if (mean === least) {
        const detail = `All ${counts.length} counts are ${least}, the least there is: ${what} has no limits then.`;
        return { design: undefined, notes: [{ code: 'NO_SPREAD', detail }] };
      }
      return { design: { probability: 1 / (mean - least + 1), counting, width }, notes: [] };
    },
    plot({ probability, counting, width }) {
      const limits = gLimits(probability, counting, width);
      return { check: checkOf(counting), value: (count) => count, limits: () => limits };
    },
  });
};
