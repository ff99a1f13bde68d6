import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseLocalTime, zoneOf } from './zone.js';

const hour = 3_600_000;

describe('Zone', () => {
  it('knows the offsets of London and New York on both sides of their changes in 2024', () => {
    const london = zoneOf('Europe/London');
    const newYork = zoneOf('America/New_York');
    // EU: 31 March and 27 October at 01:00 UTC. US: 10 March at 07:00 UTC and 3 November at 06:00 UTC.
    expect(london.offsetAt(Date.UTC(2024, 2, 31, 1) - 1)).toBe(0);
    expect(london.offsetAt(Date.UTC(2024, 2, 31, 1))).toBe(hour);
    expect(london.offsetAt(Date.UTC(2024, 9, 27, 1) - 1)).toBe(hour);
    expect(london.offsetAt(Date.UTC(2024, 9, 27, 1))).toBe(0);
    expect(newYork.offsetAt(Date.UTC(2024, 2, 10, 7) - 1)).toBe(-5 * hour);
    expect(newYork.offsetAt(Date.UTC(2024, 2, 10, 7))).toBe(-4 * hour);
    expect(newYork.offsetAt(Date.UTC(2024, 10, 3, 6) - 1)).toBe(-4 * hour);
    expect(newYork.offsetAt(Date.UTC(2024, 10, 3, 6))).toBe(-5 * hour);
  });

  it('shows the wall clock that Intl shows, at any time in any order', () => {
    const names = [
      'UTC',
      'Europe/London',
      'America/New_York',
      'Asia/Tokyo',
      'Australia/Sydney',
      'Australia/Adelaide',
      'Australia/Lord_Howe',
      'America/Sao_Paulo',
      'Africa/Cairo',
      'Asia/Kathmandu',
    ];
    const times = fc.integer({ min: Date.UTC(1975, 0), max: Date.UTC(2037, 0) });
    fc.assert(
      fc.property(fc.constantFrom(...names), fc.array(times, { minLength: 1, maxLength: 5 }), (name, all) => {
        const sv = new Intl.DateTimeFormat('sv-SE', {
          timeZone: name,
          dateStyle: 'short',
          timeStyle: 'medium',
        });
        for (const time of all) {
          const shown = new Date(zoneOf(name).toLocal(time)).toISOString().slice(0, 19).replace('T', ' ');
          expect(shown).toBe(sv.format(time));
        }
      }),
      { numRuns: 300 },
    );
  });

  it('comes back from a wall clock to the moment, where the clock shows it once', () => {
    const times = fc.integer({ min: Date.UTC(2000, 0), max: Date.UTC(2037, 0) });
    fc.assert(
      fc.property(
        fc.constantFrom('Europe/London', 'America/New_York', 'Australia/Sydney'),
        times,
        (name, time) => {
          const zone = zoneOf(name);
          const steady = zone.offsetAt(time - 2 * hour) === zone.offsetAt(time + 2 * hour);
          fc.pre(steady);
          expect(zone.toUtc(zone.toLocal(time))).toBe(time);
        },
      ),
    );
  });

  it('comes back to every hour of the days on which clocks changed', () => {
    // Sydney, 31 October 1993 and London, 31 March 2024: forward; New York, 3 November 2024: back at 06:00 UTC.
    const days: readonly [string, number][] = [
      ['Australia/Sydney', Date.UTC(1993, 9, 30)],
      ['Europe/London', Date.UTC(2024, 2, 30)],
      ['America/New_York', Date.UTC(2024, 10, 3)],
    ];
    for (const [name, start] of days) {
      const zone = zoneOf(name);
      for (let time = start; time < start + 60 * hour; time += hour) {
        const shownBefore = time === Date.UTC(2024, 10, 3, 6) ? time - hour : time;
        expect(zone.toUtc(zone.toLocal(time))).toBe(shownBefore);
      }
    }
  });

  it('takes the first of two moments with one wall clock, and the jump for a skipped one', () => {
    const newYork = zoneOf('America/New_York');
    expect(newYork.toUtc(Date.UTC(2024, 10, 3, 1, 30))).toBe(Date.UTC(2024, 10, 3, 5, 30));
    expect(newYork.toUtc(Date.UTC(2024, 2, 10, 2, 30))).toBe(Date.UTC(2024, 2, 10, 7));
  });

  it('refuses a zone that does not exist', () => {
    expect(() => zoneOf('Europe/Atlantis')).toThrow(/"Europe\/Atlantis" is not a time zone/);
  });
});

describe('parseLocalTime', () => {
  it('reads hours and minutes and refuses anything else', () => {
    expect(parseLocalTime('08:30', 'x')).toBe(8.5 * hour);
    expect(parseLocalTime('24:00', 'x')).toBe(24 * hour);
    for (const bad of ['8:30', '24:01', '12:60', '', '17'])
      expect(() => parseLocalTime(bad, 'x')).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});
