import { mean } from './moments.js';
import { normalQuantile } from './normal-distribution.js';
import { correlation, covariance } from './relative.js';
import type { Returns } from './returns.js';

/** Risk of a portfolio and how its parts share it. Lists and matrices are in the order of the assets. */
export interface PortfolioRisk {
  /** Sample covariances (n - 1). */
  readonly covariance: readonly (readonly number[])[];
  /** `null` where an asset does not vary. */
  readonly correlation: readonly (readonly (number | null)[])[];
  /** Standard deviation of one period. */
  readonly deviation: number;
  /** Marginal contributions: how much the deviation grows a unit of weight. */
  readonly marginal: readonly number[];
  /** Each asset's share of the deviation; they add up to 1. */
  readonly share: readonly number[];
  /** Gaussian value at risk as a positive loss. */
  readonly valueAtRisk: number;
  /** Each asset's part of it; they add up to {@link PortfolioRisk.valueAtRisk}. */
  readonly valueAtRiskParts: readonly number[];
  /** Weighted mean of the assets' deviations over the portfolio's (Choueifaty and Coignard 2008). */
  readonly diversification: number;
}

/**
 * Euler's decomposition of risk (Boudt, Peterson and Croux 2008). `null` below two periods or when nothing varies.
 * @param assets - one series of returns an asset, all of one length
 * @param tail - probability of the tail: 0.05 for 95 %
 */
export const portfolioRisk = (
  assets: readonly Returns[],
  weights: readonly number[],
  tail = 0.05,
): PortfolioRisk | null => {
  const matrix = assets.map((a) => assets.map((b) => covariance(a, b) ?? 0));
  const weight = (i: number): number => weights[i] ?? 0;
  const products = matrix.map((row) => row.reduce((sum, value, j) => sum + value * weight(j), 0));
  const deviation = Math.sqrt(products.reduce((sum, value, i) => sum + value * weight(i), 0));
  if (!(deviation > 0)) return null;
  const marginal = products.map((value) => value / deviation);
  const z = normalQuantile(tail);
  const parts = assets.map((asset, i) => weight(i) * (-(mean(asset) ?? 0) - z * (marginal[i] as number)));
  const single = matrix.reduce((sum, row, i) => sum + weight(i) * Math.sqrt(row[i] as number), 0);
  return {
    covariance: matrix,
    correlation: assets.map((a) => assets.map((b) => correlation(a, b))),
    deviation,
    marginal,
    share: marginal.map((value, i) => (value * weight(i)) / deviation),
    valueAtRisk: parts.reduce((sum, part) => sum + part, 0),
    valueAtRiskParts: parts,
    diversification: single / deviation,
  };
};
