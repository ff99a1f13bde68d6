import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defineSession, fxWeek, overlapOf, sessions, sessionTag, type Weekday } from './session.js';

const HOUR = 3_600_000;
const iso = (time: number | undefined): string =>
  time === undefined ? 'closed' : new Date(time).toISOString().slice(0, 16);

/** UTC hours of a date at whose half a session is open. */
const openHours = (session: { isOpen(time: number): boolean }, date: number): number[] =>
  Array.from({ length: 24 }, (_, h) => h).filter((h) => session.isOpen(date + (h + 0.5) * HOUR));

describe('sessions', () => {
  // The United States changed clocks on 10 March and 3 November 2024, Europe on 31 March and 27 October.
  it.each([
    ['2024-01-10', [13, 14, 15, 16], 'winter'],
    ['2024-03-08', [13, 14, 15, 16], 'the last Friday of winter time in New York'],
    ['2024-03-11', [12, 13, 14, 15, 16], 'only New York has changed'],
    ['2024-03-29', [12, 13, 14, 15, 16], 'only New York has changed'],
    ['2024-04-01', [12, 13, 14, 15], 'summer'],
    ['2024-07-10', [12, 13, 14, 15], 'summer'],
    ['2024-10-25', [12, 13, 14, 15], 'summer'],
    ['2024-10-28', [12, 13, 14, 15, 16], 'only London has changed back'],
    ['2024-11-01', [12, 13, 14, 15, 16], 'only London has changed back'],
    ['2024-11-04', [13, 14, 15, 16], 'winter'],
  ])('on %s London and New York overlap in the UTC hours %j (%s)', (date, hours) => {
    expect(openHours(sessions.londonNewYork, Date.parse(date))).toEqual(hours);
  });

  it('keep Tokyo at the same UTC hours all year, and move Sydney against the north', () => {
    expect(openHours(sessions.tokyo, Date.UTC(2024, 0, 10))).toEqual(
      openHours(sessions.tokyo, Date.UTC(2024, 6, 10)),
    );
    expect(iso(sessions.sydney.spanAt(Date.UTC(2024, 0, 10))?.start)).toBe('2024-01-09T21:00');
    expect(iso(sessions.sydney.spanAt(Date.UTC(2024, 6, 10))?.start)).toBe('2024-07-09T22:00');
  });

  it('are closed at the weekend', () => {
    expect(openHours(sessions.london, Date.UTC(2024, 0, 13))).toEqual([]);
    expect(openHours(sessions.london, Date.UTC(2024, 0, 14))).toEqual([]);
  });

  it('give the span that is open, and for the overlap what both share', () => {
    const noon = Date.UTC(2024, 6, 10, 12, 30);
    const { london, londonNewYork } = sessions;
    expect(london.spanAt(noon)).toEqual({ start: Date.UTC(2024, 6, 10, 7), end: Date.UTC(2024, 6, 10, 16) });
    expect(londonNewYork.spanAt(noon)).toEqual({
      start: Date.UTC(2024, 6, 10, 12),
      end: Date.UTC(2024, 6, 10, 16),
    });
    expect(londonNewYork.spanAt(noon - HOUR)).toBeUndefined();
  });
});

describe('fxWeek', () => {
  it('runs from Sunday 17:00 to Friday 17:00 in New York', () => {
    const edges: readonly [number, boolean][] = [
      [Date.UTC(2024, 2, 8, 22) - 1, true],
      [Date.UTC(2024, 2, 8, 22), false],
      [Date.UTC(2024, 2, 9, 12), false],
      // Summer time began on that Sunday.
      [Date.UTC(2024, 2, 10, 21) - 1, false],
      [Date.UTC(2024, 2, 10, 21), true],
      [Date.UTC(2024, 2, 13, 21), true],
    ];
    for (const [time, open] of edges)
      expect(`${iso(time)} ${fxWeek.isOpen(time)}`).toBe(`${iso(time)} ${open}`);
  });
});

describe('defineSession', () => {
  it('lets a session that passes midnight belong to the day it begins on', () => {
    const friday = defineSession({ name: 'x', zone: 'Asia/Tokyo', from: '22:00', to: '02:00', days: [5] });
    // Friday 12 January 2024, 22:00 in Tokyo is 13:00 UTC.
    expect(openHours(friday, Date.UTC(2024, 0, 12))).toEqual([13, 14, 15, 16]);
    expect(openHours(friday, Date.UTC(2024, 0, 11))).toEqual([]);
    expect(openHours(friday, Date.UTC(2024, 0, 13))).toEqual([]);
  });

  it('takes 24:00 as the end of the day and equal times as a whole day', () => {
    const utc = { name: 'x', zone: 'UTC', days: [3] as const };
    const wednesday = Date.UTC(2024, 0, 10);
    expect(openHours(defineSession({ ...utc, from: '20:00', to: '24:00' }), wednesday)).toEqual([
      20, 21, 22, 23,
    ]);
    expect(openHours(defineSession({ ...utc, from: '00:00', to: '24:00' }), wednesday)).toHaveLength(24);
    expect(
      openHours(defineSession({ ...utc, from: '18:00', to: '18:00' }), wednesday + 24 * HOUR),
    ).toHaveLength(18);
  });

  it('agrees with the wall clock that Intl shows, in any order of asking', () => {
    const anyTime = fc.integer({ min: Date.UTC(2015, 0), max: Date.UTC(2030, 0) });
    const clock = fc
      .tuple(fc.integer({ min: 3, max: 23 }), fc.constantFrom('00', '15', '30'))
      .map(([h, m]) => `${String(h).padStart(2, '0')}:${m}`);
    const zone = fc.constantFrom('Europe/London', 'America/New_York', 'Asia/Tokyo', 'Australia/Sydney');
    const weekdays = fc.uniqueArray(
      fc.integer({ min: 0, max: 6 }).map((d) => d as Weekday),
      { minLength: 1 },
    );
    fc.assert(
      fc.property(
        zone,
        clock,
        clock,
        weekdays,
        fc.array(anyTime, { minLength: 3, maxLength: 6 }),
        (z, from, to, days, times) => {
          const session = defineSession({ name: 'x', zone: z, from, to, days });
          const wall = new Intl.DateTimeFormat('en-GB', {
            timeZone: z,
            weekday: 'short',
            hour: '2-digit',
            minute: '2-digit',
            hourCycle: 'h23',
          });
          for (const time of times) {
            const part = Object.fromEntries(wall.formatToParts(time).map((p) => [p.type, p.value]));
            const today = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'].indexOf(part.weekday as string);
            const now = `${part.hour}:${part.minute}`;
            const begun = days.includes(today as Weekday);
            const begunYesterday = days.includes(((today + 6) % 7) as Weekday);
            const open =
              from < to
                ? begun && now >= from && now < to
                : (begun && now >= from) || (begunYesterday && now < to);
            expect(session.isOpen(time)).toBe(open);
            const span = session.spanAt(time);
            if (span !== undefined) expect(span.start <= time && time < span.end).toBe(true);
          }
        },
      ),
      { numRuns: 500 },
    );
  });

  it('is open exactly within its spans, even where the clock shows its begin twice', () => {
    const early = defineSession({
      name: 'x',
      zone: 'America/New_York',
      from: '01:30',
      to: '05:00',
      days: [0],
    });
    const backwards = Date.UTC(2024, 10, 3);
    const open: string[] = [];
    for (let t = backwards; t < backwards + 24 * HOUR; t += HOUR / 4) if (early.isOpen(t)) open.push(iso(t));
    expect([open[0], open.at(-1), open.length]).toEqual(['2024-11-03T05:30', '2024-11-03T09:45', 18]);
  });

  it('refuses times, zones and days that are none', () => {
    const good = { name: 'mine', zone: 'UTC', from: '08:00', to: '09:00' };
    expect(() => defineSession({ ...good, from: '8' })).toThrow(/session mine: "8" is not a time of day/);
    expect(() => defineSession({ ...good, zone: 'London' })).toThrow(/"London" is not a time zone/);
    expect(() => defineSession({ ...good, days: [] })).toThrow(/session mine: It has no days/);
  });
});

describe('overlapOf', () => {
  it('is open when both are', () => {
    const a = defineSession({ name: 'a', zone: 'UTC', from: '08:00', to: '12:00' });
    const b = defineSession({ name: 'b', zone: 'UTC', from: '11:00', to: '20:00' });
    expect(openHours(overlapOf('ab', a, b), Date.UTC(2024, 0, 10))).toEqual([11]);
  });
});

describe('sessionTag', () => {
  it.each([
    ['2024-01-10T03:00Z', 'tokyo'],
    ['2024-01-10T09:00Z', 'london'],
    ['2024-01-10T14:00Z', 'london-new-york'],
    ['2024-01-10T18:00Z', 'new-york'],
    ['2024-01-10T22:30Z', 'off'],
    ['2024-07-10T07:30Z', 'london'],
    ['2024-01-13T14:00Z', 'off'],
  ])('calls %s %s', (time, tag) => {
    expect(sessionTag(Date.parse(time))).toBe(tag);
  });
});
