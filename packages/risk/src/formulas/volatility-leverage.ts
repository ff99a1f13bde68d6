/** Volatility a year from that of a period: `deviation x sqrt(periods)`. @param periods - a year: 252 for trading days */
export const annualVolatility = (deviation: number, periods: number): number =>
  deviation * Math.sqrt(periods);

/**
 * Notional value over equity at which a position has the wanted volatility: `target / volatility`.
 * @param target - of the position on the account, fraction a year
 * @param volatility - of the instrument, fraction a year
 * @returns 0 when either is no positive number
 */
export const volatilityLeverage = (target: number, volatility: number): number => {
  const leverage = target / volatility;
  return leverage > 0 && leverage < Number.POSITIVE_INFINITY ? leverage : 0;
};
