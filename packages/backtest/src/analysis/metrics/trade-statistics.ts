import { fromMinor, toMinor } from '@mikrobot/core';
import { mean, standardDeviation, varies } from './moments.js';

/** What the statistics of a list of trades need of each. */
export interface TradeOutcome {
  /** Result after commission, account currency. */
  readonly net: number;
  /** `net` in multiples of the risk taken at entry; `null` when no stop was known. */
  readonly r: number | null;
}

/**
 * Statistics of finished trades, in account currency unless said otherwise. Wins and losses are judged by the result after
 * commission; losses are negative. A mean of nothing and a ratio to nothing are `null`.
 */
export interface TradeStatistics {
  readonly trades: number;
  readonly wins: number;
  readonly losses: number;
  /** Neither won nor lost. */
  readonly scratches: number;
  readonly net: number;
  /** Sum of the wins. */
  readonly grossProfit: number;
  /** Sum of the losses, 0 or negative. */
  readonly grossLoss: number;
  /** grossProfit / |grossLoss|; `null` when nothing was lost. */
  readonly profitFactor: number | null;
  /** Wins over all trades, 0 to 1. */
  readonly winRate: number | null;
  readonly averageWin: number | null;
  readonly averageLoss: number | null;
  /** averageWin / |averageLoss|. */
  readonly payoff: number | null;
  /** Mean result of a trade. */
  readonly expectancy: number | null;
  /** Mean of the R multiples that are known. */
  readonly expectancyR: number | null;
  /** Trades whose R multiple is known. */
  readonly withR: number;
  /** System quality number (Tharp): root of n times mean R over the standard deviation (n - 1) of R. */
  readonly systemQuality: number | null;
  readonly largestWin: number | null;
  readonly largestLoss: number | null;
  readonly longestWinRun: number;
  readonly longestLossRun: number;
  /** Kelly fraction winRate - (1 - winRate) / payoff: negative when the trades had no edge. */
  readonly kelly: number | null;
}

const longestRun = (trades: readonly TradeOutcome[], counts: (net: number) => boolean): number => {
  let longest = 0;
  let run = 0;
  for (const { net } of trades) {
    run = counts(net) ? run + 1 : 0;
    longest = Math.max(longest, run);
  }
  return longest;
};

/** Adds amounts of a currency without the dust of binary fractions. */
export const sumMoney = (amounts: readonly number[], currency: string): number => {
  let sum = 0n;
  for (const amount of amounts) sum += toMinor(amount, currency);
  return fromMinor(sum, currency);
};

const won = (net: number): boolean => net > 0;
const lost = (net: number): boolean => net < 0;
const ratio = (a: number, b: number): number | null => (b === 0 ? null : a / b);

/**
 * Computes {@link TradeStatistics}.
 * @param trades - in the order in which they ended (the runs depend on it)
 */
export const tradeStatistics = (trades: readonly TradeOutcome[], currency: string): TradeStatistics => {
  const nets = trades.map((t) => t.net);
  const wins = nets.filter(won);
  const losses = nets.filter(lost);
  const multiples = trades.flatMap((t) => (t.r === null ? [] : [t.r]));
  const net = sumMoney(nets, currency);
  const grossProfit = sumMoney(wins, currency);
  const grossLoss = sumMoney(losses, currency);
  const averageWin = ratio(grossProfit, wins.length);
  const averageLoss = ratio(grossLoss, losses.length);
  const winRate = ratio(wins.length, trades.length);
  const payoff = averageWin === null || averageLoss === null ? null : averageWin / -averageLoss;
  return {
    trades: trades.length,
    wins: wins.length,
    losses: losses.length,
    scratches: trades.length - wins.length - losses.length,
    net,
    grossProfit,
    grossLoss,
    profitFactor: ratio(grossProfit, Math.abs(grossLoss)),
    winRate,
    averageWin,
    averageLoss,
    payoff,
    expectancy: ratio(net, trades.length),
    expectancyR: mean(multiples),
    withR: multiples.length,
    systemQuality: varies(multiples)
      ? (Math.sqrt(multiples.length) * (mean(multiples) as number)) / (standardDeviation(multiples) as number)
      : null,
    largestWin: wins.length === 0 ? null : wins.reduce((a, b) => Math.max(a, b)),
    largestLoss: losses.length === 0 ? null : losses.reduce((a, b) => Math.min(a, b)),
    longestWinRun: longestRun(trades, won),
    longestLossRun: longestRun(trades, lost),
    kelly: winRate === null || payoff === null ? null : winRate - (1 - winRate) / payoff,
  };
};
