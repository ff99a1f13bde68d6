import { MikroBotError, type Timeframe, timeframeMs } from '@mikrobot/core';
import type { ObservedBot } from './observed-bot.js';

/**
 * A timeframe whose bars the bot builds for every symbol it trades: the one wanted, or the finest.
 * @throws `MikroBotError` `BAD_TIMEFRAME` when there is none
 */
export const barsInCommon = ({ runs, config }: ObservedBot, wanted: Timeframe | undefined): Timeframe => {
  const declared = config.timeframes ?? [];
  const symbols = [...new Set(runs.map((run) => run.symbol))];
  const built = symbols.map((symbol) => [
    ...declared,
    ...runs.filter((run) => run.symbol === symbol).flatMap((run) => run.timeframes),
  ]);
  const [first = [], ...rest] = built;
  const common = first.filter((timeframe) => rest.every((others) => others.includes(timeframe)));
  const finest = [...common].sort((a, b) => timeframeMs(a) - timeframeMs(b))[0];
  const chosen = wanted === undefined ? finest : common.find((timeframe) => timeframe === wanted);
  if (chosen !== undefined) return chosen;
  throw new MikroBotError('BAD_TIMEFRAME', `The bot builds no ${wanted ?? 'bars'} for all of its symbols.`, {
    where: 'back-test',
    hint: `Declare them: createBot({ timeframes: ['${wanted ?? 'M5'}'], … }).`,
  });
};
