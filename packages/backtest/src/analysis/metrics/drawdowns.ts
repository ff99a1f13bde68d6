import { mean } from './moments.js';
import { annualReturn, type Returns, wealthOf } from './returns.js';

/** Loss against the highest wealth so far after each period, as a fraction 0 to 1. The starting wealth of 1 counts as a high. */
export const drawdownSeries = (returns: Returns): number[] => {
  let high = 1;
  return wealthOf(returns).map((wealth) => {
    high = Math.max(high, wealth);
    return Math.min(1, 1 - wealth / high);
  });
};

/** The largest of {@link drawdownSeries}; 0 of nothing. */
export const maxDrawdown = (returns: Returns): number => {
  let worst = 0;
  for (const drawdown of drawdownSeries(returns)) worst = Math.max(worst, drawdown);
  return worst;
};

/** One stay below a former high. Positions are 0-based indices of returns. */
export interface DrawdownEpisode {
  /** Fraction, 0 to 1. */
  readonly depth: number;
  /** The first period below the high. */
  readonly from: number;
  readonly trough: number;
  /** The period that reached the high again; `null` when none has yet. */
  readonly to: number | null;
  /**
   * Periods from `from` to `to`, both counted. Without a recovery the period after the last stands for it, as in
   * PerformanceAnalytics.
   */
  readonly length: number;
}

/** All drawdowns, the deepest first. */
export const drawdownEpisodes = (returns: Returns): DrawdownEpisode[] => {
  const series = drawdownSeries(returns);
  const episodes: DrawdownEpisode[] = [];
  let from: number | null = null;
  let trough = 0;
  const close = (start: number, end: number, to: number | null): void => {
    episodes.push({ depth: series[trough] as number, from: start, trough, to, length: end - start + 1 });
  };
  for (const [i, drawdown] of series.entries()) {
    if (drawdown > 0) {
      if (from === null || drawdown > (series[trough] as number)) trough = i;
      from ??= i;
    } else if (from !== null) {
      close(from, i, i);
      from = null;
    }
  }
  if (from !== null) close(from, series.length, null);
  return episodes.sort((a, b) => b.depth - a.depth);
};

/** Mean depth of all drawdowns; `null` when there was none. */
export const averageDrawdown = (returns: Returns): number | null =>
  mean(drawdownEpisodes(returns).map((episode) => episode.depth));

/** Ulcer index (Martin and McCann 1989): root mean square of {@link drawdownSeries}. */
export const ulcerIndex = (returns: Returns): number | null => {
  const squares = mean(drawdownSeries(returns).map((d) => d * d));
  return squares === null ? null : Math.sqrt(squares);
};

/** Pain index (Becker 2006): mean of {@link drawdownSeries}. */
export const painIndex = (returns: Returns): number | null => mean(drawdownSeries(returns));

/** Calmar ratio (Young 1991): geometric annual return over the largest drawdown; `null` without a drawdown. */
export const calmarRatio = (returns: Returns, scale: number): number | null => {
  const worst = maxDrawdown(returns);
  return worst === 0 ? null : (annualReturn(returns, scale) as number) / worst;
};

/**
 * Burke ratio as PerformanceAnalytics computes it: geometric annual return over the root of the sum of squared runs of losses. A
 * run is compounded from returns divided by 100, which makes it almost their plain sum; a loss in the very first period is not
 * counted. Kept for comparison with published figures.
 */
export const burkeRatio = (returns: Returns, scale: number): number | null => {
  let squares = 0;
  let run = 1;
  for (const r of [...returns.slice(1), 0]) {
    if (r < 0) run *= 1 + r / 100;
    else {
      squares += ((run - 1) * 100) ** 2;
      run = 1;
    }
  }
  return squares === 0 ? null : (annualReturn(returns, scale) as number) / Math.sqrt(squares);
};
