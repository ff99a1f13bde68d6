// Feeds: what a simulated venue plays

// Back-test: run a bot and find out what it did
export { type BacktestOptions, backtest } from './analysis/backtest.js';
export type { PriceBar, PriceSeries } from './analysis/bar-series.js';
export type { Breakdown, BreakdownRow } from './analysis/breakdown.js';
export type { CostsPaid, CostsStatement, Slippage } from './analysis/costs.js';
export type { DataGap, DataQuality, RejectedRows } from './analysis/data-quality.js';
export { DecisionsHash, decisionText } from './analysis/decisions-hash.js';
export type { EquityDrawdown } from './analysis/drawdown-tracker.js';
export type { Exposure } from './analysis/exposure.js';
export type { Funnel, RefusalCount } from './analysis/funnel.js';
export type { InstrumentFacts } from './analysis/instrument-facts.js';
// Metrics: figures of returns and trades by named conventions
export {
  downsideDeviation,
  omegaRatio,
  sortinoRatio,
  upsidePotentialRatio,
} from './analysis/metrics/downside.js';
export {
  averageDrawdown,
  burkeRatio,
  calmarRatio,
  type DrawdownEpisode,
  drawdownEpisodes,
  drawdownSeries,
  maxDrawdown,
  painIndex,
  ulcerIndex,
} from './analysis/metrics/drawdowns.js';
export { type KellyBet, kellyBet, kellyContinuous, kellyOfReturns } from './analysis/metrics/kelly.js';
export { kurtosis, mean, quantile, skewness, standardDeviation } from './analysis/metrics/moments.js';
export { normalCdf, normalDensity, normalQuantile } from './analysis/metrics/normal-distribution.js';
export { type PortfolioRisk, portfolioRisk } from './analysis/metrics/portfolio-risk.js';
export {
  probabilisticSharpe,
  type SharpeSignificance,
  sharpeError,
} from './analysis/metrics/probabilistic-sharpe.js';
export {
  alpha,
  beta,
  correlation,
  covariance,
  informationRatio,
  trackingError,
  treynorRatio,
} from './analysis/metrics/relative.js';
export {
  annualReturn,
  annualVolatility,
  compoundReturn,
  geometricSharpeRatio,
  type Returns,
  sharpeRatio,
  stability,
} from './analysis/metrics/returns.js';
export {
  gaussianShortfall,
  gaussianVar,
  historicalShortfall,
  historicalVar,
  modifiedShortfall,
  modifiedVar,
} from './analysis/metrics/tail-risk.js';
export {
  type TradeOutcome,
  type TradeStatistics,
  tradeStatistics,
} from './analysis/metrics/trade-statistics.js';
export { ewmaVolatility, type KupiecTest, kupiecTest } from './analysis/metrics/value-at-risk-test.js';
export { type MissingData, missingData, missingText } from './analysis/missing-data.js';
export type { ObservedBot, ObservedIssue, ObservedRun, Told } from './analysis/observed-bot.js';
export type { OrderCounts } from './analysis/order-counts.js';
export { type DailyFigures, ENOUGH_DAYS, type Performance } from './analysis/performance.js';
export { profitText } from './analysis/profit-text.js';
export { Recorder, type RecorderOptions, type RunFacts } from './analysis/recorder.js';
export type { BacktestResult, EquityCurve, IssueCount } from './analysis/result.js';
export type { SignalTimes } from './analysis/signal-times.js';
export type { ExitCause, Trade } from './analysis/trade.js';
export { type VolatilityTag, volatilityTags } from './analysis/volatility-regime.js';
export { ENOUGH_TRADES, type ResultWarning, type WarningCode, warningCodes } from './analysis/warnings.js';
export { csv, type FileFeed } from './feed/csv.js';
export type { CsvFiles, CsvSource } from './feed/csv-source.js';
export { dataQualityOf } from './feed/data-quality-of.js';
export type { BarGap, FeedProgress, FeedReport, FileReport } from './feed/feed-report.js';
export type { ProgressListener } from './feed/file-set.js';
export { fromBars, fromTicks, merge } from './feed/memory-feeds.js';
// Rows: what tools read
export { type FileRows, readBars, readTicks } from './feed/read-rows.js';
export type { FaultCount } from './readers/file-tally.js';
export { type LayoutName, layouts } from './readers/layout.js';
export { type RejectedRow, type RowFault, rowFaults } from './readers/row-fault.js';

// Report: a result for programs and for people
export type { ReportSection } from './report/section.js';
export { type HtmlOptions, toHtml } from './report/to-html.js';
export { toJson } from './report/to-json.js';
