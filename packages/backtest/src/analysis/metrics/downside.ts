import { mean } from './moments.js';
import type { Returns } from './returns.js';

/**
 * Downside deviation: the root of the mean of min(r - mar, 0)^2 over all periods, also those above (the `full` method of
 * PerformanceAnalytics, and Sortino's own). `null` of nothing.
 * @param mar - the minimum acceptable return of a period
 */
export const downsideDeviation = (returns: Returns, mar = 0): number | null => {
  const squares = mean(returns.map((r) => Math.min(r - mar, 0) ** 2));
  return squares === null ? null : Math.sqrt(squares);
};

/**
 * The Sortino ratio: mean of r - mar over {@link downsideDeviation}, times the root of scale. A scale of 1 is what
 * PerformanceAnalytics gives (not annualised), 252 what empyrical gives for days. `null` when no period fell short of `mar`.
 */
export const sortinoRatio = (returns: Returns, scale: number, mar = 0): number | null => {
  const deviation = downsideDeviation(returns, mar);
  if (deviation === null || deviation === 0) return null;
  return ((mean(returns.map((r) => r - mar)) as number) / deviation) * Math.sqrt(scale);
};

/** Omega (Keating and Shadwick 2002): the mean of what exceeds the threshold over the mean of what falls short of it. */
export const omegaRatio = (returns: Returns, threshold = 0): number | null => {
  let above = 0;
  let below = 0;
  for (const r of returns) {
    if (r > threshold) above += r - threshold;
    else below += threshold - r;
  }
  return below === 0 ? null : above / below;
};

/**
 * Upside potential ratio (Sortino, van der Meer and Plantinga 1999): the mean excess of the periods above `mar` over the root mean
 * square shortfall of the periods below it, each over its own periods only (PerformanceAnalytics, method `subset`).
 */
export const upsidePotentialRatio = (returns: Returns, mar = 0): number | null => {
  const above = mean(returns.filter((r) => r > mar).map((r) => r - mar));
  const below = mean(returns.filter((r) => r < mar).map((r) => (r - mar) ** 2));
  return above === null || below === null ? null : above / Math.sqrt(below);
};
