import { checkWhole } from '../numeric/check.js';
import { integrate } from '../numeric/gauss-legendre.js';
import { normalCdf } from './normal.js';

interface RangeMoments {
  readonly mean: number;
  readonly deviation: number;
}

const known = new Map<number, RangeMoments>();

/** Beyond it the range of ten thousand values has no probability that a double could add. */
const widest = 18;

/** The trapezoidal rule is exact for what falls off like exp(-v²) on both sides; beyond this that is less than 1e-19. */
const farthest = 6.6;

const panels = 9;

/**
 * Density of the range w of n standard normals: n (n-1) ∫ φ(x) φ(x+w) [Φ(x+w) - Φ(x)]^(n-2) dx, where with v = x + w/2 the
 * product of both densities is exp(-v² - w²/4) / (2 pi), even in v. The more values, the narrower is the power.
 */
const density = (w: number, n: number): number => {
  const step = Math.min(0.15, 0.5 / Math.log(n));
  let sum = 0;
  for (let i = 0; i * step <= farthest; i++) {
    const v = i * step;
    const inside = normalCdf(w / 2 - v) - normalCdf(-w / 2 - v);
    sum += (i === 0 ? 1 : 2) * Math.exp(-v * v) * inside ** (n - 2);
  }
  return ((n * (n - 1)) / (2 * Math.PI)) * Math.exp((-w * w) / 4) * sum * step;
};

const moments = (n: number): RangeMoments => {
  checkWhole(n, 'the size of a sample whose range is taken', 2);
  const before = known.get(n);
  if (before !== undefined) return before;
  // Both integrals look at the same places.
  const densities = new Map<number, number>();
  const at = (w: number): number => {
    const made = densities.get(w) ?? density(w, n);
    densities.set(w, made);
    return made;
  };
  const over = (f: (w: number) => number) => integrate(f, 0, widest, { panels, nodes: 20 });
  const mean = over((w) => w * at(w));
  const made = { mean, deviation: Math.sqrt(over((w) => (w - mean) ** 2 * at(w))) };
  known.set(n, made);
  return made;
};

/**
 * d2: the mean of the range of n values of a standard normal distribution (L. H. C. Tippett, 1925; tables: ASTM, H. L. Harter 1960),
 * in double precision.
 * @param n - 2 or more, whole; exact to 13 digits up to 100,000
 * @throws `MikroBotError` `BAD_CONFIG` for another n.
 */
export const rangeMean = (n: number): number => moments(n).mean;

/** d3: the standard deviation of the range of n values of a standard normal distribution; otherwise like {@link rangeMean}. */
export const rangeDeviation = (n: number): number => moments(n).deviation;
