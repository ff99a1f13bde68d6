import { mean, standardDeviation, varies } from './moments.js';
import type { Returns } from './returns.js';

/** What Kelly's criterion says of a bet that wins `b` times the stake with probability `p` and else loses the stake. */
export interface KellyBet {
  /** p - (1 - p) / b: negative when the bet should not be taken. */
  readonly fraction: number;
  /** Within 0 to 1: what can be staked. */
  readonly clamped: number;
  /** Expected logarithmic growth a bet when the clamped fraction, half or twice of it is staked; `null` beyond ruin. */
  readonly growthAtFull: number | null;
  readonly growthAtHalf: number | null;
  readonly growthAtDouble: number | null;
}

/** Kelly (1956) for a binary bet. */
export const kellyBet = (p: number, b: number): KellyBet => {
  const fraction = p - (1 - p) / b;
  const clamped = Math.min(1, Math.max(0, fraction));
  const growth = (f: number): number | null =>
    f >= 1 && p < 1 ? null : p * Math.log1p(b * f) + (p < 1 ? (1 - p) * Math.log1p(-f) : 0);
  return {
    fraction,
    clamped,
    growthAtFull: growth(clamped),
    growthAtHalf: growth(clamped / 2),
    growthAtDouble: growth(clamped * 2),
  };
};

/**
 * Kelly for a price that diffuses: (mu - riskFree) / sigma^2, all of one year (Merton 1969).
 */
export const kellyContinuous = (mu: number, sigma: number, riskFree = 0): number | null =>
  sigma === 0 ? null : (mu - riskFree) / sigma ** 2;

/** {@link kellyContinuous} from returns: mean / variance (n - 1). `null` when they do not vary. */
export const kellyOfReturns = (returns: Returns): number | null =>
  varies(returns) ? (mean(returns) as number) / (standardDeviation(returns) as number) ** 2 : null;
