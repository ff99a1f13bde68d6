import type { Timeframe } from '@mikrobot/core';
import { dataQualityOf } from '../feed/data-quality-of.js';
import type { FeedReport } from '../feed/feed-report.js';
import type { CostsStatement } from './costs.js';
import { deepFreeze } from './deep-freeze.js';
import type { ObservedBot } from './observed-bot.js';
import { Recorder } from './recorder.js';
import type { BacktestResult } from './result.js';

/** What {@link backtest} is told beside the bot. */
export interface BacktestOptions {
  /** The feed that the bot's venue plays. One that reports on its rows, as `csv()` does, gives the result its data quality. */
  readonly feed?: { readonly symbols: readonly string[]; report?(): FeedReport };
  /**
   * What the venue charges: the name of its cost model, or name and plain sentences. `'none'`, or leaving it out, is said aloud in
   * the result.
   */
  readonly costs?: string | CostsStatement;
  /** Bars for pictures, volatility tags and samples of equity. Default: the finest that the bot builds of each symbol. */
  readonly timeframe?: Timeframe;
  /** 252 (default) for markets with weekends, 365 for those without. */
  readonly daysPerYear?: number;
  /** Names the session of a time (epoch ms). Default: core's `sessionTag`. */
  readonly sessionOf?: (time: number) => string;
}

/**
 * Runs a bot to its end and returns everything that was found out, frozen. The bot must not have been started. It is the same bot
 * as in paper trading or live: only its adapter plays a recorded market.
 *
 * @throws `MikroBotError` `BAD_TIMEFRAME` when the bot has no bars of the timeframe; and whatever `bot.run()` rejects with
 * @example
 * ```ts
 * const feed = csv('eurusd.csv.gz');
 * const bot = createBot({ adapter: paper({ feed, costs: 'retail-fx' }), run: [{ strategy, symbol: 'EURUSD' }], risk });
 * const result = await backtest(bot, { feed, costs: 'retail-fx' });
 * console.log(result.performance.totalReturn, result.decisionsHash);
 * ```
 */
export const backtest = async (bot: ObservedBot, options: BacktestOptions = {}): Promise<BacktestResult> => {
  const { feed, costs, ...watching } = options;
  const recorder = new Recorder(bot, watching);
  try {
    await bot.run();
    const report = feed?.report?.();
    return deepFreeze(recorder.result({ costs, data: report && dataQualityOf(report) }));
  } finally {
    recorder.detach();
  }
};
