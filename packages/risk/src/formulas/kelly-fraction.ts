/**
 * The fraction of capital whose logarithm grows fastest on a bet that pays `payoff` times the stake with probability `p` and loses
 * the stake otherwise: `p - (1 - p) / payoff`. Not positive without an edge. Estimates of `p` are too good more often than too
 * bad, so people bet a half or a quarter of it. Kelly, A New Interpretation of Information Rate (1956).
 * @param p - 0 to 1
 * @param payoff - average win divided by average loss; positive
 * @returns NaN when an argument is out of range
 */
export const kellyFraction = (p: number, payoff: number): number =>
  p >= 0 && p <= 1 && payoff > 0 ? p - (1 - p) / payoff : Number.NaN;

/**
 * Kelly's leverage for returns that are normally distributed: `(mean - riskFree) / deviation^2`. Thorp, The Kelly Criterion in
 * Blackjack, Sports Betting and the Stock Market (2006).
 * @param mean - of the returns of a period, as fractions; `riskFree` likewise
 * @param deviation - standard deviation of the same returns; positive
 * @returns NaN when the deviation is not positive
 */
export const kellyLeverage = (mean: number, deviation: number, riskFree: number): number =>
  deviation > 0 ? (mean - riskFree) / deviation ** 2 : Number.NaN;
