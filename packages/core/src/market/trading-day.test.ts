import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type DayRoll, tradingDay } from './trading-day.js';

const iso = (time: number): string => new Date(time).toISOString().slice(0, 16);

describe('tradingDay', () => {
  it('runs from 17:00 New York to the next, in winter and in summer', () => {
    const winter = tradingDay(Date.UTC(2024, 0, 10, 12));
    expect([iso(winter.start), iso(winter.end)]).toEqual(['2024-01-09T22:00', '2024-01-10T22:00']);
    const summer = tradingDay(Date.UTC(2024, 6, 10, 21));
    expect([iso(summer.start), iso(summer.end)]).toEqual(['2024-07-10T21:00', '2024-07-11T21:00']);
  });

  it('has 23 hours when clocks go forward and 25 when they go back', () => {
    const spring = tradingDay(Date.UTC(2024, 2, 10, 12));
    const autumn = tradingDay(Date.UTC(2024, 10, 3, 12));
    expect((spring.end - spring.start) / 3_600_000).toBe(23);
    expect((autumn.end - autumn.start) / 3_600_000).toBe(25);
  });

  it('rolls at the local midnight of other zones', () => {
    const prague = tradingDay(Date.UTC(2024, 6, 10, 22, 30), { zone: 'Europe/Prague', time: '00:00' });
    expect([iso(prague.start), iso(prague.end)]).toEqual(['2024-07-10T22:00', '2024-07-11T22:00']);
  });

  it('covers all time without holes or overlaps, also where clocks jump over the roll', () => {
    const rolls: readonly DayRoll[] = [
      { zone: 'America/New_York', time: '17:00' },
      { zone: 'America/New_York', time: '02:30' },
      { zone: 'America/Sao_Paulo', time: '00:00' },
      { zone: 'America/Sao_Paulo', time: '23:30' },
      { zone: 'Australia/Lord_Howe', time: '01:45' },
      { zone: 'Africa/Cairo', time: '00:00' },
    ];
    const around2018 = fc.integer({ min: Date.UTC(2010, 0), max: Date.UTC(2019, 0) });
    const jumps = fc
      .constantFrom(Date.UTC(2018, 1, 18, 2), Date.UTC(2018, 10, 4, 3), Date.UTC(2018, 2, 11, 7))
      .chain((t) => fc.integer({ min: t - 7_200_000, max: t + 7_200_000 }));
    fc.assert(
      fc.property(fc.constantFrom(...rolls), fc.oneof(around2018, jumps), (roll, time) => {
        const day = tradingDay(time, roll);
        expect(day.start).toBeLessThanOrEqual(time);
        expect(time).toBeLessThan(day.end);
        expect(tradingDay(day.start, roll)).toEqual(day);
        expect(tradingDay(day.end - 1, roll)).toEqual(day);
        expect(tradingDay(day.end, roll).start).toBe(day.end);
      }),
      { numRuns: 2_000 },
    );
  });

  it('refuses a time of day that is none', () => {
    expect(() => tradingDay(0, { zone: 'UTC', time: '5pm' })).toThrow(/"5pm" is not a time of day/);
  });
});
