import { VirtualClock } from '@mikrobot/core';
import { SecType } from '@stoqey/ib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { HistoryQueue } from '../history/history-queue.js';
import { scriptedLine } from '../testing/scripted-line.js';
import { BarJoin, type BarUpdate } from './bar-join.js';
import { type BarContract, LiveBars } from './live-bars.js';

const contract = (symbol: string, bars: 'trades' | 'quotes'): BarContract => ({
  symbol,
  contract: { conId: 1, symbol, secType: SecType.FUT, exchange: 'CME', currency: 'USD' },
  spec: { bars, outsideRegularHours: true },
  tradable: true,
});

const contracts = [contract('ES', 'trades'), contract('EURUSD', 'quotes')];
const time = Date.UTC(2024, 0, 10, 15);
const seconds = time / 1_000;

const start = () => {
  const clock = new VirtualClock(time);
  const conditions: (readonly [string, string | undefined])[] = [];
  const line = scriptedLine();
  const bars = new LiveBars({
    clock,
    find: (symbol) => contracts.find((one) => one.symbol === symbol),
    queue: new HistoryQueue(clock),
    condition: (name, detail) => void conditions.push([name, detail]),
  });
  bars.attach(line);
  const told: BarUpdate[] = [];
  return { clock, line, bars, told, conditions, listen: (update: BarUpdate) => void told.push(update) };
};

const short = (updates: readonly BarUpdate[]) =>
  updates.map(({ bar, closed }) => [(bar.time - time) / 1_000, bar.close, bar.askClose, closed]);

describe('Bars of five seconds', () => {
  // Message 50: version, request, begin in seconds, prices, volume, average, count. Source: decodeMsg_REAL_TIME_BARS.
  it('of trades have one price for both sides, and are over when they come', () => {
    const { line, bars, told, listen } = start();
    bars.subscribe('ES', 'S5', listen);
    const [id, , size, show, regular] = line.sentAs('reqRealTimeBars')[0]!;
    expect([size, show, regular]).toEqual([5, 'TRADES', false]);
    line.receive(50, 1, Number(id), seconds, 4_750, 4_751, 4_749.5, 4_750.25, 120, 4_750.1, 37);
    expect(told).toEqual([
      {
        closed: true,
        bar: {
          symbol: 'ES',
          timeframe: 'S5',
          time,
          closeTime: time + 5_000,
          open: 4_750,
          high: 4_751,
          low: 4_749.5,
          close: 4_750.25,
          askOpen: 4_750,
          askHigh: 4_751,
          askLow: 4_749.5,
          askClose: 4_750.25,
          volume: 120,
          ticks: 37,
        },
      },
    ]);
  });

  it('of quotes are made of bid and ask of the same time', () => {
    const { line, bars, told, listen } = start();
    bars.subscribe('EURUSD', 'S5', listen);
    const [bid, ask] = line.sentAs('reqRealTimeBars').map(([id, , , show]) => [Number(id), show] as const);
    expect([bid?.[1], ask?.[1]]).toEqual(['BID', 'ASK']);
    const bar = (id: number, at: number, price: number): void =>
      line.receive(50, 1, id, at, price, price, price, price, -1, -1, -1);
    bar(bid![0], seconds, 1.1);
    bar(ask![0], seconds, 1.1001);
    bar(ask![0], seconds + 5, 1.1003);
    bar(bid![0], seconds + 5, 1.1002);
    expect(short(told)).toEqual([
      [0, 1.1, 1.1001, true],
      [5, 1.1002, 1.1003, true],
    ]);
    expect(told[0]?.bar).toMatchObject({ volume: 0, ticks: 0 });
  });
});

describe('Bars that are kept up to date', () => {
  // Message 90: request, count, date, open, close, high, low, average, volume. Source: decodeMsg_HISTORICAL_DATA_UPDATE.
  const update = (line: ReturnType<typeof scriptedLine>, id: number, at: number, close: number): void =>
    line.receive(90, id, 5, at, 4_750, close, 4_760, 4_740, 4_750, 10);

  it('form, and are closed when the next one begins', async () => {
    const { line, bars, told, listen } = start();
    bars.subscribe('ES', 'M1', listen);
    await Promise.resolve();
    const [id, , end, duration, size, show, , dates, keep] = line.sentAs('reqHistoricalData')[0]!;
    expect([end, duration, size, show, dates, keep]).toEqual(['', '120 S', '1 min', 'TRADES', 2, true]);
    update(line, Number(id), seconds, 4_751);
    update(line, Number(id), seconds, 4_752);
    update(line, Number(id), seconds + 60, 4_753);
    update(line, Number(id), seconds, 1);
    expect(short(told)).toEqual([
      [0, 4_751, 4_751, false],
      [0, 4_752, 4_752, false],
      [0, 4_752, 4_752, true],
      [60, 4_753, 4_753, false],
    ]);
  });

  it('are asked for again on another line, where the bar that was forming is not called closed', async () => {
    const { clock, line, bars, told, listen } = start();
    bars.subscribe('ES', 'M1', listen);
    await Promise.resolve();
    update(line, Number(line.sentAs('reqHistoricalData')[0]![0]), seconds, 4_751);
    bars.detach();
    const next = scriptedLine();
    bars.attach(next);
    // The same again is allowed after fifteen seconds.
    clock.advance(clock.now() + 16_000);
    await Promise.resolve();
    update(next, Number(next.sentAs('reqHistoricalData')[0]![0]), seconds + 600, 4_755);
    expect(short(told)).toEqual([
      [0, 4_751, 4_751, false],
      [600, 4_755, 4_755, false],
    ]);
  });

  it('that were ended before their turn came are not asked for', async () => {
    const { clock, line, bars, listen } = start();
    // The same six times: the last ones wait for the limits of TWS.
    const ends = Array.from({ length: 8 }, () => bars.subscribe('ES', 'M1', listen));
    await Promise.resolve();
    const asked = line.sentAs('reqHistoricalData').length;
    expect(asked).toBeLessThan(8);
    for (const end of ends) end();
    clock.advance(clock.now() + 60_000);
    await Promise.resolve();
    expect(line.sentAs('reqHistoricalData')).toHaveLength(asked);
  });

  it('that TWS refuses are a condition, asked for again, and well when a bar comes', () => {
    const { clock, line, bars, conditions, listen } = start();
    bars.subscribe('ES', 'S5', listen);
    const id = () => Number(line.sentAs('reqRealTimeBars').at(-1)![0]);
    line.receive(4, 2, id(), 420, 'Invalid Real-time Query:Historical data request pacing violation', '');
    expect(conditions.at(-1)?.[1]).toContain('pacing violation');
    clock.advance(clock.now() + 60_000);
    line.receive(50, 1, id(), seconds, 1, 1, 1, 1, 1, 1, 1);
    expect(conditions.at(-1)?.[1]).toBeUndefined();
  });

  it.each(['S1', 'H4', 'D1'] as const)('are refused where TWS has none: %s', (timeframe) => {
    const { bars, listen } = start();
    expect(() => bars.subscribe('ES', timeframe, listen)).toThrow(
      expect.objectContaining({ code: 'BAD_TIMEFRAME' }),
    );
  });

  it('end when they are ended', async () => {
    const { line, bars, told, listen } = start();
    const end = bars.subscribe('ES', 'M1', listen);
    await Promise.resolve();
    const id = Number(line.sentAs('reqHistoricalData')[0]![0]);
    end();
    end();
    expect(line.sentAs('cancelHistoricalData')).toEqual([[id]]);
    update(line, id, seconds, 4_751);
    expect(told).toEqual([]);
  });
});

describe('Bars of two sides', () => {
  it('are never told with prices that contradict each other, and never go back in time', () => {
    const any = fc.oneof(fc.double(), fc.constantFrom(-1, 0, 1, 2, 3, Number.NaN));
    const news = fc.record({
      side: fc.constantFrom('bid' as const, 'ask' as const),
      time: fc.constantFrom(1, 2, 3),
      open: any,
      high: any,
      low: any,
      close: any,
    });
    fc.assert(
      fc.property(fc.array(news, { maxLength: 30 }), (all) => {
        const told: BarUpdate[] = [];
        const join = new BarJoin('X', 'M1', false, (update) => told.push(update));
        for (const { side, ...bar } of all) join.take(side, { ...bar, volume: Number.NaN, count: -1 });
        let last = 0;
        for (const { bar } of told) {
          expect(bar.low > 0 && bar.low <= bar.open && bar.high >= bar.close).toBe(true);
          expect(bar.askLow > 0 && bar.askLow <= bar.askClose && bar.askHigh >= bar.askOpen).toBe(true);
          expect(bar.time).toBeGreaterThanOrEqual(last);
          expect(bar.volume).toBe(0);
          last = bar.time;
        }
      }),
    );
  });
});
