import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Bar } from '../model/bar.js';
import { BarBuilder } from './bar-builder.js';
import { hasData, rowsOf } from './testing/real-data.js';
import { type Timeframe, timeframeMs } from './timeframe.js';

const T0 = Date.UTC(2024, 0, 10, 10, 0);
const MINUTE = 60_000;

/** Everything told, in the order it was told. */
const listen = (builder: BarBuilder, ...timeframes: readonly Timeframe[]): Bar[] => {
  const told: Bar[] = [];
  for (const t of timeframes) builder.series(t).bars.observable.subscribe((bar) => told.push(bar));
  return told;
};

const finer = (time: number, close: number, timeframe: Timeframe = 'M1'): Bar => ({
  symbol: 'EURUSD',
  timeframe,
  time,
  closeTime: time + timeframeMs(timeframe),
  open: close,
  high: close,
  low: close,
  close,
  askOpen: close,
  askHigh: close,
  askLow: close,
  askClose: close,
  volume: 1,
  ticks: 4,
});

describe('BarBuilder', () => {
  it('sums up bid, ask, volume and tick count of a minute', () => {
    const builder = new BarBuilder('EURUSD', ['M1']);
    const told = listen(builder, 'M1');
    builder.tick(T0 + 5, 1.1, 1.1002, 3);
    builder.tick(T0 + 10_000, 1.1007, 1.101, 0);
    builder.tick(T0 + 20_000, 1.0995, 1.0996, 2);
    builder.tick(T0 + 59_999.5, 1.1003, 1.1005, 1.5);
    builder.tick(T0 + MINUTE, 1.2, 1.3, 1);
    expect(told).toEqual([
      {
        symbol: 'EURUSD',
        timeframe: 'M1',
        time: T0,
        closeTime: T0 + MINUTE,
        open: 1.1,
        high: 1.1007,
        low: 1.0995,
        close: 1.1003,
        askOpen: 1.1002,
        askHigh: 1.101,
        askLow: 1.0996,
        askClose: 1.1005,
        volume: 6.5,
        ticks: 4,
      },
    ]);
  });

  it('tells a bar only when the first tick at or after its end arrives', () => {
    const builder = new BarBuilder('EURUSD', ['M1']);
    const told = listen(builder, 'M1');
    builder.tick(T0, 1, 1, 0);
    builder.tick(T0 + MINUTE - 1, 1, 1, 0);
    expect(told).toHaveLength(0);
    builder.tick(T0 + MINUTE, 1, 1, 0);
    expect(told).toHaveLength(1);
  });

  it('tells the coarser bar before the finer at one instant', () => {
    const builder = new BarBuilder('EURUSD', ['M1', 'M15', 'M5']);
    const told = listen(builder, 'M1', 'M5', 'M15');
    for (let m = 0; m <= 15; m++) builder.tick(T0 + m * MINUTE, 1 + m, 1 + m, 0);
    expect(told.slice(-3).map((b) => b.timeframe)).toEqual(['M15', 'M5', 'M1']);
    expect(told.at(-3)).toMatchObject({ time: T0, open: 1, high: 15, low: 1, close: 15, ticks: 15 });
  });

  it('closes a coarse bar whose last minutes had no tick', () => {
    const builder = new BarBuilder('EURUSD', ['M1', 'M5']);
    const told = listen(builder, 'M1', 'M5');
    builder.tick(T0, 1, 1, 0);
    builder.tick(T0 + 12 * MINUTE, 2, 2, 0);
    expect(told.map((b) => [b.timeframe, b.time])).toEqual([
      ['M5', T0],
      ['M1', T0],
    ]);
  });

  it('builds M10 and M15 together although neither divides the other', () => {
    const builder = new BarBuilder('EURUSD', ['M15', 'M10']);
    const told = listen(builder, 'M15', 'M10');
    for (let m = 0; m <= 30; m++) builder.tick(T0 + m * MINUTE, m, m, 0);
    expect(told.map((b) => [b.timeframe, (b.time - T0) / MINUTE, b.open, b.close])).toEqual([
      ['M10', 0, 0, 9],
      ['M15', 0, 0, 14],
      ['M10', 10, 10, 19],
      ['M15', 15, 15, 29],
      ['M10', 20, 20, 29],
    ]);
  });

  it('completes a coarse bar with the closed bar that ends with it, without waiting for the next', () => {
    const builder = new BarBuilder('EURUSD', ['M5']);
    const told = listen(builder, 'M5');
    for (let m = 0; m < 5; m++) builder.bar(finer(T0 + m * MINUTE, 1 + m));
    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({ open: 1, high: 5, low: 1, close: 5, volume: 5, ticks: 20 });
  });

  it('tells a coarse bar whose last minutes are missing when a later bar comes', () => {
    const builder = new BarBuilder('EURUSD', ['M5', 'M15']);
    const told = listen(builder, 'M5', 'M15');
    builder.bar(finer(T0, 1));
    builder.bar(finer(T0 + 16 * MINUTE, 2));
    expect(told.map((b) => [b.timeframe, b.time, b.close])).toEqual([
      ['M15', T0, 1],
      ['M5', T0, 1],
    ]);
  });

  it('takes live ticks after a history of bars in the middle of a coarse bar', () => {
    const builder = new BarBuilder('EURUSD', ['M1', 'M5']);
    builder.bar(finer(T0, 9));
    builder.bar(finer(T0 + MINUTE, 1));
    const told = listen(builder, 'M5');
    builder.tick(T0 + 2.5 * MINUTE, 5, 5, 0);
    builder.tick(T0 + 5 * MINUTE, 7, 7, 0);
    expect(told[0]).toMatchObject({ open: 9, high: 9, low: 1, close: 5, ticks: 9 });
  });

  it('tells what is unfinished at the end of the data, and nothing twice', () => {
    const builder = new BarBuilder('EURUSD', ['M1', 'M5']);
    const told = listen(builder, 'M1', 'M5');
    builder.tick(T0, 1, 1, 0);
    builder.finish();
    builder.finish();
    expect(told.map((b) => b.timeframe)).toEqual(['M5', 'M1']);
    expect(() => builder.tick(T0 + 1, 1, 1, 0)).toThrow(/TIME|before|passed/);
  });

  it('begins days at 17:00 New York across the change of clocks', () => {
    const builder = new BarBuilder('EURUSD', ['D1', 'H4'], {
      dayRoll: { zone: 'America/New_York', time: '17:00' },
    });
    const told = listen(builder, 'D1');
    const from = Date.UTC(2024, 2, 8);
    for (let h = 0; h < 24 * 5; h++) builder.tick(from + h * 3_600_000, h, h, 0);
    // 17:00 New York was 22:00 UTC until 9 March 2024 and 21:00 UTC from 10 March on.
    expect(told.map((b) => new Date(b.time).toISOString().slice(0, 16))).toEqual([
      '2024-03-07T22:00',
      '2024-03-08T22:00',
      '2024-03-09T22:00',
      '2024-03-10T21:00',
      '2024-03-11T21:00',
    ]);
    expect(told[2]).toMatchObject({ closeTime: Date.UTC(2024, 2, 10, 21), ticks: 23 });
  });

  it('takes provider days that begin at local midnight when told where the day rolls', () => {
    const day = (time: number, hours: number): Bar => ({
      ...finer(time, 1, 'D1'),
      closeTime: time + hours * 3_600_000,
    });
    const saturday = Date.UTC(2024, 2, 9, 5);
    const builder = new BarBuilder('AAPL', ['D1'], { dayRoll: { zone: 'America/New_York', time: '00:00' } });
    const told = listen(builder, 'D1');
    builder.bar(day(saturday, 24));
    builder.bar(day(saturday + 24 * 3_600_000, 24));
    expect(told.map((b) => (b.closeTime - b.time) / 3_600_000)).toEqual([24, 23]);
    expect(() => new BarBuilder('AAPL', ['D1']).bar(day(saturday, 24))).toThrow(
      expect.objectContaining({ code: 'BAD_TIMEFRAME' }),
    );
  });

  it('refuses a timeframe that was not declared, naming what was', () => {
    const builder = new BarBuilder('EURUSD', ['M5', 'H1']);
    expect(() => builder.series('M15')).toThrow(/EURUSD: M15 was not declared.*M5, H1/);
    expect(() => new BarBuilder('EURUSD', [])).toThrow(expect.objectContaining({ code: 'BAD_TIMEFRAME' }));
  });

  it('refuses a bar coarser than what is built and one that comes late', () => {
    const builder = new BarBuilder('EURUSD', ['M5']);
    expect(() => builder.bar(finer(T0, 1, 'M15'))).toThrow(
      expect.objectContaining({ code: 'BAD_TIMEFRAME' }),
    );
    builder.bar(finer(T0 + MINUTE, 1));
    expect(() => builder.bar(finer(T0, 1))).toThrow(expect.objectContaining({ code: 'TIME_BACKWARDS' }));
    builder.tick(T0 + 6 * MINUTE, 1, 1, 0);
    expect(() => builder.tick(T0, 1, 1, 0)).toThrow(expect.objectContaining({ code: 'TIME_BACKWARDS' }));
  });

  it('gives the same bars whether coarse ones are built beside fine ones or alone', () => {
    const wanted: readonly Timeframe[] = ['S5', 'S15', 'M1', 'M2', 'M3'];
    const walk = fc.array(
      fc.record({ gap: fc.integer({ min: 0, max: 90_000 }), price: fc.integer({ min: 1, max: 50 }) }),
      { maxLength: 200 },
    );
    fc.assert(
      fc.property(walk, fc.subarray([...wanted], { minLength: 1 }), (steps, timeframes) => {
        const together = new BarBuilder('X', timeframes);
        const told = listen(together, ...timeframes);
        const alone = timeframes.map((t) => {
          const builder = new BarBuilder('X', [t]);
          return { t, builder, told: listen(builder, t) };
        });
        let time = T0;
        for (const { gap, price } of steps) {
          time += gap;
          for (const b of [together, ...alone.map((a) => a.builder)]) b.tick(time, price, price + 1, 1);
        }
        for (const b of [together, ...alone.map((a) => a.builder)]) b.finish();
        for (const a of alone) expect(told.filter((b) => b.timeframe === a.t)).toEqual(a.told);
      }),
      { numRuns: 50 },
    );
  });
});

const oracles = [
  {
    ticks: 'eurusd_ticks_fxcm_2014-05-06_2014-05-08',
    bars: 'eurusd_m1_fxcm_bidask_2014-05-06_2014-05-08',
    count: 4_290,
  },
  { ticks: 'xauusd_ticks_oanda_2014-05-07', bars: 'xauusd_m1_oanda_bidask_2014-05', count: 1_385 },
];

describe.each(oracles)('BarBuilder on $ticks', ({ ticks, bars, count }) => {
  it.skipIf(!(hasData(ticks) && hasData(bars)))(
    `gives the provider's ${count} minutes in all eight prices`,
    () => {
      const builder = new BarBuilder('X', ['M1']);
      const told = listen(builder, 'M1');
      const rows = rowsOf(ticks);
      for (const [time, bid, ask] of rows as [number, number, number][]) builder.tick(time, bid, ask, 0);
      builder.finish();
      const from = told[0]?.time as number;
      const to = told.at(-1)?.closeTime as number;
      const expected = rowsOf(bars)
        .filter(([time = 0]) => time >= from && time < to)
        .map(([time, o, h, l, c, , ao, ah, al, ac]) => [time, o, h, l, c, ao, ah, al, ac]);
      expect(expected).toHaveLength(count);
      expect(
        told.map((b) => [b.time, b.open, b.high, b.low, b.close, b.askOpen, b.askHigh, b.askLow, b.askClose]),
      ).toEqual(expected);
      expect(told.reduce((sum, b) => sum + b.ticks, 0)).toBe(rows.length);
    },
  );
});
