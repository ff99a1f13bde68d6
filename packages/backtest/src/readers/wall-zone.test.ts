import { describe, expect, it } from 'vitest';
import { parseWallZone } from './wall-zone.js';

const HOUR = 3_600_000;
const nothing = Number.NEGATIVE_INFINITY;
const utc = (zone: string, wall: number, notBefore = nothing): number =>
  parseWallZone(zone).toUtc(wall, notBefore);

describe('parseWallZone', () => {
  it('takes an offset as it is, all year', () => {
    expect(utc('-05:00', Date.UTC(2012, 1, 1))).toBe(Date.UTC(2012, 1, 1, 5));
    expect(utc('-05:00', Date.UTC(2012, 6, 1))).toBe(Date.UTC(2012, 6, 1, 5));
    expect(utc('+0530', Date.UTC(2012, 6, 1, 6))).toBe(Date.UTC(2012, 6, 1, 0, 30));
  });

  it('follows the summer time of an IANA zone', () => {
    // Athens: UTC+2, from 31 March 2024 01:00 UTC to 27 October UTC+3.
    expect(utc('Europe/Athens', Date.UTC(2024, 0, 15, 12))).toBe(Date.UTC(2024, 0, 15, 10));
    expect(utc('Europe/Athens', Date.UTC(2024, 6, 15, 12))).toBe(Date.UTC(2024, 6, 15, 9));
  });

  it('adds hours to a zone: seven ahead of New York, midnight is 17:00 there', () => {
    const server = 'America/New_York+07:00';
    expect(utc(server, Date.UTC(2024, 0, 16))).toBe(Date.UTC(2024, 0, 15, 22));
    // Between the two changes of March 2024, New York has summer time and Athens has not.
    expect(utc(server, Date.UTC(2024, 2, 20))).toBe(Date.UTC(2024, 2, 19, 21));
    expect(utc('Europe/Athens', Date.UTC(2024, 2, 20))).toBe(Date.UTC(2024, 2, 19, 22));
  });

  it('takes the second pass of an autumn hour once the first has gone by', () => {
    // New York, 3 November 2024: 01:30 comes at 05:30 and again at 06:30 UTC.
    const wall = Date.UTC(2024, 10, 3, 1, 30);
    const first = Date.UTC(2024, 10, 3, 5, 30);
    expect(utc('America/New_York', wall)).toBe(first);
    expect(utc('America/New_York', wall, first)).toBe(first);
    expect(utc('America/New_York', wall, first + 1)).toBe(first + HOUR);
    // An hour that comes once stays what it is, however late.
    expect(utc('America/New_York', wall + 2 * HOUR, first + 24 * HOUR)).toBe(first + 3 * HOUR);
  });

  it('has no moment for a time that spring skips', () => {
    expect(utc('America/New_York', Date.UTC(2024, 2, 10, 2, 30))).toBeNaN();
  });

  it.each(['', 'Mars/Olympus', '+25:00', 'EETX', 'Mars/Olympus+02:00'])('refuses %j', (name) => {
    expect(() => parseWallZone(name)).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});
