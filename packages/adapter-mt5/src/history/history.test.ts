import type { Bar, HistoryQuery } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { RoomBench, settled } from '../testing/room-bench.js';
import type { Answer } from '../testing/stand-in-terminal.js';
import { NOW, SERVER_NOW } from '../testing/wire-records.js';
import type { HistoryProgress } from './history.js';

const HOUR = 3_600_000;
const row = (time: number, spread = 12): unknown => [time, 1.1, 1.102, 1.098, 1.101, 40, spread];
const page = (rows: readonly unknown[], next: number | null = null): Answer => ({
  t: 'done',
  d: { next },
  parts: { bar: rows as never },
});
const query: HistoryQuery = { symbol: 'EURUSD', timeframe: 'H1', from: NOW - 5 * HOUR, to: NOW };

const read = async (bench: RoomBench, asked = query): Promise<readonly Bar[]> => {
  const bars: Bar[] = [];
  for await (const bar of bench.rooms.history(asked)) bars.push(bar);
  return bars;
};

describe('past bars', () => {
  it('are of the bid, with the ask a spread above, in UTC', async () => {
    const bench = await RoomBench.up();
    bench.terminal.answer = () => page([row(SERVER_NOW - 5 * HOUR)]);
    expect(await read(bench)).toEqual([
      {
        symbol: 'EURUSD',
        timeframe: 'H1',
        time: NOW - 5 * HOUR,
        closeTime: NOW - 4 * HOUR,
        open: 1.1,
        high: 1.102,
        low: 1.098,
        close: 1.101,
        askOpen: 1.10012,
        askHigh: 1.10212,
        askLow: 1.09812,
        askClose: 1.10112,
        volume: 40,
        ticks: 40,
      },
    ]);
    expect(bench.asked('bars')).toEqual([
      { symbol: 'EURUSD', timeframe: 'H1', from: SERVER_NOW - 5 * HOUR, to: SERVER_NOW, limit: 2_000 },
    ]);
  });

  it('come page by page, each bar once, over pages without any', async () => {
    const told: HistoryProgress[] = [];
    const bench = await RoomBench.up({ onHistoryProgress: (progress) => told.push(progress) });
    const at = (hours: number): number => SERVER_NOW - hours * HOUR;
    const pages = [
      page([row(at(5)), row(at(4))], at(4)),
      page([row(at(4))], at(2)),
      page([], at(1)),
      page([row(at(1))]),
    ];
    bench.terminal.answer = () => pages.shift() as Answer;
    const bars = await read(bench);
    expect(bars.map(({ time }) => (NOW - time) / HOUR)).toEqual([5, 4, 1]);
    expect(bench.asked('bars').map(({ from }) => (SERVER_NOW - Number(from)) / HOUR)).toEqual([5, 4, 2, 1]);
    expect(told.map((p) => [p.bars, (NOW - p.upTo) / HOUR])).toEqual([
      [2, 4],
      [2, 2],
      [2, 1],
      [3, 0],
    ]);
  });

  it('are closed ones, of the span only', async () => {
    const bench = await RoomBench.up();
    bench.terminal.answer = () =>
      page([row(SERVER_NOW - 6 * HOUR), row(SERVER_NOW - 2 * HOUR), row(SERVER_NOW - HOUR / 2)]);
    const bars = await read(bench, { ...query, to: NOW + HOUR });
    expect(bars.map(({ time }) => (NOW - time) / HOUR)).toEqual([2]);
  });

  it('of a span that is empty are not asked for', async () => {
    const bench = await RoomBench.up();
    expect(await read(bench, { ...query, to: query.from })).toEqual([]);
    expect(bench.asked('bars')).toEqual([]);
  });

  it('end where a page does not lead on', async () => {
    const bench = await RoomBench.up();
    bench.terminal.answer = () => page([row(SERVER_NOW - 5 * HOUR)], SERVER_NOW - 5 * HOUR);
    expect(await read(bench)).toHaveLength(1);
  });

  it('that the terminal still loads are asked for again', async () => {
    const bench = await RoomBench.up();
    const answers: Answer[] = [{ t: 'error', code: 'HISTORY_LOADING' }, page([row(SERVER_NOW - 5 * HOUR)])];
    bench.terminal.answer = () => answers.shift() as Answer;
    const reading = read(bench);
    await settled();
    bench.clock.advance(bench.clock.now() + 1_000);
    expect(await reading).toHaveLength(1);
  });

  it.each([
    ['BAD_TIMEFRAME', { timeframe: 'S5' }, 'lost'],
    ['UNKNOWN_INSTRUMENT', { symbol: 'GBPUSD' }, 'lost'],
    ['PREFLIGHT_FAILED', {}, 'lost'],
    ['PREFLIGHT_FAILED', {}, { t: 'error', code: 'BAD_REQUEST' }],
  ] as const)('fail with %s for %j answered by %j', async (code, given, answer) => {
    const bench = await RoomBench.up();
    bench.terminal.answer = () => answer;
    await expect(read(bench, { ...query, ...given })).rejects.toMatchObject({ code });
  });
});
