import type { Zone } from '@mikrobot/core';
import { readTwsTime } from '../tws-time.js';

const DAY_ONLY = /^(\d{4})(\d{2})(\d{2})$/;
const EPOCH = /^\d{9,11}$/;

/**
 * When a bar begins, epoch ms; undefined where nobody can tell. Requests ask for seconds since 1970; days come as their date all the same,
 * which is one of the exchange. A time without a zone would be that of whoever is logged in to TWS.
 * @param zone - of the exchange
 */
export const readBarTime = (text: string, zone: Zone): number | undefined => {
  const day = DAY_ONLY.exec(text);
  if (day !== null) return zone.toUtc(Date.UTC(Number(day[1]), Number(day[2]) - 1, Number(day[3])));
  return EPOCH.test(text) ? Number(text) * 1_000 : readTwsTime(text);
};
