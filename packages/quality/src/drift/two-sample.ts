import { fCdf, fTail } from '../distributions/f.js';
import { studentTail } from '../distributions/student-t.js';
import type { Note } from '../notes.js';
import { momentsOf } from '../streaming/summary.js';
import { tooFew } from './lacks.js';

/** Whether two means differ. */
export interface WelchTest {
  /** Positive when the reference is greater. */
  readonly t: number | undefined;
  /** Degrees of freedom of Welch and Satterthwaite. */
  readonly df: number | undefined;
  /** Two-sided. */
  readonly pValue: number | undefined;
  /** Mean of the reference less that of the current values, in their unit. */
  readonly difference: number | undefined;
  readonly notes: readonly Note[];
}

/** Whether two variances differ. */
export interface FTest {
  /** Variance of the reference over that of the current values. */
  readonly f: number | undefined;
  readonly df1: number;
  readonly df2: number;
  /** Two-sided. */
  readonly pValue: number | undefined;
  readonly notes: readonly Note[];
}

/**
 * The t-test of Welch (1947) for means of samples whose variances may differ.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const welchTest = (reference: ArrayLike<number>, current: ArrayLike<number>): WelchTest => {
  const [a, b] = [momentsOf(reference), momentsOf(current)];
  const notes = tooFew(reference, current, 2);
  const difference = a.n === 0 || b.n === 0 ? undefined : a.mean! - b.mean!;
  const none = { t: undefined, df: undefined, pValue: undefined, difference };
  if (notes.length > 0) return { ...none, notes };
  const [seA, seB] = [a.variance! / a.n, b.variance! / b.n];
  if (seA + seB === 0)
    return { ...none, notes: [{ code: 'NO_SPREAD', detail: 'Neither of the samples has any spread.' }] };
  const t = difference! / Math.sqrt(seA + seB);
  // In shares, since squares of tiny variances would be 0.
  const share = seA / (seA + seB);
  const df = 1 / (share ** 2 / (a.n - 1) + (1 - share) ** 2 / (b.n - 1));
  return { t, df, pValue: 2 * studentTail(Math.abs(t), df), difference, notes };
};

/**
 * The F-test for two variances, as R's var.test. It depends on the normal distribution of both samples.
 * @throws `MikroBotError` `BAD_DATA` when a value is not finite.
 */
export const fTest = (reference: ArrayLike<number>, current: ArrayLike<number>): FTest => {
  const [a, b] = [momentsOf(reference), momentsOf(current)];
  const [df1, df2] = [a.n - 1, b.n - 1];
  const notes = tooFew(reference, current, 2);
  if (notes.length > 0) return { f: undefined, df1, df2, pValue: undefined, notes };
  const flat = [a.variance === 0 ? 'reference' : [], b.variance === 0 ? 'current' : []].flat();
  if (flat.length > 0) {
    const detail = `The ${flat.join(' and the ')} values have no spread, so that variances have no ratio.`;
    return { f: undefined, df1, df2, pValue: undefined, notes: [{ code: 'NO_SPREAD', detail }] };
  }
  const f = a.variance! / b.variance!;
  return { f, df1, df2, pValue: Math.min(1, 2 * Math.min(fCdf(f, df1, df2), fTail(f, df1, df2))), notes };
};
