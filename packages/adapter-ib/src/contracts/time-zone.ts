import { type Zone, zoneOf } from '@mikrobot/core';

/**
 * Names of zones that TWS took from Java, or still takes, and that mean the wall clock of an exchange. `EST` and `MST` are zones
 * without summer time elsewhere, but an exchange's hours follow the clock of its city. Three letters that IANA does not know, or knows
 * for another place, are named here as well.
 */
const byOldName: Readonly<Record<string, string>> = {
  EST: 'America/New_York',
  EST5EDT: 'America/New_York',
  'US/Eastern': 'America/New_York',
  CST: 'America/Chicago',
  CST6CDT: 'America/Chicago',
  'US/Central': 'America/Chicago',
  MST: 'America/Denver',
  MST7MDT: 'America/Denver',
  PST: 'America/Los_Angeles',
  PST8PDT: 'America/Los_Angeles',
  'US/Pacific': 'America/Los_Angeles',
  MET: 'Europe/Berlin',
  CET: 'Europe/Berlin',
  EET: 'Europe/Helsinki',
  WET: 'Europe/Lisbon',
  BST: 'Europe/London',
  GB: 'Europe/London',
  'GB-Eire': 'Europe/London',
  JST: 'Asia/Tokyo',
  Japan: 'Asia/Tokyo',
  HKT: 'Asia/Hong_Kong',
  Hongkong: 'Asia/Hong_Kong',
  HongKong: 'Asia/Hong_Kong',
  IST: 'Asia/Kolkata',
  SGT: 'Asia/Singapore',
  Singapore: 'Asia/Singapore',
  AET: 'Australia/Sydney',
  AEST: 'Australia/Sydney',
  'Australia/NSW': 'Australia/Sydney',
  KST: 'Asia/Seoul',
  ROK: 'Asia/Seoul',
};

/**
 * The zone that TWS means; undefined where nobody knows it.
 * @param id - such as `US/Central`, `America/New_York`, or `EST (Eastern Standard Time)` as older versions wrote it
 */
export const exchangeZone = (id: string): Zone | undefined => {
  const name = id.replace(/\s*\(.*$/, '').trim();
  if (name === '') return undefined;
  try {
    return zoneOf(byOldName[name] ?? name);
  } catch {
    return undefined;
  }
};
