import { byLength, type DataGap, type DataQuality } from './data-quality.js';

/** Missing bars, 0 to 1, above which a result tells more of the holes than of the strategy. */
export const MUCH_MISSING = 0.05;

/** How much of the data is not there. */
export interface MissingData {
  /** Number of gaps. */
  readonly gaps: number;
  /** Bars missing over bars that should be there, 0 to 1; `null` when no source has bars. */
  readonly share: number | null;
  /** The longest gap that a source kept; `undefined` when none did. */
  readonly longest: DataGap | undefined;
}

/** Sums up the gaps of all sources. Sources of ticks count with their gaps, not in the share. */
export const missingData = (sources: readonly DataQuality[]): MissingData => {
  let [gaps, missing, expected] = [0, 0, 0];
  for (const { rows, rejected, gapCount, missingBars } of sources) {
    gaps += gapCount;
    if (missingBars === null) continue;
    missing += missingBars;
    expected += missingBars + rejected.reduce((left, { count }) => left - count, rows);
  }
  const [longest] = sources.flatMap((source) => source.gaps).sort(byLength);
  return { gaps, share: expected > 0 ? missing / expected : null, longest };
};

/**
 * Says how much is missing, and where most: `53 % of the bars are missing; the longest hole is 2022-09-13 to 2022-10-17`. Holes
 * within a day are told with their times, UTC. Empty when there are no gaps.
 */
export const missingText = (sources: readonly DataQuality[]): string => {
  const { gaps, share, longest } = missingData(sources);
  if (gaps === 0) return '';
  const parts = [
    share === null ? '' : `${percent(share)} of the bars are missing`,
    longest === undefined ? '' : `the longest hole is ${span(longest)}`,
  ];
  return parts.filter((part) => part !== '').join('; ');
};

const percent = (share: number): string => {
  if (share < 0.0005) return 'less than 0.1 %';
  return `${(share * 100).toFixed(share < 0.1 ? 1 : 0)} %`;
};

const span = ({ from, to }: DataGap): string => {
  const [start, end] = [from, to].map((time) => new Date(time).toISOString().slice(0, 16)) as [
    string,
    string,
  ];
  const [day, clock] = start.split('T');
  const [lastDay, lastClock] = end.split('T');
  return day === lastDay ? `${day} ${clock} to ${lastClock} UTC` : `${day} to ${lastDay}`;
};
