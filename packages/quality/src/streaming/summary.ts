import { checkValues } from '../values.js';
import { Moments } from './moments.js';

/**
 * The moments of values that are all there.
 * @throws `MikroBotError` `BAD_DATA` when one is not finite.
 */
export const momentsOf = (values: ArrayLike<number>): Moments => {
  checkValues(values, 'the moments');
  const moments = new Moments();
  for (let i = 0; i < values.length; i++) moments.push(values[i]!);
  return moments;
};

/** The arithmetic mean; undefined without values. @throws `MikroBotError` `BAD_DATA` when one is not finite. */
export const mean = (values: ArrayLike<number>): number | undefined => momentsOf(values).mean;

/**
 * The standard deviation with n - 1; undefined below two values.
 * @throws `MikroBotError` `BAD_DATA` when one is not finite.
 */
export const deviation = (values: ArrayLike<number>): number | undefined => momentsOf(values).deviation;

/** The variance with n - 1; undefined below two values. @throws `MikroBotError` `BAD_DATA` when one is not finite. */
export const variance = (values: ArrayLike<number>): number | undefined => momentsOf(values).variance;
