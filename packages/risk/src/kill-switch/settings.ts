import { fxDayRoll } from '@mikrobot/core';
import * as z from 'zod';

const fraction = z.number().gt(0).max(1).optional();

/** What {@link killSwitch} takes. */
export const killSwitchSettings = z
  .strictObject({
    dailyLoss: fraction.describe(
      'loss of a day that trips it, floating profit included, fraction of the equity at its begin; off when left out',
    ),
    drawdown: fraction.describe(
      'fall from the highest equity that trips it, fraction of that; off when left out',
    ),
    roll: z
      .strictObject({ zone: z.string(), time: z.string() })
      .default({ ...fxDayRoll })
      .describe("where the broker's day begins: IANA zone and local time"),
    downFor: z
      .number()
      .positive()
      .optional()
      .describe('how long the line to the venue may be down, ms; off when left out'),
    failures: z
      .number()
      .int()
      .min(1)
      .optional()
      .describe('rejected or unknown orders in a row that trip it, count; off when left out'),
    slippageRatio: z
      .number()
      .positive()
      .optional()
      .describe(
        'ratio of realised to modelled slippage of a symbol above which it trips, multiples; off when left out',
      ),
    slippagePips: z.number().positive().optional().describe('modelled slippage of a fill, pips'),
    slippageSpreadFraction: z
      .number()
      .positive()
      .optional()
      .describe('modelled slippage of a fill, fraction of the spread at the fill; instead of slippagePips'),
    slippageFills: z
      .number()
      .int()
      .min(1)
      .max(1_000)
      .default(20)
      .describe('last fills of a symbol that are looked at, count'),
    slippageAtLeast: z
      .number()
      .int()
      .min(1)
      .max(1_000)
      .default(10)
      .describe('fewest fills of a symbol to judge by, count'),
    cancel: z.boolean().default(true).describe('whether a trigger cancels entries'),
    flatten: z.boolean().default(true).describe('whether a trigger closes all positions'),
    revoke: z
      .boolean()
      .default(false)
      .describe('whether a trigger closes the line to the venue until a new start'),
  })
  .refine(
    ({ slippageRatio, slippagePips, slippageSpreadFraction }) =>
      slippageRatio === undefined || (slippagePips === undefined) !== (slippageSpreadFraction === undefined),
    {
      path: ['slippageRatio'],
      error: 'The modelled slippage must be given, either as slippagePips or as slippageSpreadFraction',
    },
  )
  .refine(({ slippageFills, slippageAtLeast }) => slippageAtLeast <= slippageFills, {
    path: ['slippageAtLeast'],
    error: 'More fills are needed than are looked at',
  });

/** See {@link killSwitchSettings}. */
export type KillSwitchSettings = z.output<typeof killSwitchSettings>;
