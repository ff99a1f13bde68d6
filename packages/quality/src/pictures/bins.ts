import { quantile } from '../fitting/quantile.js';
import { extent, finite } from './scale.js';
import { multiple, niceStep } from './ticks.js';

/** Values from `from` to just below `to`. */
export interface Bin {
  readonly from: number;
  readonly to: number;
  readonly inside: number;
  /** Those beyond the specification. */
  readonly outside: number;
}

/** Fewer tell no shape, more tell nothing but noise. */
const FEWEST = 5;
const MOST = 40;

/** How many bins: by Freedman and Diaconis (1981); by Sturges (1926) where the middle half of the values is one value. */
const wanted = (sorted: readonly number[]): number => {
  const n = sorted.length;
  const at = (p: number): number => quantile(sorted, p) ?? 0;
  const width = 2 * (at(0.75) / 2 - at(0.25) / 2) * (2 / Math.cbrt(n));
  const span = sorted.at(-1)! / 2 - sorted[0]! / 2;
  const many = (2 * span) / width;
  const asked = Number.isFinite(many) ? Math.ceil(many) : Math.ceil(Math.log2(n)) + 1;
  return Math.min(MOST, Math.max(FEWEST, asked));
};

/** The width of a bin, a round number. */
const binWidth = (sorted: readonly number[]): number => {
  const many = wanted(sorted);
  const width = niceStep(sorted.at(-1)! / many - sorted[0]! / many);
  // Whole numbers in bins of fractions would look like a comb.
  const isWhole = width > 0 && width < 1 && sorted.every(Number.isInteger);
  return isWhole ? 1 : width;
};

/**
 * Values counted in bins of equal, round width.
 * @param spare - how wide a bin is where values do not spread; above 0
 * @param isOutside - whether a value is beyond the specification
 */
export const binsOf = (
  values: readonly number[],
  spare: number,
  isOutside: (value: number) => boolean,
): readonly Bin[] => {
  const range = extent(values);
  if (range === undefined) return [];
  const sorted = [...values].sort((a, b) => a - b);
  const width = binWidth(sorted);
  const place = (value: number): number => Math.floor(value / width + 1e-9);
  const first = place(range[0]);
  const many = place(range[1]) - first + 1;
  // Values that do not spread stand in the middle of one bin; so do those whose differences are lost in their last digits.
  const isFit = width > 0 && many >= 1 && many <= 3 * MOST && Number.isSafeInteger(first);
  const count = isFit ? many : 1;
  const inside = new Array<number>(count).fill(0);
  const outside = new Array<number>(count).fill(0);
  for (const value of values) {
    const counts = isOutside(value) ? outside : inside;
    const i = isFit ? Math.min(count - 1, Math.max(0, place(value) - first)) : 0;
    counts[i]! += 1;
  }
  const edge = (i: number): number =>
    isFit ? multiple(first + i, width) : i === 0 ? range[0] - spare / 2 : range[1] + spare / 2;
  return inside.map((n, i) => ({
    from: finite(edge(i)),
    to: finite(edge(i + 1)),
    inside: n,
    outside: outside[i]!,
  }));
};
