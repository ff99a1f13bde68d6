import { type Timeframe, timeframeMs, timeframes } from '@mikrobot/core';
import * as z from 'zod';

/** The two settings that the strategy is published with. */
export type BosRetestPreset = 'm5-m1' | 'h1-m15';

interface Defaults {
  readonly structure: Timeframe;
  readonly entry: Timeframe;
  readonly tolerancePips: number;
  readonly triggerPips: number;
  readonly bufferPips: number;
}

const defaults: Readonly<Record<BosRetestPreset, Defaults>> = {
  'm5-m1': { structure: 'M5', entry: 'M1', tolerancePips: 2, triggerPips: 0.8, bufferPips: 2 },
  'h1-m15': { structure: 'H1', entry: 'M15', tolerancePips: 6, triggerPips: 0.6, bufferPips: 4 },
};

const timeframe = z.enum(Object.keys(timeframes) as [Timeframe, ...Timeframe[]]);
const bars = z.number().int().min(1).max(1000);
const pips = z.number().positive();

/**
 * The schema of the strategy's parameters with the defaults of one preset. Every field has a description that begins with its
 * unit in square brackets.
 */
export const bosRetestParams = (preset: BosRetestPreset) => {
  const own = defaults[preset];
  return z
    .strictObject({
      structure: timeframe
        .default(own.structure)
        .describe('[timeframe] Bars whose closes break structure (phase 1).'),
      entry: timeframe
        .default(own.entry)
        .describe(
          '[timeframe] Bars that break and retest the level (phases 2 and 3); shorter than `structure`.',
        ),
      swingLeft: z
        .number()
        .int()
        .min(0)
        .max(100)
        .default(3)
        .describe('[structure bars] Earlier bars that a swing must stand out from.'),
      swingRight: z
        .number()
        .int()
        .min(1)
        .max(100)
        .default(3)
        .describe('[structure bars] Later bars that confirm a swing.'),
      swingMemory: z
        .number()
        .int()
        .min(1)
        .max(100)
        .default(8)
        .describe('[swings] Uncrossed swings remembered on each side.'),
      acceptChoch: z
        .boolean()
        .default(true)
        .describe('[on/off] Also take breaks against the bias (change of character); they score lower.'),
      atrPeriod: bars
        .default(14)
        .describe('[structure bars] Period of the ATR that measures the breaking bar.'),
      breakBars: bars
        .default(5)
        .describe('[entry bars] Time for phase 2, from the close that broke structure.'),
      retestBars: bars
        .default(30)
        .describe('[entry bars] Time for phase 3, from the close of the break bar.'),
      triggerBars: bars
        .default(5)
        .describe('[entry bars] Time for phase 4, from the close of the retest bar.'),
      tolerancePips: pips
        .default(own.tolerancePips)
        .describe('[pips] How far from the level, on either side, the retest may turn.'),
      triggerPips: pips
        .default(own.triggerPips)
        .describe('[pips] How far the bid must move from the retest extreme in the direction of the break.'),
      bufferPips: pips
        .default(own.bufferPips)
        .describe('[pips] Distance of the stop beyond the retest extreme.'),
      rMultiple: z
        .number()
        .positive()
        .default(2.5)
        .describe('[R] Distance of the target in multiples of the stop distance.'),
      trailPips: pips.optional().describe('[pips] Distance at which the stop trails the market.'),
      partialAtR: z
        .number()
        .positive()
        .optional()
        .describe('[R] Profit at which half of the position is closed, once.'),
      reverse: z
        .boolean()
        .default(false)
        .describe('[on/off] An opposite signal closes the position and enters the other way.'),
    })
    .refine((p) => timeframeMs(p.structure) > timeframeMs(p.entry), {
      path: ['entry'],
      error: 'the entry timeframe must be shorter than the structure timeframe',
    });
};

/** Checked parameters; {@link bosRetestParams} describes each. */
export type BosRetestParams = Readonly<z.output<ReturnType<typeof bosRetestParams>>>;

/** What the user may write: every parameter may be left out. */
export type BosRetestInput = z.input<ReturnType<typeof bosRetestParams>>;

/** Both presets as complete parameters. */
export const bosRetestPresets: Readonly<Record<BosRetestPreset, BosRetestParams>> = {
  'm5-m1': bosRetestParams('m5-m1').parse({}),
  'h1-m15': bosRetestParams('h1-m15').parse({}),
};
