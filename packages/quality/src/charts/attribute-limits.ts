import { binomialQuantile, geometricQuantile, poissonQuantile } from '../distributions/discrete.js';
import type { Limits } from './chart.js';
import { type LimitOptions, type LimitWidth, limitWidth } from './limit-width.js';

/** Around `center`, at least 0 and at most `most`; by quantiles where a confidence is given. */
const around = (
  center: number,
  sigma: number,
  most: number,
  width: LimitWidth,
  quantile: (q: number) => number,
): Limits =>
  'sigmas' in width
    ? {
        center,
        lower: Math.max(0, center - width.sigmas * sigma),
        upper: Math.min(most, center + width.sigmas * sigma),
        sigma,
      }
    : {
        center,
        lower: quantile((1 - width.confidence) / 2),
        upper: quantile((1 + width.confidence) / 2),
        sigma,
      };

const over = ({ center, lower, upper, sigma }: Limits, size: number): Limits => ({
  center: center / size,
  lower: lower! / size,
  upper: upper! / size,
  sigma: sigma / size,
});

/**
 * Limits of the number of defectives among `size` items. Source: Montgomery (7th ed.), equation 7.13.
 * @param options - `sigmas` (default 3): the normal approximation, cut off where the statistic cannot go. `confidence`: exact
 * quantiles; for small counts the normal approximation is far from them
 * @param proportion - of defectives in control
 * @param dispersion - how much wider than binomial the counts vary; 1 for a plain np chart. Exact limits have none.
 */
export const npLimits = (
  proportion: number,
  size: number,
  options: LimitOptions = {},
  dispersion = 1,
): Limits => {
  const sigma = Math.sqrt(size * proportion * (1 - proportion)) * dispersion;
  return around(size * proportion, sigma, size, limitWidth(options), (q) =>
    binomialQuantile(q, size, proportion),
  );
};

/** Limits of the proportion of defectives among `size` items: those of {@link npLimits} over the size. */
export const pLimits = (
  proportion: number,
  size: number,
  options: LimitOptions = {},
  dispersion = 1,
): Limits => over(npLimits(proportion, size, options, dispersion), size);

/** Limits of a number of defects that is `mean` in control. Source: Montgomery (7th ed.), equation 7.17. Parameters as above. */
export const cLimits = (mean: number, options: LimitOptions = {}, dispersion = 1): Limits =>
  around(mean, Math.sqrt(mean) * dispersion, Infinity, limitWidth(options), (q) => poissonQuantile(q, mean));

/** Limits of defects per unit on `size` units, at a rate per unit: those of {@link cLimits} over the size. */
export const uLimits = (rate: number, size: number, options: LimitOptions = {}, dispersion = 1): Limits =>
  over(cLimits(rate * size, options, dispersion), size);

/** Exact limits unless something else is asked for. */
export const gWidth = (options: LimitOptions): LimitWidth =>
  limitWidth(
    options.sigmas === undefined && options.confidence === undefined ? { confidence: 0.9973 } : options,
  );

/**
 * Limits of a number that has a geometric distribution. Exact by default (confidence 0.9973): it is so skew that 3 sigmas mean
 * little. Sources: Kaminsky, Benneyan, Davis and Burke (1992); Benneyan (2001).
 * @param probability - of the event in one trial
 * @param counting - `'between'`: trials without the event between two events, 0 or more; `'trials'`: the event's own included, 1 or more
 */
export const gLimits = (
  probability: number,
  counting: 'between' | 'trials',
  options: LimitOptions = {},
): Limits => {
  const least = counting === 'trials' ? 1 : 0;
  const sigma = Math.sqrt(1 - probability) / probability;
  return around(
    (1 - probability) / probability + least,
    sigma,
    Infinity,
    gWidth(options),
    (q) => geometricQuantile(q, probability) + least,
  );
};
