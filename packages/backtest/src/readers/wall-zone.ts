import { MikroBotError, type Zone, zoneOf } from '@mikrobot/core';

const DAY = 86_400_000;
const MOST_HOURS = 18;

/** How a file's wall times become UTC. */
export interface WallZone {
  /** As given: an IANA zone, an offset, or a zone with hours added. */
  readonly name: string;
  /**
   * Epoch ms of a wall time, which is given as the epoch ms that a clock in UTC would show the same. In the hour that a zone
   * repeats in autumn: the first pass, or the second when the first is before `notBefore`. NaN for a time that spring skips.
   */
  toUtc(wall: number, notBefore: number): number;
}

/**
 * Reads a zone: an IANA name (`Europe/Athens`), an offset from UTC (`+02:00`), or both (`America/New_York+07:00`: seven hours
 * ahead of New York, summer and winter).
 * @throws `MikroBotError` `BAD_CONFIG` when it is neither.
 */
export const parseWallZone = (name: string): WallZone => {
  const match = /^(.*?)(?:([+-])(\d{1,2}):?(\d{2}))?$/.exec(name);
  const base = match?.[1] ?? '';
  const minutes = Number(match?.[3] ?? 0) * 60 + Number(match?.[4] ?? 0);
  const ahead = (match?.[2] === '-' ? -minutes : minutes) * 60_000;
  if (name === '' || minutes > MOST_HOURS * 60) throw unknownZone(name);
  if (base === '' || base === 'UTC') return { name, toUtc: (wall) => wall - ahead };
  const zone = ianaZone(name, base);
  return { name, toUtc: (wall, notBefore) => utcOf(zone, wall - ahead, notBefore) };
};

const utcOf = (zone: Zone, local: number, notBefore: number): number => {
  const first = zone.toUtc(local);
  if (zone.toLocal(first) !== local) return Number.NaN;
  if (first >= notBefore) return first;
  const second = local - zone.offsetAt(first + DAY);
  return second > first && zone.toLocal(second) === local ? second : first;
};

const ianaZone = (name: string, base: string): Zone => {
  try {
    return zoneOf(base);
  } catch (cause) {
    throw unknownZone(name, cause);
  }
};

const unknownZone = (name: string, cause?: unknown): MikroBotError =>
  new MikroBotError('BAD_CONFIG', `"${name}" is not a time zone.`, {
    hint: 'Use an IANA name (Europe/Athens), an offset (+02:00) or both (America/New_York+07:00).',
    cause,
  });
