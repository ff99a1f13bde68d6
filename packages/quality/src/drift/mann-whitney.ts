import { normalTail } from '../distributions/normal.js';
import type { Note } from '../notes.js';
import { OrderedValues } from '../streaming/ordered-values.js';
import { checkValues } from '../values.js';
import { tooFew } from './lacks.js';
import { tiesOf } from './ranks.js';

/** Whether one sample tends to be greater than the other. */
export interface MannWhitneyTest {
  /** Pairs in which the reference is greater; a tie counts as half. */
  readonly w: number | undefined;
  /** Two-sided. */
  readonly pValue: number | undefined;
  /** Whether the p-value is counted from all orders; else it is from the normal distribution, corrected for continuity. */
  readonly exact: boolean;
  readonly notes: readonly Note[];
}

/** Samples from that size on are taken as normal, as R does. */
const LARGE = 50;

/** The chance that W is at most w when all orders are as likely: all ways to choose m of m + n ranks, by their sum. */
const exactCdf = (w: number, m: number, n: number): number => {
  const most = m * n;
  // ways[k][u]: choices of k ranks whose sum is u above the least.
  const ways = Array.from({ length: m + 1 }, () => new Float64Array(most + 1));
  ways[0]![0] = 1;
  for (let rank = 1; rank <= m + n; rank++) {
    for (let k = Math.min(m, rank); k >= 1; k--) {
      const more = rank - k;
      if (more > n) continue;
      const [with1, without] = [ways[k]!, ways[k - 1]!];
      for (let u = more; u <= most; u++) with1[u]! += without[u - more]!;
    }
  }
  const all = ways[m]!;
  const total = all.reduce((sum, count) => sum + count, 0);
  return all.subarray(0, w + 1).reduce((sum, count) => sum + count, 0) / total;
};

/**
 * The rank sum test of Mann and Whitney (1947) with the conventions of R's wilcox.test: exact for fewer than 50 values each and no
 * ties, else normal with corrections for ties and continuity.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const mannWhitney = (reference: ArrayLike<number>, current: ArrayLike<number>): MannWhitneyTest => {
  checkValues(reference, 'the reference');
  checkValues(current, 'a comparison');
  const [m, n] = [reference.length, current.length];
  const few = tooFew(reference, current, 1);
  if (few.length > 0) return { w: undefined, pValue: undefined, exact: false, notes: few };
  const ordered = new OrderedValues(n);
  for (let i = 0; i < n; i++) ordered.insert(current[i]!);
  let w = 0;
  for (let i = 0; i < m; i++) {
    const x = reference[i]!;
    w += (n + ordered.countBelow(x) - ordered.countAbove(x)) / 2;
  }
  const ties = tiesOf([...Array.from(reference), ...Array.from(current)]);
  const middle = (m * n) / 2;
  if (m < LARGE && n < LARGE && ties.every((t) => t === 1)) {
    // W and mn - W are as likely, so that the upper tail is a lower one too.
    const pValue = Math.min(1, 2 * exactCdf(Math.min(w, m * n - w), m, n));
    return { w, pValue, exact: true, notes: [] };
  }
  if (ties.length === 1) {
    const detail = `All ${m + n} values are the same, so that they have no order.`;
    return { w, pValue: undefined, exact: false, notes: [{ code: 'NO_SPREAD', detail }] };
  }
  const tied = ties.reduce((sum, t) => sum + (t ** 3 - t), 0) / ((m + n) * (m + n - 1));
  const away = w - middle;
  const z = (away - Math.sign(away) / 2) / Math.sqrt((m * n * (m + n + 1 - tied)) / 12);
  return { w, pValue: Math.min(1, 2 * normalTail(Math.abs(z))), exact: false, notes: [] };
};
