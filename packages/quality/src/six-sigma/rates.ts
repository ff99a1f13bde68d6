import { MikroBotError } from '@mikrobot/core';

/** Opportunities per DPMO. */
export const MILLION = 1_000_000;

/**
 * A rate from 0 to `most`.
 * @throws `MikroBotError` `BAD_DATA` when it is not.
 */
export const checkRate = (value: number, most: number, what: string): void => {
  if (!(typeof value === 'number' && value >= 0 && value <= most)) {
    throw new MikroBotError('BAD_DATA', `${what} is ${String(value)}, and can only be from 0 to ${most}.`);
  }
};
