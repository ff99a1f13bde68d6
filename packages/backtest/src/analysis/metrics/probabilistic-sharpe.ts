import { kurtosis, skewness } from './moments.js';
import { normalCdf } from './normal-distribution.js';
import { type Returns, sharpeRatio } from './returns.js';

/** How sure a Sharpe ratio is. All ratios are of one period, not annualised. */
export interface SharpeSignificance {
  readonly sharpe: number;
  readonly skewness: number;
  /** 3 for the normal distribution. */
  readonly kurtosis: number;
  /** Standard error of the ratio. */
  readonly error: number;
  /** Probability that the true ratio exceeds the benchmark, 0 to 1. */
  readonly probability: number;
}

/**
 * Standard error of a Sharpe ratio: root of (1 - g3 SR + (g4 - 1) / 4 SR^2) / (n - 1) (Mertens 2002; Lo 2002).
 * @param sharpe - of one period
 */
export const sharpeError = (sharpe: number, periods: number, skew: number, kurt: number): number =>
  Math.sqrt((1 - skew * sharpe + ((kurt - 1) / 4) * sharpe ** 2) / (periods - 1));

/**
 * The probabilistic Sharpe ratio of Bailey and Lopez de Prado (2012), "The Sharpe ratio efficient frontier". `null` below three
 * returns or when they do not vary.
 * @param benchmark - Sharpe ratio of one period to beat
 */
export const probabilisticSharpe = (returns: Returns, benchmark = 0): SharpeSignificance | null => {
  const sharpe = sharpeRatio(returns, 1);
  if (sharpe === null || returns.length < 3) return null;
  const skew = skewness(returns) as number;
  const kurt = kurtosis(returns) as number;
  const error = sharpeError(sharpe, returns.length, skew, kurt);
  return {
    sharpe,
    skewness: skew,
    kurtosis: kurt,
    error,
    probability: normalCdf((sharpe - benchmark) / error),
  };
};
