import type { EquityDrawdown } from './drawdown-tracker.js';
import type { Exposure } from './exposure.js';
import { sortinoRatio } from './metrics/downside.js';
import { calmarRatio, maxDrawdown } from './metrics/drawdowns.js';
import { probabilisticSharpe } from './metrics/probabilistic-sharpe.js';
import { annualReturn, annualVolatility, sharpeRatio, stability } from './metrics/returns.js';
import { historicalShortfall, historicalVar } from './metrics/tail-risk.js';
import type { TradeStatistics } from './metrics/trade-statistics.js';

/** With fewer daily returns than this, annualised figures are `null`: they would be noise with an exponent. */
export const ENOUGH_DAYS = 20;

/**
 * Figures of the daily returns of equity by UTC day (see `DailyReturns`), annualised with `daysPerYear`; the risk-free return is 0.
 * All but `days` and `daysPerYear` are `null` below {@link ENOUGH_DAYS} days.
 */
export interface DailyFigures {
  readonly days: number;
  readonly daysPerYear: number;
  /** Geometric. */
  readonly annualReturn: number | null;
  readonly annualVolatility: number | null;
  /** Mean / standard deviation (n - 1) of daily returns, times the root of daysPerYear. */
  readonly sharpe: number | null;
  /** Mean over downside deviation below 0 (all days), times the root of daysPerYear. */
  readonly sortino: number | null;
  /** Annual return over the largest drawdown of the daily returns. */
  readonly calmar: number | null;
  /** Largest drawdown of the daily returns, 0 to 1: milder than the one of all samples. */
  readonly maxDrawdown: number | null;
  /** Probability that the true Sharpe ratio is above 0 (Bailey and Lopez de Prado 2012). */
  readonly sharpeAboveZero: number | null;
  /** Historical value at risk and expected shortfall of a day at 95 %, as returns (a loss is negative). */
  readonly valueAtRisk: number | null;
  readonly shortfall: number | null;
  /** R squared of the logarithm of wealth over time, 0 to 1. */
  readonly stability: number | null;
}

/** Computes {@link DailyFigures}. */
export const dailyFigures = (returns: readonly number[], daysPerYear: number): DailyFigures => {
  const enough = returns.length >= ENOUGH_DAYS;
  const figure = (compute: () => number | null): number | null => (enough ? compute() : null);
  return {
    days: returns.length,
    daysPerYear,
    annualReturn: figure(() => annualReturn(returns, daysPerYear)),
    annualVolatility: figure(() => annualVolatility(returns, daysPerYear)),
    sharpe: figure(() => sharpeRatio(returns, daysPerYear)),
    sortino: figure(() => sortinoRatio(returns, daysPerYear)),
    calmar: figure(() => calmarRatio(returns, daysPerYear)),
    maxDrawdown: figure(() => maxDrawdown(returns)),
    sharpeAboveZero: figure(() => probabilisticSharpe(returns)?.probability ?? null),
    valueAtRisk: figure(() => historicalVar(returns, 0.05)),
    shortfall: figure(() => historicalShortfall(returns, 0.05)),
    stability: figure(() => stability(returns)),
  };
};

/** All figures of a run. Money in account currency. */
export interface Performance {
  /** Of finished trades. */
  readonly trades: TradeStatistics;
  /** Realised by all fills before commission, and the commission. */
  readonly profit: number;
  readonly commission: number;
  /** Realised by all fills after commission: finished trades, and what open ones have realised. */
  readonly realised: number;
  /** What the profit of open positions at the quotes changed by; without any at the start, that of those still open. */
  readonly floating: number;
  /** What else changed the balance: financing, corrections, cents of rounding. */
  readonly other: number;
  /** Change of equity from start to end: realised + floating + other. */
  readonly equityChange: number;
  /** The same as a fraction of the starting equity; `null` when that was not positive. */
  readonly totalReturn: number | null;
  /** Of all samples of equity: at each bar's close, each fill, start and end. */
  readonly drawdown: EquityDrawdown;
  /** Equity change over the largest fall in money; `null` without a fall. */
  readonly recovery: number | null;
  readonly daily: DailyFigures;
  readonly exposure: Exposure;
  /** Mean time in a trade, ms. */
  readonly averageHeldMs: number | null;
}
