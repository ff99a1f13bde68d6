import { deviation, mean } from '../streaming/summary.js';

/** Points of a chart from which its limits are learned (phase I). */
export const PHASE_ONE = 25;

/** Where the mean of a subgroup is expected, and the standard deviation of such means. */
export interface Learned {
  readonly center: number;
  readonly sigma: number;
  /** Points that were left out as special causes. */
  readonly purged: number;
}

/**
 * Limits from the means of phase I. The standard deviation is that of the means themselves, not of the values within: what
 * changes slowly then widens the limits instead of breaking them all the time. Points beyond three of it are taken out, again and
 * again until none is.
 * @returns undefined when more than a quarter had to go: that was no stable process
 */
export const learn = (means: readonly number[]): Learned | undefined => {
  let kept = means;
  for (;;) {
    const center = mean(kept) ?? 0;
    const sigma = deviation(kept) ?? 0;
    const rest = kept.filter((value) => Math.abs(value - center) <= 3 * sigma);
    const purged = means.length - rest.length;
    if (purged > means.length / 4) return undefined;
    if (rest.length === kept.length) return { center, sigma, purged };
    kept = rest;
  }
};
