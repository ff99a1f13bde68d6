import { checkWhole } from '../numeric/check.js';
import { integrate } from '../numeric/gauss-legendre.js';
import { normalCdf } from './normal.js';

interface RangeMoments {
  readonly mean: number;
  readonly deviation: number;
}

const known = new Map<number, RangeMoments>();

/** Beyond it the range of a thousand values has no probability that a double could add. */
const widest = 20;

/**
 * Density of the range w of n standard normals: n (n-1) ∫ φ(x) φ(x+w) [Φ(x+w) - Φ(x)]^(n-2) dx, where with v = x + w/2 the
 * product of both densities is exp(-v² - w²/4) / (2 pi), even in v.
 */
const density = (w: number, n: number): number => {
  const inner = (v: number) => Math.exp(-v * v) * (normalCdf(w / 2 - v) - normalCdf(-w / 2 - v)) ** (n - 2);
  return (
    ((n * (n - 1)) / Math.PI) * Math.exp((-w * w) / 4) * integrate(inner, 0, 8, { panels: 4, nodes: 24 })
  );
};

const moments = (n: number): RangeMoments => {
  checkWhole(n, 'the size of a sample whose range is taken', 2);
  const before = known.get(n);
  if (before !== undefined) return before;
  const over = (f: (w: number) => number) =>
    integrate((w) => f(w) * density(w, n), 0, widest, { panels: 10, nodes: 24 });
  const mean = over((w) => w);
  const made = { mean, deviation: Math.sqrt(over((w) => (w - mean) ** 2)) };
  known.set(n, made);
  return made;
};

/**
 * d2: the mean of the range of n values of a standard normal distribution (L. H. C. Tippett, 1925; tables: ASTM, H. L. Harter 1960),
 * in double precision.
 * @param n - 2 or more, whole; checked against independent integrals up to 1000
 * @throws `MikroBotError` `BAD_CONFIG` for another n.
 */
export const rangeMean = (n: number): number => moments(n).mean;

/** d3: the standard deviation of the range of n values of a standard normal distribution; otherwise like {@link rangeMean}. */
export const rangeDeviation = (n: number): number => moments(n).deviation;
