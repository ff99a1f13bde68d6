import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { MikroBotError } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { csv, dataQualityOf, type FileReport, readBars, readTicks } from '../index.js';
import { all, ticksOf } from './testing/collect.js';
import { tempFile } from './testing/temp-files.js';

const header = 'ts_ms,open,high,low,close,volume,ask_open,ask_high,ask_low,ask_close';
const at = (m: number): number => Date.UTC(2024, 0, 15, 10, m);
const good = (m: number): string => `${at(m)},1.1,1.3,1.0,1.2,5,1.1,1.3,1.0,1.2`;

/** Reads minutes 0 and 2 with a row of minute 1 between them, and gives what became of it. */
const between = async (row: string): Promise<FileReport> => {
  const path = tempFile('eurusd.csv', [header, good(0), row, good(2)].join('\n'));
  const bars = readBars({ path, timeframe: 'M1' });
  await all(bars);
  return bars.report().files[0] as FileReport;
};

describe('a bad bar', () => {
  it.each([
    [
      'text where a number belongs',
      `${at(1)},1.1,abc,1,1,5,1,1,1,1`,
      'not-a-number',
      'The field high is "abc", which is no number.',
    ],
    [
      'a comma for a point',
      `${at(1)},1.1,"1,3",1,1,5,1,1,1,1`,
      'not-a-number',
      'The field high is ""1", which is no number.',
    ],
    ['NaN', `${at(1)},NaN,1,1,1,5,1,1,1,1`, 'not-a-number', 'The field open is "NaN", which is no number.'],
    ['an empty price', `${at(1)},1.1,,1,1,5,1,1,1,1`, 'missing-field', undefined],
    ['an empty ask among others', `${at(1)},1,1,1,1,5,1,,1,1`, 'missing-field', undefined],
    ['an empty time', ',1,1,1,1,5,1,1,1,1', 'missing-field', undefined],
    ['too few fields', `${at(1)},1.1,1.3`, 'missing-field', 'It has 3 fields instead of 10.'],
    ['too many fields', `${good(1)},9`, 'missing-field', 'It has more than 10 fields.'],
    [
      'a high below the close',
      `${at(1)},1.1,1.15,1,1.2,5,,,,`,
      'range',
      'The high or the low does not enclose the other prices: open 1.1, high 1.15, low 1, close 1.2.',
    ],
    ['a high below the open', `${at(1)},1.1,1.05,1,1,5,,,,`, 'range', undefined],
    ['a low above the open', `${at(1)},1.1,1.3,1.15,1.2,5,,,,`, 'range', undefined],
    ['a low above the close', `${at(1)},1.2,1.3,1.15,1.1,5,,,,`, 'range', undefined],
    ['an ask whose high is below its low', `${at(1)},1,1,1,1,5,1,1.1,1.2,1.15`, 'range', undefined],
    ['a price of zero', `${at(1)},0,1.3,0,1.2,5,,,,`, 'not-positive', undefined],
    ['a negative price', `${at(1)},-1,1.3,-1,1.2,5,,,,`, 'not-positive', undefined],
    ['an ask of zero', `${at(1)},1,1,1,1,5,1,1,0,1`, 'not-positive', undefined],
    ['a negative volume', `${at(1)},1,1,1,1,-5,,,,`, 'not-positive', undefined],
    ['an ask open below the bid', `${at(1)},1.1,1.3,1,1.2,5,1.0,1.3,1,1.2`, 'crossed', undefined],
    ['an ask high below the bid', `${at(1)},1.1,1.3,1,1.2,5,1.1,1.2,1,1.2`, 'crossed', undefined],
    ['an ask low below the bid', `${at(1)},1.1,1.3,1,1.2,5,1.1,1.3,0.9,1.2`, 'crossed', undefined],
    [
      'an ask close below the bid',
      `${at(1)},1.1,1.3,1,1.2,5,1.1,1.3,1,1.1`,
      'crossed',
      'The ask is below the bid: bid open 1.1, high 1.3, low 1, close 1.2; ask open 1.1, high 1.3, low 1, close 1.1.',
    ],
    [
      'a time before the bar above',
      good(-1),
      'backwards',
      'The time 2024-01-15T09:59:00.000Z is before 2024-01-15T10:00:00.000Z, the bar above.',
    ],
    [
      'the time of the bar above',
      good(0),
      'duplicate',
      'The time 2024-01-15T10:00:00.000Z is that of the bar above.',
    ],
    [
      'a time within the bar above',
      good(0).replace(String(at(0)), String(at(0) + 30_000)),
      'overlap',
      'The time 2024-01-15T10:00:30.000Z lies within the bar above, which began at 2024-01-15T10:00:00.000Z and lasts 60 s.',
    ],
    [
      'a time in seconds',
      `${at(1) / 1000},1,1,1,1,5,,,,`,
      'bad-time',
      'The time 1705312860 is not in epoch ms between 1973 and 2100.',
    ],
    ['a time after 2100', '9999999999999,1,1,1,1,5,,,,', 'bad-time', undefined],
    ['a line without end', 'x'.repeat(20_000), 'too-long', 'It is longer than 16384 bytes.'],
  ])('with %s is rejected, and the good ones around it are read', async (_, row, fault, detail) => {
    const report = await between(row);
    expect(report).toMatchObject({ rows: 2, rejectedRows: 1, from: at(0), to: at(2) });
    expect(report.faults).toEqual([{ fault, count: 1, firstLine: 3 }]);
    expect(report.rejected).toMatchObject([{ file: report.path, line: 3, fault }]);
    if (detail !== undefined) expect(report.rejected[0]?.detail).toBe(detail);
  });

  it('leaves a hole that is counted as a gap', async () => {
    const report = await between('no data');
    expect(report).toMatchObject({
      gaps: 1,
      missingBars: 1,
      longestGaps: [{ from: at(0), to: at(2), missing: 1 }],
    });
  });

  it('is not taken as what the next must come after', async () => {
    const path = tempFile('eurusd.csv', [header, good(0), `${at(9)},1,0.5,1,1,5,,,,`, good(1)].join('\n'));
    const bars = readBars(path);
    expect((await all(bars)).map((bar) => bar.time)).toEqual([at(0), at(1)]);
  });
});

describe('a bad tick', () => {
  it.each([
    ['text', 'x,1.1,1.2', 'not-a-number'],
    ['an empty side', `${at(1)},1.1,`, 'missing-field'],
    ['a missing field', `${at(1)},1.1`, 'missing-field'],
    ['a price of zero', `${at(1)},0,1.2`, 'not-positive'],
    ['an ask below the bid', `${at(1)},1.3,1.2`, 'crossed'],
    ['a time before the tick above', `${at(-1)},1.1,1.2`, 'backwards'],
    ['a time that is none', '5,1.1,1.2', 'bad-time'],
  ])('with %s is rejected', async (_, row, fault) => {
    const path = tempFile('eurusd.csv', `ts_ms,bid,ask\n${at(0)},1.1,1.2\n${row}\n${at(2)},1.1,1.2\n`);
    const feed = csv(path);
    expect((await ticksOf(feed)).map((tick) => tick.time)).toEqual([at(0), at(2)]);
    expect(feed.report().files[0]?.rejected).toMatchObject([{ line: 3, fault }]);
  });

  it('is none for the time of the tick above', async () => {
    const path = tempFile('eurusd.csv', `ts_ms,bid,ask\n${at(0)},1.1,1.2\n${at(0)},1.1,1.3\n`);
    expect((await ticksOf(csv(path))).map((tick) => tick.ask)).toEqual([1.2, 1.3]);
  });
});

describe('crossed rows', () => {
  const crossed = `ts_ms,bid,ask\n${at(0)},1.1,1.2\n${at(1)},1.3,1.2\n`;

  it('are taken where they are asked for, and counted', async () => {
    const ticks = readTicks({ path: tempFile('eurusd.csv', crossed), crossed: 'keep' });
    expect((await all(ticks)).map((tick) => tick.bid)).toEqual([1.1, 1.3]);
    expect(ticks.report().files[0]).toMatchObject({ rows: 2, rejectedRows: 0, crossedRows: 1 });
  });
});

describe('wall times', () => {
  it('that do not exist are rejected', async () => {
    const row = (clock: string) => `2024.03.10,${clock},1,1,1,1,1`;
    const rows = ['01:30', '02:30', '03:30', '24:00', '3:00'].map(row);
    const bars = readBars({
      path: tempFile('x.csv', rows.join('\n')),
      zone: 'America/New_York',
      timeframe: 'M30',
    });
    expect((await all(bars)).map((bar) => new Date(bar.time).toISOString().slice(11, 16))).toEqual([
      '06:30',
      '07:30',
    ]);
    expect(bars.report().files[0]?.rejected.map(({ line, detail }) => [line, detail])).toEqual([
      [
        2,
        'The time 2024-03-10T02:30:00.000 does not exist in the zone America/New_York, or lies outside 1973 to 2100.',
      ],
      [4, 'The field time is "24:00", which is no date or time.'],
      [5, 'The field time is "3:00", which is no date or time.'],
    ]);
  });
});

describe('the account of rejected rows', () => {
  it('keeps the first ten and counts them all, by fault', async () => {
    const bad = Array.from({ length: 25 }, (_, i) => (i % 5 === 0 ? 'text' : `${at(1)},1.3,1.2`));
    const path = tempFile('eurusd.csv', ['ts_ms,bid,ask', `${at(0)},1.1,1.2`, ...bad].join('\n'));
    const ticks = readTicks(path);
    await all(ticks);
    const report = ticks.report();
    expect(report).toMatchObject({ rows: 1, rejectedRows: 25, complete: true });
    expect(report.files[0]?.rejected.map(({ line }) => line)).toEqual([3, 4, 5, 6, 7, 8, 9, 10, 11, 12]);
    expect(report.files[0]?.faults).toEqual([
      { fault: 'not-a-number', count: 5, firstLine: 3 },
      { fault: 'crossed', count: 20, firstLine: 4 },
    ]);
    expect(dataQualityOf(report)).toEqual([
      {
        source: path,
        rows: 26,
        rejected: [
          { reason: 'Text stands where a number belongs.', count: 5, first: `${path}:3` },
          { reason: 'The ask is below the bid.', count: 20, first: `${path}:4` },
        ],
        gaps: [],
        gapCount: 0,
        missingBars: null,
      },
    ]);
  });
});

describe('a file that cannot be read', () => {
  const failure = async (content: string | Uint8Array, options = {}): Promise<MikroBotError> => {
    const path = tempFile('eurusd.csv', content);
    const error = await ticksOf(csv({ path, ...options })).catch((e: unknown) => e);
    expect(error).toBeInstanceOf(MikroBotError);
    expect((error as MikroBotError).message).toContain(path);
    return error as MikroBotError;
  };

  it('because there is none is told by its path', async () => {
    const path = '/no/such/eurusd.csv';
    await expect(ticksOf(csv(path))).rejects.toMatchObject({ code: 'FILE_MISSING', where: path });
  });

  it('because it is a folder is told', async () => {
    await expect(ticksOf(csv(tmpdir()))).rejects.toMatchObject({ code: 'FILE_MISSING' });
  });

  it('because it is empty is told', async () => {
    for (const nothing of ['', '\n\n\r\n', '\uFEFF', gzipSync('')]) {
      expect(await failure(nothing)).toMatchObject({ code: 'BAD_ROW', where: expect.stringMatching(/:1$/) });
    }
  });

  it('because its columns match no layout is told with the layouts that are known', async () => {
    const error = await failure('\nDate,Open,Close\n2024-01-01,1,1\n');
    expect(error).toMatchObject({ code: 'UNKNOWN_COLUMNS', where: expect.stringMatching(/:2$/) });
    expect(error.message).toContain('"Date,Open,Close"');
    for (const known of ['mt5-bars', 'histdata-ticks', 'binance-klines', 'ts_ms,bid,ask']) {
      expect(error.message).toContain(known);
    }
  });

  it('because it names some asks only is told with those that are missing', async () => {
    const error = await failure('ts_ms,open,high,low,close,ask_open,ask_close\n');
    expect(error).toMatchObject({ code: 'UNKNOWN_COLUMNS' });
    expect(error.message).toContain('ask_high, ask_low');
  });

  it('because it has only a header is told', async () => {
    expect(await failure('ts_ms,bid,ask\n')).toMatchObject({
      code: 'BAD_ROW',
      where: expect.stringMatching(/:1$/),
    });
  });

  it('because none of its rows is good is told with the first', async () => {
    const error = await failure(`ts_ms,bid,ask\n\n${at(0)},2,1\nx,1,1\n`);
    expect(error).toMatchObject({ code: 'BAD_ROW', where: expect.stringMatching(/:3$/) });
    expect(error.message).toContain('None of its 2 rows is good. The ask is below the bid: bid 2, ask 1.');
  });

  it('because its gzip data ends early is told with the line that was reached', async () => {
    const rows = Array.from({ length: 5000 }, (_, i) => `${at(0) + i * i},${1 + (i % 97) / 1000},2`);
    const packed = gzipSync(`ts_ms,bid,ask\n${rows.join('\n')}\n`);
    const error = await failure(packed.subarray(0, packed.length / 2), { chunkBytes: 512 });
    expect(error).toMatchObject({ code: 'BAD_ROW' });
    const line = Number(/:(\d+)$/.exec(error.where ?? '')?.[1]);
    expect(line).toBeGreaterThan(1000);
    expect(line).toBeLessThan(4000);
  });

  it('because it is a ZIP archive is told', async () => {
    expect(await failure('PK\u0003\u0004rest')).toMatchObject({ code: 'UNKNOWN_COLUMNS' });
  });

  it('because its bars tell no timeframe is told', async () => {
    const head = 'ts_ms,open,high,low,close\n';
    expect(await failure(`${head}${at(0)},1,1,1,1\n`)).toMatchObject({ code: 'BAD_TIMEFRAME' });
    const error = await failure(`${head}${at(0)},1,1,1,1\n${at(7)},1,1,1,1\n`);
    expect(error).toMatchObject({ code: 'BAD_TIMEFRAME' });
    expect(error.message).toContain('420 s');
  });

  it('because a zone was given for epoch times is told', async () => {
    const error = await failure(`ts_ms,bid,ask\n${at(0)},1,1\n`, { zone: 'Europe/Athens' });
    expect(error).toMatchObject({ code: 'BAD_CONFIG' });
  });

  it('fails before anything of the other files is told', async () => {
    const path = tempFile('eurusd.csv', `ts_ms,bid,ask\n${at(0)},1,1\n`);
    let batches = 0;
    const play = async () => {
      for await (const _ of csv(path, '/no/such/usdjpy.csv').batches()) batches++;
    };
    await expect(play()).rejects.toMatchObject({ code: 'FILE_MISSING' });
    expect(batches).toBe(0);
  });

  it('because it holds the other kind of row is told', async () => {
    const path = tempFile('eurusd.csv', `ts_ms,bid,ask\n${at(0)},1,1\n`);
    await expect(all(readBars(path))).rejects.toMatchObject({ code: 'UNKNOWN_COLUMNS' });
    const bars = tempFile('eurusd.csv', `ts_ms,open,high,low,close\n${at(0)},1,1,1,1\n`);
    await expect(all(readTicks({ path: bars, timeframe: 'M1' }))).rejects.toMatchObject({
      code: 'UNKNOWN_COLUMNS',
    });
  });
});

describe('options of csv()', () => {
  it.each([
    ['no file', () => csv()],
    ['an empty array', () => csv([])],
    ['an empty path', () => csv('')],
    ['a name without a symbol', () => csv('2024-01.csv')],
    ['an unknown option', () => csv({ path: 'a.csv', zoen: 'UTC' } as never)],
    ['an unknown layout', () => csv({ path: 'a.csv', layout: 'excel' as never })],
    ['an unknown treatment of crossed rows', () => csv({ path: 'a.csv', crossed: 'repair' as never })],
    ['reads of nothing', () => csv({ path: 'a.csv', chunkBytes: 0 })],
    ['a number for a path', () => csv(7 as never)],
  ])('refuse %s at once', (_, make) => {
    expect(make).toThrow(expect.objectContaining({ code: 'BAD_CONFIG' }));
  });

  it('refuse an unknown timeframe at once', () => {
    expect(() => csv({ path: 'a.csv', timeframe: 'M7' as never })).toThrow(
      expect.objectContaining({ code: 'BAD_TIMEFRAME' }),
    );
  });

  it('name the symbol by the first word of the file in capitals', () => {
    expect(csv('data/eurusd_m1_2024.csv.gz', '6e-fut.csv', 'BTCUSDT-1m-2024-12.csv').symbols).toEqual([
      'EURUSD',
      '6E',
      'BTCUSDT',
    ]);
  });
});
