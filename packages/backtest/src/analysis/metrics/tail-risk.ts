import { centralMoment, kurtosis, mean, quantile, skewness, standardDeviation } from './moments.js';
import { normalCdf, normalDensity, normalQuantile } from './normal-distribution.js';
import type { Returns } from './returns.js';

/*
 * Value at risk and expected shortfall are given as returns, so a loss is negative. `tail` is the probability of the tail: 0.05
 * for 95 % confidence. All are `null` when the returns do not suffice.
 */

/** Historical value at risk: the type-7 quantile of the returns. */
export const historicalVar = (returns: Returns, tail: number): number | null => quantile(returns, tail);

/** Historical expected shortfall: the mean of the returns that are not above {@link historicalVar}. */
export const historicalShortfall = (returns: Returns, tail: number): number | null => {
  const limit = historicalVar(returns, tail);
  return limit === null ? null : mean(returns.filter((r) => r <= limit));
};

const spreadOf = (returns: Returns, divisor: 'n' | 'n-1'): number | null => {
  const variance = centralMoment(returns, 2);
  return divisor === 'n-1' ? standardDeviation(returns) : variance === null ? null : Math.sqrt(variance);
};

/**
 * Gaussian value at risk: mean + z * deviation.
 * @param divisor - of the variance: `n` as in PerformanceAnalytics, or `n-1`
 */
export const gaussianVar = (returns: Returns, tail: number, divisor: 'n' | 'n-1' = 'n'): number | null => {
  const spread = spreadOf(returns, divisor);
  return spread === null ? null : (mean(returns) as number) + normalQuantile(tail) * spread;
};

/** Gaussian expected shortfall: mean - deviation * density(z) / tail, with population moments. */
export const gaussianShortfall = (returns: Returns, tail: number): number | null => {
  const spread = spreadOf(returns, 'n');
  if (spread === null) return null;
  return (mean(returns) as number) - (spread * normalDensity(normalQuantile(tail))) / tail;
};

interface Shape {
  readonly centre: number;
  readonly spread: number;
  readonly skew: number;
  readonly excess: number;
}

const shapeOf = (returns: Returns): Shape | null => {
  const skew = skewness(returns);
  if (skew === null) return null;
  const excess = (kurtosis(returns) as number) - 3;
  return { centre: mean(returns) as number, spread: spreadOf(returns, 'n') as number, skew, excess };
};

/** The Cornish-Fisher quantile: the normal one, bent by skewness and excess kurtosis. */
const cornishFisher = (z: number, { skew, excess }: Shape): number =>
  z + ((z ** 2 - 1) * skew) / 6 + ((z ** 3 - 3 * z) * excess) / 24 - ((2 * z ** 3 - 5 * z) * skew ** 2) / 36;

/** Modified value at risk (Favre and Galeano 2002): Gaussian with the Cornish-Fisher quantile, population moments. */
export const modifiedVar = (returns: Returns, tail: number): number | null => {
  const shape = shapeOf(returns);
  return shape === null ? null : shape.centre + cornishFisher(normalQuantile(tail), shape) * shape.spread;
};

/** The integral of x^power * density(x) up to h, with its sign as Boudt et al. use it (2008, appendix). */
const partialMoment = (power: number, h: number): number => {
  if (power === 1) return -normalDensity(h);
  if (power === 0) return normalCdf(h);
  return -(h ** (power - 1)) * normalDensity(h) + (power - 1) * partialMoment(power - 2, h);
};

/**
 * Modified expected shortfall of Boudt, Peterson and Croux (2008): the Edgeworth expansion below the Cornish-Fisher quantile, never
 * milder than {@link modifiedVar} (the "operational" form of PerformanceAnalytics).
 */
export const modifiedShortfall = (returns: Returns, tail: number): number | null => {
  const shape = shapeOf(returns);
  if (shape === null) return null;
  const { centre, spread, skew, excess } = shape;
  const h = cornishFisher(normalQuantile(tail), shape);
  // The mean below h of the Edgeworth density: x times (1 + skew He3 / 6 + excess He4 / 24 + skew^2 He6 / 72).
  const moment = (power: number): number => partialMoment(power, h);
  const edgeworth =
    moment(1) +
    ((moment(4) - 3 * moment(2)) * skew) / 6 +
    ((moment(5) - 6 * moment(3) + 3 * moment(1)) * excess) / 24 +
    ((moment(7) - 15 * moment(5) + 45 * moment(3) - 15 * moment(1)) * skew ** 2) / 72;
  return centre + spread * Math.min(edgeworth / tail, h);
};
