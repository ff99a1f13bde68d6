import { exchangeZone } from './contracts/time-zone.js';

/** `20260102 15:59:59 US/Eastern`, `20260102-20:59:59` (UTC) and, from old or odd settings, without a zone. */
const PATTERN = /^(\d{4})(\d{2})(\d{2})(-|\s+)(\d{2}):(\d{2}):(\d{2})(?:\s+(\S+))?$/;

/**
 * A time as TWS writes it.
 * @returns epoch ms UTC; undefined for one that cannot be read, or says no zone: TWS then means the zone of its own machine
 */
export const readTwsTime = (text: string | undefined): number | undefined => {
  const [, year, month, day, joint, hour, minute, second, zone] = PATTERN.exec(text?.trim() ?? '') ?? [];
  if (second === undefined) return undefined;
  const local = Date.UTC(
    Number(year),
    Number(month) - 1,
    Number(day),
    Number(hour),
    Number(minute),
    Number(second),
  );
  if (joint === '-' && zone === undefined) return local;
  if (zone === undefined) return undefined;
  if (zone === 'UTC' || zone === 'Z') return local;
  return exchangeZone(zone)?.toUtc(local);
};

const two = (value: number): string => String(value).padStart(2, '0');

/**
 * A moment (epoch ms) in the form with a dash, which TWS reads as UTC. Rounded up: an order works, and bars reach, till their time and not
 * till just before.
 */
export const twsUtcTime = (time: number): string => {
  const at = new Date(Math.ceil(time / 1_000) * 1_000);
  const day = `${at.getUTCFullYear()}${two(at.getUTCMonth() + 1)}${two(at.getUTCDate())}`;
  return `${day}-${two(at.getUTCHours())}:${two(at.getUTCMinutes())}:${two(at.getUTCSeconds())}`;
};
