import { type Bar, BarBuilder, type MarketFeed } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csv, type FeedProgress, fromBars, fromTicks, merge, readBars } from '../index.js';
import { all, ticksOf } from './testing/collect.js';
import { tempFile, tempGzip } from './testing/temp-files.js';

const MINUTE = 60_000;
const T0 = Date.UTC(2024, 0, 15, 10);
const bars = (...rows: readonly (readonly [number, number])[]): string =>
  `ts_ms,open,high,low,close\n${rows.map(([m, p]) => `${T0 + m * MINUTE},${p},${p},${p},${p}`).join('\n')}\n`;
const ticks = (...rows: readonly (readonly [number, number])[]): string =>
  `ts_ms,bid,ask\n${rows.map(([ms, p]) => `${T0 + ms},${p},${p}`).join('\n')}\n`;

describe('a feed of bars', () => {
  it('tells four ticks a bar, of which the first may have jumped and the others are steps', async () => {
    const path = tempFile('eurusd.csv', `ts_ms,open,high,low,close,volume\n${T0},10,11,5,6,8\n`);
    const tick = { symbol: 'EURUSD', ask: Number.NaN, volume: 2 };
    expect(await ticksOf(csv({ path, timeframe: 'M1' }))).toEqual([
      { ...tick, time: T0, bid: 10, path: 0 },
      { ...tick, time: T0 + 15_000, bid: 11, path: 1 },
      { ...tick, time: T0 + 30_000, bid: 5, path: 1 },
      { ...tick, time: T0 + 59_999, bid: 6, path: 1 },
    ]);
  });

  it('tells ticks from which the same bars are built, over any number of batches', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => {
      const [open, high, low, close] = [100 + (i % 7), 110 + (i % 11), 90 - (i % 5), 100 + (i % 3)];
      return `${T0 + i * MINUTE},${open},${high},${low},${close},4,${open + 1},${high + 1},${low + 1},${close + 1}`;
    });
    const header = 'ts_ms,open,high,low,close,volume,ask_open,ask_high,ask_low,ask_close';
    const path = tempFile('eurusd.csv', `${header}\n${rows.join('\n')}\n`);
    const builder = new BarBuilder('EURUSD', ['M1']);
    const rebuilt: Bar[] = [];
    builder.series('M1').bars.observable.subscribe((bar) => rebuilt.push({ ...bar, ticks: 0 }));
    for (const { time, bid, ask, volume } of await ticksOf(csv(path))) builder.tick(time, bid, ask, volume);
    builder.finish();
    expect(rebuilt).toEqual(await all(readBars(path)));
    expect(rebuilt).toHaveLength(5000);
  });

  it('ends a day of 23 hours before the next begins', async () => {
    const hour = 60 * MINUTE;
    const opens = [T0, T0 + 23 * hour, T0 + 47 * hour];
    const path = tempFile(
      'btcusd.csv',
      `ts_ms,open,high,low,close\n${opens.map((t) => `${t},1,1,1,1`).join('\n')}\n`,
    );
    const told = await ticksOf(csv({ path, timeframe: 'D1' }));
    const times = told.map((tick) => tick.time);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(times[3]).toBe(T0 + 23 * hour - 1);
  });
});

describe('several files', () => {
  it('of one symbol are joined by time, whatever the order of naming', async () => {
    const first = tempFile('eurusd_a.csv', bars([0, 1], [1, 2]));
    const second = tempGzip('eurusd_b.csv', bars([2, 3], [3, 4]));
    for (const files of [
      [first, second],
      [second, first],
    ]) {
      const feed = csv(files);
      expect(feed.symbols).toEqual(['EURUSD']);
      const told = await ticksOf(feed);
      expect(told.filter((tick) => tick.path === 0).map((tick) => tick.bid)).toEqual([1, 2, 3, 4]);
      expect(feed.report()).toMatchObject({ rows: 4, rejectedRows: 0, gaps: 0, complete: true });
      expect(feed.report().files.map((file) => file.path)).toEqual([first, second]);
    }
  });

  it('of one symbol that overlap tell each time once: the later file is rejected there, row by row', async () => {
    const first = tempFile('eurusd_a.csv', bars([0, 1], [1, 2], [2, 3]));
    const second = tempFile('eurusd_b.csv', bars([1, 20], [2, 30], [3, 4]));
    const feed = csv({ path: [first, second] });
    const told = await ticksOf(feed);
    expect(told.filter((tick) => tick.path === 0).map((tick) => tick.bid)).toEqual([1, 2, 3, 4]);
    expect(feed.report()).toMatchObject({ rows: 4, rejectedRows: 2 });
    expect(feed.report().files[1]).toMatchObject({
      rows: 1,
      faults: [{ fault: 'overlap', count: 2, firstLine: 2 }],
      rejected: [{ line: 2, detail: expect.stringContaining(first) }, { line: 3 }],
    });
  });

  it('of ticks that overlap tell each time once too', async () => {
    const first = tempFile('eurusd_a.csv', ticks([0, 1], [5, 2], [5, 3]));
    const second = tempFile('eurusd_b.csv', ticks([5, 3], [6, 4]));
    const feed = csv(first, second);
    expect((await ticksOf(feed)).map((tick) => tick.bid)).toEqual([1, 2, 3, 4]);
    expect(feed.report().files[1]?.faults).toMatchObject([{ fault: 'overlap', count: 1 }]);
  });

  it('count the hole between them', async () => {
    const first = tempFile('eurusd_a.csv', bars([0, 1], [1, 1]));
    const second = tempFile('eurusd_b.csv', bars([5, 1], [6, 1]));
    const feed = csv(first, second);
    await ticksOf(feed);
    expect(feed.report()).toMatchObject({
      gaps: 1,
      missingBars: 3,
      longestGaps: [
        { symbol: 'EURUSD', from: T0 + MINUTE, to: T0 + 5 * MINUTE, missingMs: 3 * MINUTE, missing: 3 },
      ],
    });
  });

  it('of several symbols are merged by time, at equal times in the order of naming', async () => {
    const usdjpy = tempFile('usdjpy.csv', ticks([0, 150], [10, 151], [20, 152]));
    const eurusd = tempFile('eurusd.csv', ticks([0, 1], [5, 2], [20, 3], [20, 4]));
    const told = await ticksOf(csv(usdjpy, eurusd));
    expect(told.map(({ symbol, time, bid }) => [symbol, time - T0, bid])).toEqual([
      ['USDJPY', 0, 150],
      ['EURUSD', 0, 1],
      ['EURUSD', 5, 2],
      ['USDJPY', 10, 151],
      ['USDJPY', 20, 152],
      ['EURUSD', 20, 3],
      ['EURUSD', 20, 4],
    ]);
    expect((await ticksOf(csv(eurusd, usdjpy))).map((tick) => tick.bid)).toEqual([1, 150, 2, 151, 3, 4, 152]);
  });
});

describe('gaps', () => {
  const rows = (...times: readonly number[]) =>
    `ts_ms,open,high,low,close\n${times.map((t) => `${t},1,1,1,1`).join('\n')}\n`;
  // Friday's last minute in winter begins at 21:59 UTC, Sunday's first at 22:00 UTC.
  const weekend = rows(
    Date.UTC(2024, 0, 12, 21, 58),
    Date.UTC(2024, 0, 12, 21, 59),
    Date.UTC(2024, 0, 14, 22, 0),
  );

  it('are none over the weekend of foreign exchange', async () => {
    const feed = csv(tempFile('eurusd.csv', weekend));
    await ticksOf(feed);
    expect(feed.report()).toMatchObject({ gaps: 0, missingBars: 0 });
  });

  it('are the weekend too where the market is always open', async () => {
    const feed = csv({ path: tempFile('btcusd.csv', weekend), hours: 'always' });
    await ticksOf(feed);
    expect(feed.report()).toMatchObject({ gaps: 1, missingBars: 48 * 60 });
  });

  it('keep the longest ten, the longest first, of equals the earlier', async () => {
    // Twelve holes of one bar, then holes of 2, 9 and 4 bars, then one of one bar.
    const holes = [...Array<number>(12).fill(1), 2, 9, 4, 1];
    let time = T0;
    const times = [time, ...holes.map((missing) => (time += (missing + 1) * MINUTE))];
    const feed = csv({ path: tempFile('eurusd.csv', rows(...times)), timeframe: 'M1' });
    await ticksOf(feed);
    const { gaps, missingBars, longestGaps } = feed.report();
    expect({ gaps, missingBars }).toEqual({ gaps: 16, missingBars: 28 });
    expect(longestGaps.map(({ missing }) => missing)).toEqual([9, 4, 2, 1, 1, 1, 1, 1, 1, 1]);
    expect(longestGaps[3]?.from).toBe(T0);
  });

  it('of several files are listed together by the time that is missing, not by bars or by the calendar', async () => {
    const days = rows(...[0, 1, 3].map((day) => Date.UTC(2024, 0, 8 + day)));
    // Two bars around a weekend: long by the calendar, short by the market.
    const minutes = rows(
      Date.UTC(2024, 0, 8, 10),
      Date.UTC(2024, 0, 8, 10, 1),
      Date.UTC(2024, 0, 8, 10, 7),
      Date.UTC(2024, 0, 12, 21, 57),
      Date.UTC(2024, 0, 12, 21, 58),
      Date.UTC(2024, 0, 14, 22, 1),
    );
    const feed = csv(
      { path: tempFile('usdjpy.csv', minutes), timeframe: 'M1' },
      { path: tempFile('eurusd.csv', days), timeframe: 'D1' },
    );
    await ticksOf(feed);
    const listed = feed.report().longestGaps.map(({ symbol, missing }) => [symbol, missing]);
    expect(listed.slice(1)).toEqual([
      ['EURUSD', 1],
      ['USDJPY', 5],
      ['USDJPY', 2],
    ]);
    expect(listed[0]?.[0]).toBe('USDJPY');
  });
});

describe('contracts', () => {
  const rows = [
    ['201312', T0, 10],
    ['201312', T0 + MINUTE, 11],
    ['201403', T0, 20],
    ['201403', T0 + MINUTE, 21],
  ];
  const file = () =>
    tempFile(
      'es.csv',
      `ts_ms,open,high,low,close,contract\n${rows.map(([c, t, p]) => `${t},${p},${p},${p},${p},${c}`).join('\n')}\n`,
    );

  it('are chosen by name, and the others counted', async () => {
    const feed = csv({ path: file(), contract: '201403' });
    const told = await ticksOf(feed);
    expect(told.filter((tick) => tick.path === 0).map((tick) => tick.bid)).toEqual([20, 21]);
    expect(feed.report().files[0]).toMatchObject({ rows: 2, filteredRows: 2, rejectedRows: 0 });
  });

  it('are named when none was chosen, or another', async () => {
    await expect(ticksOf(csv(file()))).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining('201312, 201403'),
    });
    await expect(ticksOf(csv({ path: file(), contract: '209912' }))).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining('201312, 201403'),
    });
  });

  it('need no choice where there is one', async () => {
    const path = tempFile('es.csv', `ts_ms,bid,ask,contract\n${T0},1,1,201312\n`);
    expect(await ticksOf(csv(path))).toHaveLength(1);
  });

  it('cannot be chosen in a file without them', async () => {
    const path = tempFile('es.csv', `ts_ms,bid,ask\n${T0},1,1\n`);
    await expect(ticksOf(csv({ path, contract: '201312' }))).rejects.toMatchObject({ code: 'BAD_CONFIG' });
  });
});

describe('a feed', () => {
  it('starts from the beginning at each call, and its account with it', async () => {
    const feed = csv(tempFile('eurusd.csv', `${ticks([0, 1], [5, 2])}bad\n`));
    const once = await ticksOf(feed);
    expect(feed.report()).toMatchObject({ rows: 2, rejectedRows: 1 });
    expect(await ticksOf(feed)).toEqual(once);
    expect(feed.report()).toMatchObject({ rows: 2, rejectedRows: 1 });
  });

  it('has an empty account before it is started, and an incomplete one when it is left', async () => {
    const feed = csv(tempFile('eurusd.csv', bars([0, 1], [1, 1])));
    expect(feed.report()).toMatchObject({ files: [], rows: 0, complete: false });
    for await (const _ of feed.batches()) break;
    expect(feed.report()).toMatchObject({ rows: 2, complete: false });
  });

  it('tells how far it is, up to all the bytes', async () => {
    const rows = Array.from({ length: 20_000 }, (_, i): [number, number] => [i, 1]);
    for (const path of [tempFile('eurusd.csv', ticks(...rows)), tempGzip('eurusd.csv', ticks(...rows))]) {
      const told: FeedProgress[] = [];
      await ticksOf(csv({ path, chunkBytes: 256 }).onProgress((progress) => told.push(progress)));
      const last = told.at(-1) as FeedProgress;
      expect(last.rows).toBe(20_000);
      expect(last.bytes).toBe(last.totalBytes);
      expect(told.length).toBeGreaterThan(2);
      expect(told.map((p) => p.bytes)).toEqual(told.map((p) => p.bytes).sort((a, b) => a - b));
      expect(told[0]?.bytes).toBeLessThan(last.bytes);
    }
  });
});

describe('feeds in memory', () => {
  const bar = (symbol: string, m: number, price: number): Bar => ({
    symbol,
    timeframe: 'M1',
    time: T0 + m * MINUTE,
    closeTime: T0 + (m + 1) * MINUTE,
    open: price,
    high: price,
    low: price,
    close: price,
    askOpen: price,
    askHigh: price,
    askLow: price,
    askClose: price,
    volume: 0,
    ticks: 0,
  });

  it('of bars tell what a file of them tells', async () => {
    const path = tempFile('eurusd.csv', bars([0, 1], [1, 2], [7, 3]));
    expect(await ticksOf(fromBars(await all(readBars(path))))).toEqual(await ticksOf(csv(path)));
  });

  it('of bars of several symbols are merged', async () => {
    const told = await ticksOf(fromBars([bar('A', 0, 1), bar('A', 1, 2), bar('B', 0, 3)]));
    expect(told.map((tick) => tick.bid)).toEqual([1, 3, 1, 3, 1, 3, 1, 3, 2, 2, 2, 2]);
  });

  it('of nothing tell nothing', async () => {
    expect(await ticksOf(fromBars([]))).toEqual([]);
    expect(await ticksOf(fromTicks([]))).toEqual([]);
    expect(await ticksOf(merge([]))).toEqual([]);
  });

  it('refuse what goes back in time', () => {
    const backwards = expect.objectContaining({ code: 'TIME_BACKWARDS' });
    expect(() => fromBars([bar('A', 1, 1), bar('A', 0, 1)])).toThrow(backwards);
    expect(() => fromBars([bar('A', 1, 1), bar('A', 1, 1)])).toThrow(backwards);
    const tick = { symbol: 'A', time: 5, bid: 1, ask: 1, volume: 0 };
    expect(() => fromTicks([tick, { ...tick, time: 4 }])).toThrow(backwards);
  });

  it('merge as sorting by time merges, ties in the order of the feeds, whoever holds which symbol', async () => {
    const symbol = fc.constantFrom('A', 'B', 'C');
    const tick = fc.record({ symbol, time: fc.nat(20), bid: fc.integer({ min: 1, max: 99 }) });
    const feed = fc
      .array(tick, { maxLength: 12 })
      .map((t) => t.map((x) => ({ ...x, ask: x.bid, volume: 0 })).sort((a, b) => a.time - b.time));
    await fc.assert(
      fc.asyncProperty(fc.array(feed, { maxLength: 6 }), async (feeds) => {
        const merged = await ticksOf(merge(feeds.map(fromTicks)));
        // Array.prototype.sort is stable.
        const expected = feeds.flat().sort((a, b) => a.time - b.time);
        expect(merged.map(({ path: _, ...rest }) => rest)).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('merge the same however they cut their batches', async () => {
    const sized = (feed: MarketFeed, size: number): MarketFeed => ({
      symbols: feed.symbols,
      async *batches() {
        for await (const batch of feed.batches()) {
          for (let at = 0; at < batch.length; at += size) {
            const cut = <T extends Float64Array | Uint16Array>(column: T) =>
              column.subarray(at, at + size) as T;
            yield {
              length: Math.min(size, batch.length - at),
              symbols: [...batch.symbols],
              symbol: cut(batch.symbol),
              time: cut(batch.time),
              bid: cut(batch.bid),
              ask: cut(batch.ask),
              volume: cut(batch.volume),
            };
          }
        }
      },
    });
    const many = (name: string, step: number) =>
      fromTicks(
        Array.from({ length: 3000 }, (_, i) => ({
          symbol: name,
          time: i * step,
          bid: i + 1,
          ask: i + 1,
          volume: 0,
        })),
      );
    const [a, b] = [many('A', 3), many('B', 2)];
    const whole = (await ticksOf(merge([a, b]))).map(({ path: _, ...tick }) => tick);
    for (const [m, n] of [
      [1, 7],
      [100, 3],
      [2999, 1],
    ] as const) {
      const cut = await ticksOf(merge([sized(a, m), sized(b, n)]));
      // A source that cannot say which rows are steps makes the merged feed silent about it.
      expect(cut[0]?.path).toBeUndefined();
      expect(cut.map(({ path: _, ...tick }) => tick)).toEqual(whole);
    }
  });

  it('may number their symbols anew in each batch', async () => {
    const changing: MarketFeed = {
      symbols: ['A', 'B'],
      async *batches() {
        const column = (value: number) => Float64Array.of(value);
        const batch = (time: number, symbols: readonly string[]) => ({
          length: 1,
          symbols,
          symbol: Uint16Array.of(0),
          time: column(time),
          bid: column(1),
          ask: column(1),
          volume: column(0),
        });
        yield batch(1, ['A', 'B']);
        yield batch(2, ['B', 'A']);
      },
    };
    const told = await ticksOf(merge([fromBars([bar('C', 0, 1)]), changing]));
    expect(told.slice(0, 2).map((tick) => tick.symbol)).toEqual(['A', 'B']);
  });

  it('are closed when the merge is left early', async () => {
    let closed = 0;
    const watched = (feed: MarketFeed): MarketFeed => ({
      symbols: feed.symbols,
      async *batches() {
        try {
          yield* feed.batches();
        } finally {
          closed++;
        }
      },
    });
    const many = (symbol: string) =>
      fromTicks(Array.from({ length: 20_000 }, (_, time) => ({ symbol, time, bid: 1, ask: 1, volume: 0 })));
    for await (const _ of merge([watched(many('A')), watched(many('B'))]).batches()) break;
    expect(closed).toBe(2);
  });
});
