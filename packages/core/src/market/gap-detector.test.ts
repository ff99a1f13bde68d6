import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Gap, GapDetector } from './gap-detector.js';
import { fxWeek } from './session.js';
import { hasData, rowsOf } from './testing/real-data.js';

const MINUTE = 60_000;

const gapsOf = (detector: GapDetector, times: readonly number[]): Gap[] =>
  times.map((t) => detector.seen(t)).filter((g) => g !== undefined);

describe('GapDetector', () => {
  it('finds a silence longer than expected, and none that is just as long', () => {
    const detector = new GapDetector({ expectedMs: MINUTE });
    expect(gapsOf(detector, [0, 60_000, 120_000, 300_000, 360_000])).toEqual([
      { from: 120_000, to: 300_000, ms: 180_000 },
    ]);
  });

  it('passes over times that fall', () => {
    const detector = new GapDetector({ expectedMs: 100 });
    expect(gapsOf(detector, [1_000, 500, 1_050])).toEqual([]);
  });

  it('does not hold the weekend of foreign exchange for a gap', () => {
    // Friday's last minute in summer begins at 20:59 UTC, Sunday's first at 21:00 UTC.
    const friday = Date.UTC(2024, 6, 12, 20, 59);
    const sunday = Date.UTC(2024, 6, 14, 21, 0);
    const open = (time: number): boolean => fxWeek.isOpen(time);
    expect(gapsOf(new GapDetector({ expectedMs: MINUTE, open }), [friday, sunday])).toEqual([]);
    expect(gapsOf(new GapDetector({ expectedMs: MINUTE }), [friday, sunday])).toHaveLength(1);
  });

  it('counts only the open part of a silence that begins before the weekend', () => {
    const friday = Date.UTC(2024, 6, 12, 20, 30);
    const sunday = Date.UTC(2024, 6, 14, 21, 10);
    const open = (time: number): boolean => fxWeek.isOpen(time);
    const [gap] = gapsOf(new GapDetector({ expectedMs: MINUTE, open }), [friday, sunday]);
    expect(gap).toEqual({ from: friday, to: sunday, ms: 40 * MINUTE });
  });

  it('measures the open part as a sum over every second does', () => {
    const week = Date.UTC(2024, 6, 8);
    const anyTime = fc.integer({ min: 0, max: 9 * 24 * 60 }).map((m) => week + m * MINUTE);
    fc.assert(
      fc.property(anyTime, anyTime, (a, b) => {
        fc.pre(a < b);
        let minutes = 0;
        for (let t = a; t < b; t += MINUTE) if (fxWeek.isOpen(t)) minutes++;
        const detector = new GapDetector({ expectedMs: 1, open: (t) => fxWeek.isOpen(t) });
        expect(gapsOf(detector, [a, b])[0]?.ms ?? 0).toBe(minutes * MINUTE);
      }),
    );
  });

  const fxcm = 'usdjpy_m1_fxcm_bidask_2013-02';
  it.skipIf(!hasData(fxcm))(
    'finds the four weekends in a month of real minutes, and none when told of them',
    () => {
      const times = rowsOf(fxcm).map(([time]) => time as number);
      const expectedMs = 15 * MINUTE;
      const plain = gapsOf(new GapDetector({ expectedMs }), times);
      expect(plain.map((g) => new Date(g.from).toISOString().slice(0, 10))).toEqual([
        '2013-02-01',
        '2013-02-08',
        '2013-02-15',
        '2013-02-22',
      ]);
      expect(gapsOf(new GapDetector({ expectedMs, open: (t) => fxWeek.isOpen(t) }), times)).toEqual([]);
    },
  );

  const mt4 = 'eurusd_m1_mt4_2022-08-15_2022-10-25';
  it.skipIf(!hasData(mt4))('finds the holes of a real file that is full of them', () => {
    const times = rowsOf(mt4).map(([time]) => time as number);
    const gaps = gapsOf(new GapDetector({ expectedMs: 15 * MINUTE, open: (t) => fxWeek.isOpen(t) }), times);
    const day = (time: number): string => new Date(time).toISOString().slice(5, 10);
    // Read off the file's time column.
    expect(gaps.map((g) => `${day(g.from)} to ${day(g.to)}`)).toEqual([
      '08-19 to 09-21',
      '09-28 to 09-29',
      '10-04 to 10-10',
    ]);
  });

  it('refuses an expectation of nothing', () => {
    expect(() => new GapDetector({ expectedMs: 0 })).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });
});
