import { zoneOf } from '@mikrobot/core';
import { dateText } from '../times.js';

const FORM = /^(\d{4})(\d{2})(\d{2})(-| {1,2})(\d{2}):(\d{2})(?::(\d{2}))?(?: (\S+))?$/;

/** A moment that a request names. */
export interface Moment {
  /** Epoch ms. */
  readonly time: number;
  /** Whether it said in which zone: TWS warns (2174) where it did not, and takes the contract's. */
  readonly zoned: boolean;
}

/**
 * Reads `20240102 16:00:00 US/Eastern`, `20240102-21:00:00` (UTC), or `20240102 16:00:00` by the clock of `zone`. Undefined for
 * what is none of these.
 */
export const momentOf = (text: string, zone: string): Moment | undefined => {
  const match = FORM.exec(text);
  if (match === null) return undefined;
  const [, year, month, day, separator, hour, minute, second = '0', named] = match;
  const parts = [year, month, day, hour, minute, second].map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const local = Date.UTC(parts[0], parts[1] - 1, parts[2], parts[3], parts[4], parts[5]);
  if (dateText(local) !== `${year}${month}${day}` || parts[3] > 23 || parts[4] > 59) return undefined;
  if (separator === '-') return named === undefined ? { time: local, zoned: true } : undefined;
  try {
    return { time: zoneOf(named ?? zone).toUtc(local), zoned: named !== undefined };
  } catch {
    return undefined;
  }
};
