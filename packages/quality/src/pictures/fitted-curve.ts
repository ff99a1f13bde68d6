import { MikroBotError } from '@mikrobot/core';
import type { CapabilityResult } from '../capability/result.js';
import { normalCdf } from '../distributions/normal.js';
import type { FittedDistribution } from '../fitting/fitted-distribution.js';
import type { Capable } from '../monitor/capability-of.js';
import type { Place } from './path.js';
import type { Range } from './scale.js';

/** P(X <= x). */
export type Cdf = (x: number) => number;

/** The distribution that a study stands on, where the study itself tells all of it. */
const studied = ({ method, center, overall }: CapabilityResult): Cdf | undefined => {
  if (center === undefined || overall === undefined) return undefined;
  const through = (z: number): number => normalCdf((z - center) / overall.sigma);
  if (method === 'normal') return through;
  return method === 'lognormal' ? (x) => (x > 0 ? through(Math.log(x)) : 0) : undefined;
};

/** What a curve can be drawn from; percentiles of the values themselves have none. */
export const curveOf = (
  distribution: FittedDistribution | undefined,
  result: CapabilityResult | Capable | undefined,
): Cdf | undefined => {
  if (distribution !== undefined)
    return distribution.name === 'empirical' ? undefined : (x) => distribution.cdf(x);
  return result === undefined || 'index' in result ? undefined : studied(result);
};

const STEPS = 160;

/** NaN where values at the end of all numbers gave a distribution that cannot be computed. */
const shareBetween = (cdf: Cdf, from: number, to: number): number => {
  try {
    return cdf(to) - cdf(from);
  } catch (error) {
    if (error instanceof MikroBotError) return Number.NaN;
    throw error;
  }
};

/**
 * How many of `n` values a bin of such a width around each place should hold: the density on the scale of the bars.
 * @returns pairs of value and number; a number that cannot be computed is left out
 */
export const expectedCounts = (cdf: Cdf, [low, high]: Range, n: number, width: number): readonly Place[] =>
  Array.from({ length: STEPS + 1 }, (_, i): Place => {
    const x = low * (1 - i / STEPS) + high * (i / STEPS);
    return [x, Math.max(0, n * shareBetween(cdf, x - width / 2, x + width / 2))];
  }).filter(([, count]) => Number.isFinite(count));
