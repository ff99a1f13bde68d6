import { normalCdf } from './normal-distribution.js';
import type { Returns } from './returns.js';

/** Answer of {@link kupiecTest}. */
export interface KupiecTest {
  /** Likelihood ratio, chi-squared with one degree of freedom when the model is right. */
  readonly ratio: number;
  /** Probability of a ratio at least as large by luck. */
  readonly pValue: number;
}

/**
 * Kupiec's test (1995) of the proportion of failures: are `exceptions` losses beyond a value at risk, in `periods`, in keeping
 * with its tail probability?
 */
export const kupiecTest = (periods: number, exceptions: number, tail: number): KupiecTest => {
  const likelihood = (p: number): number =>
    (periods - exceptions === 0 ? 0 : (periods - exceptions) * Math.log1p(-p)) +
    (exceptions === 0 ? 0 : exceptions * Math.log(p));
  const ratio = Math.max(0, 2 * (likelihood(exceptions / periods) - likelihood(tail)));
  return { ratio, pValue: 2 * normalCdf(-Math.sqrt(ratio)) };
};

/**
 * Volatility of one period by RiskMetrics (1996): v = lambda * v + (1 - lambda) * r^2, seeded with the first squared return. One
 * value after each return.
 */
export const ewmaVolatility = (returns: Returns, lambda = 0.94): number[] => {
  let variance = 0;
  return returns.map((r, i) => {
    variance = i === 0 ? r * r : lambda * variance + (1 - lambda) * r * r;
    return Math.sqrt(variance);
  });
};
