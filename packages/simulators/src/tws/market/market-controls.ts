import type { PacingRule } from '../history/request-pacing.js';
import type { HistoryBar } from './base-bar.js';
import type { Permission } from './contract-market.js';
import type { Market, MarketName, QuoteSizes } from './market.js';
import { type ReplayOptions, type ReplayRow, type ReplaySummary, replayRows } from './replay.js';

/**
 * What moves the markets of a simulated TWS. A market is named by its contract's id, its local symbol (`ESZ5`, `EUR.USD`), a pair
 * (`EURUSD`) or a symbol (`AAPL`, `6E`), which for futures is the month that is traded next.
 */
export interface MarketControls {
  /** The best prices change; sizes in lots (default: 100). What they reach, trades. */
  quote(name: MarketName, bid: number, ask: number, sizes?: QuoteSizes): void;
  /** A trade of the market at large, in lots. */
  trade(name: MarketName, price: number, size: number): void;
  /** Price at which the day before ended. */
  previousClose(name: MarketName, price: number): void;
  /** Trading is halted, or goes on: clients are told by tick 49. */
  halt(name: MarketName, halted?: boolean): void;
  /**
   * The login has no subscription of a contract's data from the next request on: errors 354, 10167 and the like. Default:
   * `delayed`, data that are delayed may be had.
   */
  subscriptionMissing(name: MarketName, permission?: Permission): void;
  /** For which requests the limits of historical data hold. Default at the start: `small-bars`, as documented. */
  pacing(rule: PacingRule): void;
  /** The market had these bars. */
  history(name: MarketName, bars: readonly HistoryBar[]): void;
  /** Tells recorded bars as ticks, by the clock. */
  replay(
    name: MarketName,
    rows: AsyncIterable<ReplayRow> | Iterable<ReplayRow>,
    options?: ReplayOptions,
  ): Promise<ReplaySummary>;
}

/** The controls of a simulator's markets. */
export const marketControls = (market: Market): MarketControls => ({
  quote: (name, bid, ask, sizes) => market.quote(name, bid, ask, sizes),
  trade: (name, price, size) => market.trade(name, price, size),
  previousClose: (name, price) => market.previousClose(name, price),
  halt: (name, halted) => market.halt(name, halted),
  subscriptionMissing: (name, permission = 'delayed') => market.permission(name, permission),
  pacing: (rule) => {
    market.pacing.rule = rule;
  },
  history: (name, bars) => market.history(name, bars),
  replay: (name, rows, options) => replayRows(market, name, rows, options),
});
