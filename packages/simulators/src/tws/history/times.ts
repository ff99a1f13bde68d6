import { zoneOf } from '@mikrobot/core';
import { dateText } from '../contracts/trading-hours.js';

const two = (value: number): string => String(value).padStart(2, '0');

const clockOf = (local: number): string => {
  const date = new Date(local);
  return [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
};

/** `20240102 09:30:00 US/Eastern`. */
export const zonedText = (time: number, zone: string): string => {
  const local = zoneOf(zone).toLocal(time);
  return `${dateText(local)} ${clockOf(local)} ${zone}`;
};

/** `20240102-14:30:00`, in UTC. */
export const utcText = (time: number): string => `${dateText(time)}-${clockOf(time)}`;

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
