import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { VirtualClock } from '@mikrobot/core';
import { BarSizeSetting, SecType, WhatToShow } from '@stoqey/ib';
import { describe, expect, it } from 'vitest';
import type { ReplayRow } from './replay.js';
import { replayClock } from './replay-clock.js';
import { benchTime, marketOfEachTest } from './testing/market-bench.js';

const NAME = 'es_fut_m1_trades_lean_2013-10_2013-12.csv.gz';
const FILE = new URL(`../../../../../../shared/data/${NAME}`, import.meta.url);
const there = existsSync(FILE);
if (!there) process.stdout.write(`replay.test.ts skips a recording: ../shared/data/${NAME} is not there\n`);

const recorded = (count: number): readonly ReplayRow[] =>
  gunzipSync(readFileSync(FILE))
    .toString()
    .split('\n')
    .slice(1)
    .filter((line) => line.endsWith(',201312'))
    .slice(0, count)
    .map((line) => {
      const [time, open, high, low, close, volume] = line.split(',').map(Number) as [
        number,
        number,
        number,
        number,
        number,
        number,
      ];
      return { time, open, high, low, close, volume };
    });

const es = { symbol: 'ES', secType: SecType.CONTFUT, exchange: 'CME', currency: 'USD' };
const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

/** Moves a clock on by steps until something is done. */
const drive = async (clock: VirtualClock, step: number, work: Promise<unknown>): Promise<void> => {
  let done = false;
  const end = work.finally(() => {
    done = true;
  });
  while (!done) {
    await turn();
    clock.advance(clock.now() + step);
  }
  await end;
};

describe('Recorded bars that a simulated TWS tells again', () => {
  const open = marketOfEachTest();
  const row: ReplayRow = { time: 1_000_000, open: 100, high: 102, low: 99, close: 101, volume: 9 };

  it('go along a path of four ticks, quotes and trades, and move what orders trade on', async () => {
    const { client, controls, quotes, market } = await open();
    const { conId } = { conId: 968202403 };
    client.api.reqTickByTickData(1, { conId, exchange: 'CME' }, 'BidAsk' as never, 0, true);
    client.api.reqTickByTickData(2, { conId, exchange: 'CME' }, 'AllLast' as never, 0, true);
    await client.settle();
    const bad = { ...row, low: 101 };
    expect(await market.controls.replay('ES', [row, bad, { ...row, volume: 0 }])).toEqual({
      rows: 2,
      skipped: 1,
      ticks: 8,
    });
    const path = [
      [conId, 100, 100.25],
      [conId, 99, 99.25],
      [conId, 102, 102.25],
      [conId, 101, 101.25],
    ];
    expect(quotes).toEqual([...path, ...path]);
    const heard = await client.heard();
    expect(heard.filter(([, id]) => id === 1).map((tick) => tick.slice(3, 5))).toEqual(
      quotes.map(([, bid, ask]) => [bid, ask]),
    );
    // Nine lots: two at each tick, what is left with the last.
    expect(heard.filter(([, id]) => id === 2).map((tick) => tick.slice(4, 6))).toEqual([
      [100, 2],
      [99, 2],
      [102, 2],
      [101, 3],
    ]);
    controls.halt('ES');
  });

  it('come at the pace that they were recorded at, or a multiple of it, and end when told to', async () => {
    const { clock, quotes, controls } = await open();
    const told = controls.replay('ES', [row], { speed: 60 });
    const times: number[] = [];
    await drive(
      clock,
      10,
      Promise.all([
        told,
        (async () => {
          for (let seen = 0; seen < 4; ) {
            await turn();
            for (; seen < quotes.length; seen++) times.push(clock.now() - benchTime);
          }
        })(),
      ]),
    );
    // A minute takes a second: begin, a quarter, a half and the end, each told within the next step of the clock.
    [0, 250, 500, 1_000].forEach((due, i) => {
      expect(times[i]).toBeGreaterThanOrEqual(due - 1);
      expect(times[i]).toBeLessThanOrEqual(due + 20);
    });
    const abort = new AbortController();
    const endless = function* () {
      for (let i = 0; ; i++) {
        if (i === 3) abort.abort();
        yield row;
      }
    };
    expect(await controls.replay('ES', endless(), { abort: abort.signal })).toMatchObject({ rows: 3 });
  });

  it.skipIf(!there)('give the same bars again when history is asked for afterwards', async () => {
    const rows = recorded(240);
    const start = rows[0]!.time - 10_000;
    const { client, clock, controls } = await open({ start });
    await drive(clock, 5_000, controls.replay('ES', rows, { speed: 'recorded' }));
    client.api.reqHistoricalData(
      1,
      es,
      '',
      '1 D',
      BarSizeSetting.MINUTES_ONE,
      WhatToShow.TRADES,
      0,
      2,
      false,
    );
    const told = (await client.heard('historicalData')).slice(0, -1);
    const expected = rows.map(({ time, open, high, low, close, volume }) => [
      String(time / 1_000),
      open,
      high,
      low,
      close,
      volume,
    ]);
    expect(told.map((bar) => bar.slice(2, 8))).toEqual(expected);
  });
});

describe('A clock that starts in the past', () => {
  it('runs as fast as it is told to, and wakes when it reads the time, never before', () => {
    const base = new VirtualClock(benchTime);
    const clock = replayClock({ start: 1_000_000, speed: 60, base });
    const woken: (readonly [string, number])[] = [];
    clock.arm('a', 1_060_000, (id) => woken.push([id, clock.now()]));
    const cancel = clock.arm('b', 1_060_000, (id) => woken.push([id, clock.now()]));
    cancel();
    base.advance(benchTime + 500);
    expect(clock.now()).toBe(1_030_000);
    expect(woken).toEqual([]);
    base.advance(benchTime + 1_000);
    expect(woken).toEqual([['a', 1_060_000]]);
  });
});
