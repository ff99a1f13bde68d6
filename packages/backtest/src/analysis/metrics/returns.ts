import { mean, standardDeviation, varies } from './moments.js';

/**
 * Simple returns of equal periods, as fractions: 0.01 is one percent. `scale` everywhere is the number of periods in a year:
 * 252 for trading days, 12 for months.
 */
export type Returns = readonly number[];

/** The wealth after each period of one unit invested: running product of 1 + r. */
export const wealthOf = (returns: Returns): number[] => {
  let wealth = 1;
  return returns.map((r) => {
    wealth *= 1 + r;
    return wealth;
  });
};

/** The whole period's return: product of 1 + r, less 1. 0 of nothing. */
export const compoundReturn = (returns: Returns): number => (wealthOf(returns).at(-1) ?? 1) - 1;

/**
 * The geometric annual return: (product of 1 + r)^(scale / n) - 1. `null` of nothing; -1 once all is lost.
 */
export const annualReturn = (returns: Returns, scale: number): number | null => {
  if (returns.length === 0) return null;
  const wealth = 1 + compoundReturn(returns);
  return wealth <= 0 ? -1 : wealth ** (scale / returns.length) - 1;
};

/** Standard deviation (n - 1) of the returns times the root of scale. */
export const annualVolatility = (returns: Returns, scale: number): number | null => {
  const deviation = standardDeviation(returns);
  return deviation === null ? null : deviation * Math.sqrt(scale);
};

const excess = (returns: Returns, riskFree: number): number[] => returns.map((r) => r - riskFree);

/**
 * The Sharpe ratio as most platforms write it: mean / standard deviation (n - 1) of the returns, times the root of scale
 * (Sharpe 1994; the same as empyrical and PerformanceAnalytics with `geometric = FALSE`). A scale of 1 gives the ratio of one
 * period. `null` when the returns do not vary.
 * @param riskFree - a period's risk-free return
 */
export const sharpeRatio = (returns: Returns, scale: number, riskFree = 0): number | null => {
  if (!varies(returns)) return null;
  const average = mean(excess(returns, riskFree)) as number;
  return (average / (standardDeviation(returns) as number)) * Math.sqrt(scale);
};

/**
 * The Sharpe ratio of PerformanceAnalytics with `geometric = TRUE`: the geometric annual return of the excess over the annual
 * volatility of the returns.
 * @param riskFree - a period's risk-free return
 */
export const geometricSharpeRatio = (returns: Returns, scale: number, riskFree = 0): number | null =>
  varies(returns)
    ? (annualReturn(excess(returns, riskFree), scale) as number) /
      (annualVolatility(returns, scale) as number)
    : null;

/**
 * How straight the wealth grew: R squared of a line through the logarithm of wealth over time (empyrical's
 * `stability_of_timeseries`). 0 to 1; `null` when nothing varies or all is lost.
 */
export const stability = (returns: Returns): number | null => {
  const logs = wealthOf(returns).map(Math.log);
  if (!logs.every(Number.isFinite) || !varies(logs)) return null;
  const level = mean(logs) as number;
  const middle = (logs.length - 1) / 2;
  let both = 0;
  let time = 0;
  let log = 0;
  for (const [i, value] of logs.entries()) {
    both += (i - middle) * (value - level);
    time += (i - middle) ** 2;
    log += (value - level) ** 2;
  }
  return both ** 2 / (time * log);
};
