import { type TradeStatistics, tradeStatistics } from './metrics/trade-statistics.js';
import type { Trade } from './trade.js';

/** Statistics of the finished trades that share a property. */
export interface BreakdownRow {
  readonly key: string;
  readonly statistics: TradeStatistics;
}

/** Finished trades by several properties; each row set adds up to all trades. Most trades first. */
export interface Breakdown {
  /** Session at the entry. */
  readonly session: readonly BreakdownRow[];
  /** Volatility at the entry. */
  readonly volatility: readonly BreakdownRow[];
  readonly symbol: readonly BreakdownRow[];
  /** Name of the strategy. */
  readonly strategy: readonly BreakdownRow[];
  /** The ledger: a strategy on a symbol with its parameters, or a person. */
  readonly owner: readonly BreakdownRow[];
  readonly side: readonly BreakdownRow[];
  readonly exit: readonly BreakdownRow[];
}

/** Groups trades by a property. */
const breakdownBy = (
  trades: readonly Trade[],
  key: (trade: Trade) => string,
  currency: string,
): BreakdownRow[] => {
  const groups = new Map<string, Trade[]>();
  for (const trade of trades) {
    const name = key(trade);
    const group = groups.get(name);
    if (group === undefined) groups.set(name, [trade]);
    else group.push(trade);
  }
  return [...groups]
    .map(([name, group]) => ({ key: name, statistics: tradeStatistics(group, currency) }))
    .sort((a, b) => b.statistics.trades - a.statistics.trades);
};

/** Groups trades in every way that reports show. */
export const breakdownOf = (trades: readonly Trade[], currency: string): Breakdown => ({
  session: breakdownBy(trades, (t) => t.session, currency),
  volatility: breakdownBy(trades, (t) => t.volatility, currency),
  symbol: breakdownBy(trades, (t) => t.symbol, currency),
  strategy: breakdownBy(trades, (t) => t.strategy, currency),
  owner: breakdownBy(trades, (t) => t.owner, currency),
  side: breakdownBy(trades, (t) => (t.side === 'buy' ? 'long' : 'short'), currency),
  exit: breakdownBy(trades, (t) => t.exit ?? 'open', currency),
});
