import { type Zone, zoneOf } from '@mikrobot/core';

const two = (value: number): string => String(value).padStart(2, '0');

/** `YYYYMMDD` of a local time, given as the epoch ms at which a clock in UTC shows the same. */
export const dateText = (local: number): string => {
  const date = new Date(local);
  return `${date.getUTCFullYear()}${two(date.getUTCMonth() + 1)}${two(date.getUTCDate())}`;
};

const clockText = (local: number): string => {
  const date = new Date(local);
  return [date.getUTCHours(), date.getUTCMinutes(), date.getUTCSeconds()].map(two).join(':');
};

/** `20260102` and `15:59:59` of a moment on the wall clock of a zone. Time in epoch ms. */
export const wallClock = (zone: Zone, time: number): { readonly date: string; readonly clock: string } => {
  const local = zone.toLocal(time);
  return { date: dateText(local), clock: clockText(local) };
};

/** `20260102 15:59:59 US/Eastern`, as executions and bars tell their time. Time in epoch ms. */
export const zonedTime = (zone: Zone, time: number): string => {
  const { date, clock } = wallClock(zone, time);
  return `${date} ${clock} ${zone.name}`;
};

/** `20260102-14:30:00`, in UTC. Time in epoch ms. */
export const utcTime = (time: number): string => `${dateText(time)}-${clockText(time)}`;

/** The midnight before a moment on the wall clock of a zone, epoch ms. */
export const midnight = (zone: Zone, time: number): number => {
  const local = zone.toLocal(time);
  return zone.toUtc(local - (((local % 86_400_000) + 86_400_000) % 86_400_000));
};

const UTC_FORM = /^(\d{4})(\d\d)(\d\d)-(\d\d):(\d\d)(?::(\d\d))?$/;
const ZONED_FORM = /^(?:(\d{4})(\d\d)(\d\d) +)?(\d\d):(\d\d)(?::(\d\d))?(?: +(\S+))?$/;

/** Short names that TWS knows beside those of the zone database. */
const SHORT: Readonly<Record<string, string>> = {
  EST: 'US/Eastern',
  EDT: 'US/Eastern',
  CST: 'US/Central',
  PST: 'US/Pacific',
  GMT: 'UTC',
};

const namedZone = (name: string): Zone | undefined => {
  try {
    return zoneOf(SHORT[name] ?? name);
  } catch {
    return undefined;
  }
};

const local = (part: readonly (string | undefined)[]): number | undefined => {
  const [y, mo, d, h, mi, s] = part.map((text) => Number(text ?? 0)) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  if (mo < 1 || mo > 12 || d < 1 || d > 31 || h > 23 || mi > 59 || s > 59) return undefined;
  return Date.UTC(y, mo - 1, d, h, mi, s);
};

/**
 * Reads a time as orders and filters write it: `20260102-15:59:59` in UTC, or `20260102 15:59:59 US/Eastern`, of which the date and the
 * zone can be left out. Source: IBKR Campus, codes 337 and 343, and TWS API release 10.18 for the form in UTC.
 * @param zone - where none is named
 * @param now - epoch ms: its date is taken where none is named
 * @returns epoch ms; undefined where it is no such time
 */
export const parseTime = (text: string, zone: Zone, now: number): number | undefined => {
  const utc = UTC_FORM.exec(text);
  if (utc !== null) return local(utc.slice(1, 7));
  const match = ZONED_FORM.exec(text);
  if (match === null) return undefined;
  const named = match[7] === undefined ? zone : namedZone(match[7]);
  if (named === undefined) return undefined;
  const today = wallClock(named, now).date;
  const date =
    match[1] === undefined ? [today.slice(0, 4), today.slice(4, 6), today.slice(6)] : match.slice(1, 4);
  const shown = local([...date, ...match.slice(4, 7)]);
  return shown === undefined ? undefined : named.toUtc(shown);
};
