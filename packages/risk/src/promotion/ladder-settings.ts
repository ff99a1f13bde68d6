import * as z from 'zod';

/** How far a strategy is trusted, from nothing to everything. */
export const stages = ['monitor', 'paper', 'smallest', 'full'] as const;
/** See {@link stages}. */
export type Stage = (typeof stages)[number];

const count = z.int().min(0).max(100_000);
const days = z.number().min(0).max(3_650);
const approvals = z.int().min(0).max(20);
const fraction = z.number().min(0).max(1);

const measured = (least: { days: number; trades: number; winRate: number; approvals: number }) =>
  z
    .strictObject({
      days: days.default(least.days).describe('time in the stage before, days'),
      trades: count.default(least.trades).describe('finished trades in the stage before, count'),
      winRate: fraction.default(least.winRate).describe('smallest fraction of those trades with a profit'),
      slippageRatio: z
        .number()
        .positive()
        .default(1.5)
        .describe('largest ratio of realised to modelled slippage, of the last fills in the stage before'),
      approvals: approvals.default(least.approvals).describe('people who must approve, count'),
    })
    .prefault({});

/** Settings of {@link promotionLadder}. */
export const ladderSettings = z.strictObject({
  first: z.enum(stages).default('monitor').describe('stage in which a strategy begins'),
  paper: z
    .strictObject({
      days: days.default(1).describe('time in monitor, days'),
      signals: count.default(10).describe('entries that it would have asked for in monitor, count'),
      approvals: approvals.default(0).describe('people who must approve, count'),
    })
    .prefault({})
    .describe('what it takes to trade on paper'),
  smallest: measured({ days: 2, trades: 20, winRate: 0.4, approvals: 1 }).describe(
    'what it takes, on a paper account, to trade the smallest quantity',
  ),
  full: measured({ days: 10, trades: 30, winRate: 0.4, approvals: 2 }).describe(
    'what it takes to trade without a cap',
  ),
  demotion: z
    .strictObject({
      trades: z
        .int()
        .min(1)
        .max(1_000)
        .default(20)
        .describe('last trades, and last fills, that are looked at, count'),
      winRate: fraction
        .default(0.25)
        .describe('fraction of winning trades below which it goes one stage down'),
      slippageRatio: z
        .number()
        .positive()
        .default(2)
        .describe('ratio of realised to modelled slippage above which it goes one stage down'),
    })
    .prefault({})
    .describe('when it goes one stage down, at once'),
  slippage: z
    .strictObject({
      pips: z.number().positive().optional().describe('modelled slippage of a fill, pips'),
      spreadFraction: z
        .number()
        .positive()
        .optional()
        .describe('modelled slippage of a fill, fraction of the spread; instead of pips'),
    })
    .refine(({ pips, spreadFraction }) => (pips === undefined) !== (spreadFraction === undefined), {
      error: 'The modelled slippage must be given, either as pips or as spreadFraction',
    })
    .describe('what slippage the back-test assumed'),
});

/** What an author writes; fields with a default may be left out. */
export type LadderSettingsInput = z.input<typeof ladderSettings>;
/** See {@link ladderSettings}. */
export type LadderSettings = z.output<typeof ladderSettings>;
