import { MikroBotError } from '@mikrobot/core';
import type { Note } from '../notes.js';
import { checkShare } from '../numeric/check.js';
import { checkValues } from '../values.js';
import { type Figure, figure } from './figure.js';
import { tooFew } from './lacks.js';

/** How far two distributions are apart, at the place where they are farthest. */
export interface KolmogorovSmirnovTest {
  /** The largest difference of the two empirical distribution functions. */
  readonly d: number | undefined;
  /** Two-sided and asymptotic (Kolmogorov, 1933; Smirnov, 1939); too large when values are tied. */
  readonly pValue: number | undefined;
  readonly notes: readonly Note[];
}

/** How much a distribution over bins has shifted. */
export interface PopulationStability {
  /** PSI; a custom of credit scoring calls it small below 0.1 and a shift above 0.25. */
  readonly psi: number | undefined;
  readonly referenceShares: readonly number[] | undefined;
  readonly currentShares: readonly number[] | undefined;
  readonly notes: readonly Note[];
}

/** Walks over all places of two samples: how far, and the difference of both distribution functions from there on. */
const walk = (
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  visit: (difference: number, width: number) => void,
): void => {
  const [a, b] = [Float64Array.from(reference).sort(), Float64Array.from(current).sort()];
  let [i, j] = [0, 0];
  while (i < a.length || j < b.length) {
    const x = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    while (i < a.length && a[i]! <= x) i++;
    while (j < b.length && b[j]! <= x) j++;
    const next = Math.min(a[i] ?? Infinity, b[j] ?? Infinity);
    visit(i / a.length - j / b.length, next === Infinity ? 0 : next - x);
  }
};

/** The chance that Kolmogorov's limit is greater than z. */
const kolmogorovTail = (z: number): number => {
  let sum = 0;
  // Either series converges fast on its own side of 1 (Marsaglia, Tsang and Wang, 2003).
  if (z < 1) {
    if (z === 0) return 1;
    for (let k = 1; k <= 20; k++) sum += Math.exp(-(((2 * k - 1) * Math.PI) ** 2) / (8 * z * z));
    return 1 - (Math.sqrt(2 * Math.PI) / z) * sum;
  }
  for (let k = 1; k <= 20; k++) sum += (k % 2 === 1 ? 2 : -2) * Math.exp(-2 * (k * z) ** 2);
  return sum;
};

/**
 * The test of Kolmogorov and Smirnov for two samples.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const kolmogorovSmirnov = (
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
): KolmogorovSmirnovTest => {
  checkValues(reference, 'the reference');
  checkValues(current, 'a comparison');
  const notes = tooFew(reference, current, 1);
  if (notes.length > 0) return { d: undefined, pValue: undefined, notes };
  let d = 0;
  walk(reference, current, (difference) => {
    d = Math.max(d, Math.abs(difference));
  });
  const [m, n] = [reference.length, current.length];
  return { d, pValue: kolmogorovTail(d * Math.sqrt((m * n) / (m + n))), notes };
};

/**
 * The first Wasserstein distance (earth mover's): the area between both distribution functions, in the unit of the values.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const wasserstein1 = (reference: ArrayLike<number>, current: ArrayLike<number>): Figure => {
  checkValues(reference, 'the reference');
  checkValues(current, 'a comparison');
  const notes = tooFew(reference, current, 1);
  if (notes.length > 0) return { value: undefined, notes };
  let area = 0;
  walk(reference, current, (difference, width) => {
    area += Math.abs(difference) * width;
  });
  return figure(area);
};

/**
 * The population stability index: the sum of `(c - r) ln(c / r)` over bins (Kullback's divergence, 1959; Siddiqi, 2006).
 * @param options - `edges` between bins, ascending: a bin holds what is above its lower edge and at most its upper one, and the first
 * and last are open (deciles of the reference are usual: 9 edges); `floor`, the share that an empty bin is given, 0.0001 unless given
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite, `BAD_CONFIG` when edges do not ascend.
 */
export const populationStability = (
  reference: ArrayLike<number>,
  current: ArrayLike<number>,
  { edges, floor = 0.0001 }: { readonly edges: readonly number[]; readonly floor?: number },
): PopulationStability => {
  checkValues(reference, 'the reference');
  checkValues(current, 'a comparison');
  checkShare(floor, 'the share of an empty bin');
  if (edges.length === 0 || !edges.every((edge, i) => Number.isFinite(edge) && !(edge <= edges[i - 1]!))) {
    throw new MikroBotError('BAD_CONFIG', 'the edges between bins must be finite and ascend.', {
      hint: 'Leave out quantiles that are the same.',
    });
  }
  const notes = tooFew(reference, current, 1);
  if (notes.length > 0)
    return { psi: undefined, referenceShares: undefined, currentShares: undefined, notes };
  const shares = (values: ArrayLike<number>): readonly number[] => {
    const counts = new Array<number>(edges.length + 1).fill(0);
    for (let i = 0; i < values.length; i++) {
      const bin = edges.findIndex((edge) => values[i]! <= edge);
      counts[bin === -1 ? edges.length : bin]!++;
    }
    return counts.map((count) => count / values.length);
  };
  const [referenceShares, currentShares] = [shares(reference), shares(current)];
  const psi = referenceShares.reduce((sum, share, i) => {
    const r = share === 0 ? floor : share;
    const c = currentShares[i] === 0 ? floor : currentShares[i]!;
    return sum + (c - r) * Math.log(c / r);
  }, 0);
  return { psi, referenceShares, currentShares, notes };
};
