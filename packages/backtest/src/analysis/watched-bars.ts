import { MikroBotError, type Timeframe, timeframeMs } from '@mikrobot/core';
import type { ObservedBot } from './observed-bot.js';

/**
 * The bars to follow of each symbol that a bot runs on: those of the timeframe wanted, or the finest that the bot builds.
 * @throws `MikroBotError` `BAD_TIMEFRAME` when it builds none for a symbol
 */
export const watchedBars = (
  { runs, config }: ObservedBot,
  wanted: Timeframe | undefined,
): ReadonlyMap<string, Timeframe> => {
  const watched = new Map<string, Timeframe>();
  for (const symbol of new Set(runs.map((run) => run.symbol))) {
    const own = runs.filter((run) => run.symbol === symbol).flatMap((run) => run.timeframes);
    const built = [...own, ...(config.timeframes ?? [])];
    const [finest] = built.sort((a, b) => timeframeMs(a) - timeframeMs(b));
    const chosen = wanted === undefined ? finest : built.find((timeframe) => timeframe === wanted);
    if (chosen === undefined) throw noBars(symbol, wanted);
    watched.set(symbol, chosen);
  }
  return watched;
};

const noBars = (symbol: string, wanted: Timeframe | undefined): MikroBotError =>
  new MikroBotError(
    'BAD_TIMEFRAME',
    `The bot builds no ${wanted === undefined ? '' : `${wanted} `}bars of ${symbol}.`,
    {
      where: 'back-test',
      hint: `Declare them: createBot({ timeframes: ['${wanted ?? 'M5'}'], … }).`,
    },
  );
