import { normalQuantile, normalTail, normalTailQuantile } from '../distributions/normal.js';
import { checkFinite } from '../numeric/check.js';
import { checkRate, MILLION } from './rates.js';

/** How much worse than its short-term self a process is taken to be in the long run. */
export interface ShiftOptions {
  /** In standard deviations. Default 1.5, Motorola's convention, on which the name "six sigma" rests; 0 for none. */
  readonly shift?: number | undefined;
}

/** {@link ShiftOptions}, and which limits count. */
export interface SigmaOptions extends ShiftOptions {
  /** Default 'one': only the limit to which the mean shifts, as in the published tables. 'two': the far limit too. */
  readonly tails?: 'one' | 'two' | undefined;
}

const shiftOf = ({ shift = 1.5 }: ShiftOptions): number => {
  checkFinite(shift, 'the shift of a sigma level');
  return shift;
};

/**
 * Defects per million opportunities at a sigma level: `10^6 P(Z > s - shift)`, with both tails and `P(Z > s + shift)` added.
 * The published table: 6 → 3.4, 5 → 233, 4 → 6210, 3 → 66807.
 * @throws `MikroBotError` `BAD_CONFIG` when the level or the shift is not finite.
 */
export const dpmoOfSigma = (sigma: number, options: SigmaOptions = {}): number => {
  checkFinite(sigma, 'a sigma level');
  const shift = shiftOf(options);
  return MILLION * (normalTail(sigma - shift) + (options.tails === 'two' ? normalTail(sigma + shift) : 0));
};

/**
 * The share of good opportunities at a sigma level, 0 to 1; one tail.
 * @throws `MikroBotError` `BAD_CONFIG` when the level or the shift is not finite.
 */
export const yieldOfSigma = (sigma: number, options: ShiftOptions = {}): number => {
  checkFinite(sigma, 'a sigma level');
  return normalTail(shiftOf(options) - sigma);
};

/**
 * The sigma level of defects per million opportunities: `z(1 - DPMO / 10^6) + shift`, one tail.
 * @returns undefined for 0 and for a million, which have no finite level: no defect so far shows no sigma level at all, an upper
 * bound of the rate does ({@link defectRates})
 * @throws `MikroBotError` `BAD_DATA` when it is not from 0 to a million.
 */
export const sigmaLevel = (dpmo: number, options: ShiftOptions = {}): number | undefined => {
  checkRate(dpmo, MILLION, 'DPMO');
  const shift = shiftOf(options);
  return dpmo === 0 || dpmo === MILLION ? undefined : normalTailQuantile(dpmo / MILLION) + shift;
};

/**
 * The sigma level of a yield; exact for yields near 0, where a share of defects would have lost its digits.
 * @param goods - the share of good ones, 0 to 1
 * @returns undefined for 0 and 1
 * @throws `MikroBotError` `BAD_DATA` when it is not from 0 to 1.
 */
export const sigmaLevelOfYield = (goods: number, options: ShiftOptions = {}): number | undefined => {
  checkRate(goods, 1, 'a yield');
  const shift = shiftOf(options);
  return goods === 0 || goods === 1 ? undefined : normalQuantile(goods) + shift;
};
