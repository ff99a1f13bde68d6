import type { PriceSeries } from './bar-series.js';
import type { Breakdown } from './breakdown.js';
import type { CostsPaid } from './costs.js';
import type { DataQuality } from './data-quality.js';
import type { Funnel } from './funnel.js';
import type { InstrumentFacts } from './instrument-facts.js';
import type { OrderCounts } from './order-counts.js';
import type { Performance } from './performance.js';
import type { SignalTimes } from './signal-times.js';
import type { Trade } from './trade.js';
import type { ResultWarning } from './warnings.js';

/** Issues of one kind that the bot told of. */
export interface IssueCount {
  readonly code: string;
  readonly count: number;
  /** The first of them; `time` in epoch ms. */
  readonly first: { readonly time: number; readonly detail: string; readonly symbol: string | null };
}

/** Equity over time in two columns: at most 20,000 points, the extremes among them. */
export interface EquityCurve {
  /** Epoch ms. */
  readonly time: readonly number[];
  /** Account currency. */
  readonly equity: readonly number[];
}

/**
 * Everything that was found out about one run. It is plain data: `null` stands for what is undefined or cannot be known, numbers
 * are finite, times are epoch ms UTC, money is in the account's currency, fractions are 0 to 1.
 */
export interface BacktestResult {
  /** Version of this format. */
  readonly format: 1;
  /** Of the symbols that the bot ran on. */
  readonly instruments: readonly InstrumentFacts[];
  /** First and last moment that was observed; `null` when there was none. */
  readonly from: number | null;
  readonly to: number | null;
  readonly account: {
    readonly currency: string;
    readonly startBalance: number;
    readonly startEquity: number;
    readonly endBalance: number;
    readonly endEquity: number;
  };
  readonly costs: CostsPaid;
  readonly funnel: Funnel;
  readonly orders: OrderCounts;
  /** SHA-256 over every decision in order; see `decisionText`. Two runs that decided the same have the same. */
  readonly decisionsHash: string;
  readonly performance: Performance;
  readonly breakdown: Breakdown;
  /** Finished trades, in the order in which they ended. */
  readonly trades: readonly Trade[];
  /** Trades that were open when the run ended. */
  readonly openTrades: readonly Trade[];
  readonly signalTimes: SignalTimes;
  readonly equity: EquityCurve;
  readonly prices: readonly PriceSeries[];
  /** One entry a file; `null` when the source of the data said nothing. */
  readonly data: readonly DataQuality[] | null;
  /** Most frequent first. */
  readonly issues: readonly IssueCount[];
  /** What a reader must know before believing the figures. */
  readonly warnings: readonly ResultWarning[];
}
