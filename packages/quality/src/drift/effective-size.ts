import { checkWhole } from '../numeric/check.js';
import { checkPhi } from './ar1.js';

/** How many independent values would say as much. */
export interface EffectiveSize {
  /** About the mean; more than n when neighbours alternate. */
  readonly mean: number;
  /** About the variance; never more than n. */
  readonly variance: number;
}

/** `n / (1 + 2 sum (1 - k / n) r^k)` with k from 1 to n - 1. */
const shrink = (n: number, r: number): number => {
  let sum = 0;
  let power = r;
  // The closed form loses its digits where r is near 1; the sum ends where powers no longer count.
  for (let k = 1; k < n && Math.abs(power) > 1e-18; k++) {
    sum += (1 - k / n) * power;
    power *= r;
  }
  return n / (1 + 2 * sum);
};

/**
 * The effective sample size of n values of an AR(1) process, exactly for finite n (Bayley and Hammersley, The effective number of
 * independent observations in an autocorrelated time series, 1946). The variance depends on the squares of autocorrelations.
 * @param phi - the autocorrelation at lag 1, between -1 and 1
 * @throws `MikroBotError` `BAD_CONFIG` for an n that is no whole number from 1 on, or a phi that is not between -1 and 1.
 *
 * @example
 * ```ts
 * effectiveSize({ n: 150, phi: 0.7 }).mean; // 26.96: a mean of 150 such values is as good as one of 27
 * ```
 */
export const effectiveSize = ({ n, phi }: { readonly n: number; readonly phi: number }): EffectiveSize => {
  checkWhole(n, 'the number of values', 1);
  checkPhi(phi);
  return { mean: shrink(n, phi), variance: shrink(n, phi ** 2) };
};
