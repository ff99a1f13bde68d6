import * as z from 'zod';
import { chiSquaredQuantile, chiSquaredTailQuantile } from '../distributions/chi-squared.js';
import type { Limits } from './chart.js';
import { c4, d2, d3 } from './constants.js';
import { type LimitWidth, limitWidthSchema, normalSigmas } from './limit-width.js';
import { rangeQuantile } from './range-quantile.js';

/** What variables charts freeze. Plain JSON. */
export const variablesDesignSchema = z.strictObject({
  /** Mean of the process, in the unit of the values. */
  center: z.number(),
  /** Standard deviation of single values. */
  sigma: z.number().positive(),
  width: limitWidthSchema,
});
/** See {@link variablesDesignSchema}. */
export type VariablesDesign = Readonly<z.infer<typeof variablesDesignSchema>>;

const spreadLimits = (center: number, sigma: number, lower: number, upper: number): Limits => ({
  center,
  // A spread cannot be negative, and one of exactly 0 is no proof of a special cause.
  lower: Math.max(0, lower),
  upper,
  sigma,
});

/** Limits of the mean of n values; of single values with n = 1. */
export const meanLimits = ({ center, sigma, width }: VariablesDesign, n: number): Limits => {
  const zone = sigma / Math.sqrt(n);
  const reach = normalSigmas(width) * zone;
  return { center, lower: center - reach, upper: center + reach, sigma: zone };
};

/** Limits of the range of n values: d2 sigma ± k d3 sigma, or quantiles of the studentized range with known sigma. */
export const rangeLimits = (sigma: number, width: LimitWidth, n: number): Limits => {
  const center = d2(n) * sigma;
  const zone = d3(n) * sigma;
  if ('sigmas' in width)
    return spreadLimits(center, zone, center - width.sigmas * zone, center + width.sigmas * zone);
  const tail = (1 - width.confidence) / 2;
  return spreadLimits(center, zone, rangeQuantile(tail, n) * sigma, rangeQuantile(1 - tail, n) * sigma);
};

/** Limits of the standard deviation of n values: c4 sigma ± k sigma sqrt(1 - c4²), or by the chi-squared distribution. */
export const deviationLimits = (sigma: number, width: LimitWidth, n: number): Limits => {
  const factor = c4(n);
  const center = factor * sigma;
  const zone = Math.sqrt(1 - factor * factor) * sigma;
  if ('sigmas' in width)
    return spreadLimits(center, zone, center - width.sigmas * zone, center + width.sigmas * zone);
  const tail = (1 - width.confidence) / 2;
  const bound = (chiSquared: number) => sigma * Math.sqrt(chiSquared / (n - 1));
  return spreadLimits(
    center,
    zone,
    bound(chiSquaredQuantile(tail, n - 1)),
    bound(chiSquaredTailQuantile(tail, n - 1)),
  );
};
