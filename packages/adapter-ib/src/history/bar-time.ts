import type { Zone } from '@mikrobot/core';
import { exchangeZone } from '../contracts/time-zone.js';

const two = (value: number): string => String(value).padStart(2, '0');

/** A moment as requests name it, in UTC: `20251219-21:00:00`. */
export const twsUtc = (time: number): string => {
  const date = new Date(time);
  const day = `${date.getUTCFullYear()}${two(date.getUTCMonth() + 1)}${two(date.getUTCDate())}`;
  return `${day}-${two(date.getUTCHours())}:${two(date.getUTCMinutes())}:${two(date.getUTCSeconds())}`;
};

const DAY_ONLY = /^(\d{4})(\d{2})(\d{2})$/;
const EPOCH = /^\d{9,11}$/;
const WITH_ZONE = /^(\d{4})(\d{2})(\d{2})[ -](\d{2}):(\d{2}):(\d{2}) (\S+)$/;

/**
 * When a bar begins, epoch ms; undefined where nobody can tell. Requests ask for seconds since 1970; days come as their date all the same,
 * which is one of the exchange. A time without a zone would be that of whoever is logged in to TWS.
 * @param zone - of the exchange
 */
export const readBarTime = (text: string, zone: Zone): number | undefined => {
  const day = DAY_ONLY.exec(text);
  if (day !== null) return zone.toUtc(Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3])));
  if (EPOCH.test(text)) return Number(text) * 1_000;
  const named = WITH_ZONE.exec(text);
  if (named === null) return undefined;
  const [year, month, date, hour, minute, second] = named.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  return exchangeZone(named[7]!)?.toUtc(Date.UTC(year, month - 1, date, hour, minute, second));
};
