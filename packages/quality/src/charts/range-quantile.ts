import { normalCdf, normalDensity, normalQuantile } from '../distributions/normal.js';
import { findRoot } from '../numeric/find-root.js';
import { integrate } from '../numeric/gauss-legendre.js';

/** P(R <= w) of n standard normal values: n ∫ φ(x) [Φ(x + w) - Φ(x)]^(n - 1) dx (Tippett, 1925). */
const rangeCdf = (w: number, n: number): number =>
  n *
  integrate((x) => normalDensity(x) * (normalCdf(x + w) - normalCdf(x)) ** (n - 1), -8 - w, 8, {
    panels: 12,
    nodes: 24,
  });

/**
 * The range of n standard normal values below which a share p of all ranges lies: probability limits of R and MR charts.
 * @param p - in (0, 1)
 */
export const rangeQuantile = (p: number, n: number): number => {
  if (n === 2) return Math.SQRT2 * normalQuantile((1 + p) / 2);
  return findRoot((w) => rangeCdf(w, n) - p, 0, 20, { tolerance: 1e-13 });
};
