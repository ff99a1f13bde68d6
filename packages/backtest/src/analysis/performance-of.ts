import type { EquityDrawdown } from './drawdown-tracker.js';
import type { Exposure } from './exposure.js';
import { mean } from './metrics/moments.js';
import { sumMoney, tradeStatistics } from './metrics/trade-statistics.js';
import { dailyFigures, type Performance } from './performance.js';
import type { Trade } from './trade.js';

/** What {@link performanceOf} needs. Money in account currency. */
export interface PerformanceInput {
  readonly currency: string;
  readonly trades: readonly Trade[];
  readonly openTrades: readonly Trade[];
  readonly start: { readonly balance: number; readonly equity: number };
  readonly end: { readonly balance: number; readonly equity: number };
  readonly drawdown: EquityDrawdown;
  readonly dailyReturns: readonly number[];
  readonly daysPerYear: number;
  readonly exposure: Exposure;
}

/** Computes all figures of a run. */
export const performanceOf = (input: PerformanceInput): Performance => {
  const { currency, trades, start, end, drawdown } = input;
  const all = [...trades, ...input.openTrades];
  const money = (amounts: readonly number[]): number => sumMoney(amounts, currency);
  const realised = money(all.map((t) => t.net));
  const equityChange = money([end.equity - start.equity]);
  const floating = money([end.equity - end.balance - (start.equity - start.balance)]);
  return {
    trades: tradeStatistics(trades, currency),
    profit: money(all.map((t) => t.profit)),
    commission: money(all.map((t) => t.commission)),
    realised,
    floating,
    other: money([equityChange, -realised, -floating]),
    equityChange,
    totalReturn: start.equity > 0 ? equityChange / start.equity : null,
    drawdown,
    recovery: drawdown.money > 0 ? equityChange / drawdown.money : null,
    daily: dailyFigures(input.dailyReturns, input.daysPerYear),
    exposure: input.exposure,
    averageHeldMs: mean(trades.map((t) => t.heldMs)),
  };
};
