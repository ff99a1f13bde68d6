import { describe, expect, it } from 'vitest';
import { csv, readBars, readTicks } from '../index.js';
import { all, ticksOf } from './testing/collect.js';
import { tempFile, tempGzip } from './testing/temp-files.js';

const nan = Number.NaN;
const minute = (m: number): number => Date.UTC(2024, 0, 15, 10, m);

/** The fields of a bar that a layout decides. */
const shown = (bars: readonly { time: number; open: number; high: number; low: number; close: number }[]) =>
  bars.map(({ time, open, high, low, close }) => [new Date(time).toISOString(), open, high, low, close]);

describe('normalised bars', () => {
  const rows = ['1705312800000,1.1,1.3,1.0,1.2', '1705312860000,1.2,1.25,1.15,1.2'];

  it('are bid bars, whose ask is unknown and volume nothing when the file has none', async () => {
    const path = tempFile('eurusd_m1.csv', `ts_ms,open,high,low,close\n${rows.join('\n')}\n`);
    const ask = { askOpen: nan, askHigh: nan, askLow: nan, askClose: nan };
    const common = { symbol: 'EURUSD', timeframe: 'M1', volume: 0, ticks: 0, ...ask };
    expect(await all(readBars(path))).toEqual([
      { ...common, time: minute(0), closeTime: minute(1), open: 1.1, high: 1.3, low: 1, close: 1.2 },
      { ...common, time: minute(1), closeTime: minute(2), open: 1.2, high: 1.25, low: 1.15, close: 1.2 },
    ]);
  });

  it('are read by the names of their columns, in any order and beside others', async () => {
    const path = tempFile(
      'eurusd.csv',
      'note,ask_close,ask_low,ask_high,ask_open,Volume,close,low,high,open,TS_MS\n' +
        'hi,1.21,1.02,1.33,1.11,7,1.2,1.0,1.3,1.1,1705312800000\n',
    );
    const [bar] = await all(readBars({ path, timeframe: 'M1' }));
    expect(bar).toEqual({
      symbol: 'EURUSD',
      timeframe: 'M1',
      time: minute(0),
      closeTime: minute(1),
      open: 1.1,
      high: 1.3,
      low: 1,
      close: 1.2,
      askOpen: 1.11,
      askHigh: 1.33,
      askLow: 1.02,
      askClose: 1.21,
      volume: 7,
      ticks: 0,
    });
  });

  it('may leave the ask of single rows empty', async () => {
    const header = 'ts_ms,open,high,low,close,ask_open,ask_high,ask_low,ask_close';
    const path = tempFile('x.csv', `${header}\n${rows[0]},1.1,1.3,1,1.2\n${rows[1]},,,,\n`);
    expect((await all(readBars(path))).map((bar) => bar.askOpen)).toEqual([1.1, nan]);
  });

  it.each([
    ['carriage returns', rows.join('\r\n')],
    ['no newline at the end', rows.join('\n')],
    ['empty lines', `${rows.join('\n\n')}\n\n\n`],
    ['spaces around the numbers', rows.join('\n').replaceAll(',', ' , ')],
  ])('are the same with %s', async (_, body) => {
    const path = tempFile('eurusd.csv', `ts_ms,open,high,low,close\r\n${body}`);
    expect(shown(await all(readBars(path)))).toEqual([
      ['2024-01-15T10:00:00.000Z', 1.1, 1.3, 1, 1.2],
      ['2024-01-15T10:01:00.000Z', 1.2, 1.25, 1.15, 1.2],
    ]);
  });

  it.each([
    ['UTF-8 with a byte order mark', (s: string) => Buffer.from(`\uFEFF${s}`)],
    ['UTF-16 as MetaTrader writes it', (s: string) => Buffer.from(`\uFEFF${s}`, 'utf16le')],
    ['UTF-16, big end first', (s: string) => Buffer.from(`\uFEFF${s}`, 'utf16le').swap16()],
  ])('are the same in %s', async (_, encode) => {
    const path = tempFile('eurusd.csv', encode(`ts_ms,open,high,low,close\n${rows.join('\n')}\n`));
    for (const chunkBytes of [1, 3, 65_536]) {
      expect(await all(readBars({ path, chunkBytes }))).toHaveLength(2);
    }
  });

  it('are unpacked by what the file holds, not by its name', async () => {
    const content = `ts_ms,open,high,low,close\n${rows.join('\n')}\n`;
    expect(await all(readBars(tempGzip('eurusd.csv', content)))).toHaveLength(2);
    expect(await all(readBars(tempFile('eurusd.csv.gz', content)))).toHaveLength(2);
  });

  it('take their timeframe from the smallest step, past gaps', async () => {
    const at = (m: number) => `${minute(m)},1,1,1,1`;
    const path = tempFile('eurusd.csv', `ts_ms,open,high,low,close\n${[0, 30, 35, 50].map(at).join('\n')}\n`);
    expect((await all(readBars(path))).map((bar) => bar.timeframe)).toEqual(['M5', 'M5', 'M5', 'M5']);
  });
});

describe('normalised ticks', () => {
  it('are quotes, with a volume when there is one', async () => {
    const path = tempFile(
      'eurusd.csv',
      'ts_ms,bid,ask,volume\n1705312800000,1.1,1.2,3\n1705312800000.5,1.1,1.1,\n',
    );
    expect(await all(readTicks(path))).toEqual([
      { symbol: 'EURUSD', time: minute(0), bid: 1.1, ask: 1.2, volume: 3 },
      { symbol: 'EURUSD', time: minute(0) + 0.5, bid: 1.1, ask: 1.1, volume: 0 },
    ]);
  });

  it('of level 1 have no volume: what waits in the book was not traded', async () => {
    const path = tempFile(
      'btcusdt.csv',
      'recv_ms,bid,bid_qty,ask,ask_qty,update_id\n1705312800000,10,5,11,6,1\n',
    );
    expect(await all(readTicks(path))).toEqual([
      { symbol: 'BTCUSDT', time: minute(0), bid: 10, ask: 11, volume: 0 },
    ]);
  });

  it('of trades have their price as bid and ask', async () => {
    const path = tempFile('btcusdt.csv', 'ts_ms,price,qty,buyer_is_maker\n1705312800000,10.5,0.25,1\n');
    expect(await all(readTicks(path))).toEqual([
      { symbol: 'BTCUSDT', time: minute(0), bid: 10.5, ask: 10.5, volume: 0.25 },
    ]);
  });
});

describe('MetaTrader 5 exports', () => {
  const header = '<DATE>\t<TIME>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>';

  it('are in the clock of most servers, seven hours ahead of New York', async () => {
    const path = tempFile(
      'EURUSD_M1.csv',
      `${header}\r\n` +
        '2024.01.15\t12:00:00\t1.1\t1.3\t1.0\t1.2\t105\t0\t7\r\n' +
        '2024.01.15\t12:01:00\t1.2\t1.2\t1.2\t1.2\t1\t0\t7\r\n',
    );
    const bars = await all(readBars(path));
    expect(shown(bars)).toEqual([
      ['2024-01-15T10:00:00.000Z', 1.1, 1.3, 1, 1.2],
      ['2024-01-15T10:01:00.000Z', 1.2, 1.2, 1.2, 1.2],
    ]);
    expect(bars.map((bar) => bar.volume)).toEqual([105, 1]);
  });

  it('are in the zone that is given', async () => {
    const row = '2024.03.20\t12:00:00\t1\t1\t1\t1\t1\t0\t0';
    const path = tempFile('EURUSD.csv', `${header}\n${row}\n`);
    const time = async (zone?: string) =>
      (await all(readBars({ path, zone, timeframe: 'M1' }))).map((bar) => new Date(bar.time).toISOString());
    // In those weeks of March New York has summer time and Athens has not.
    expect(await time()).toEqual(['2024-03-20T09:00:00.000Z']);
    expect(await time('Europe/Athens')).toEqual(['2024-03-20T10:00:00.000Z']);
    expect(await time('+00:00')).toEqual(['2024-03-20T12:00:00.000Z']);
  });

  it('of days have no time', async () => {
    const path = tempFile(
      'EURUSD_D1.csv',
      '<DATE>\t<OPEN>\t<HIGH>\t<LOW>\t<CLOSE>\t<TICKVOL>\t<VOL>\t<SPREAD>\n' +
        '2024.01.15\t1\t1\t1\t1\t9\t0\t0\n2024.01.16\t1\t1\t1\t1\t9\t0\t0\n',
    );
    const bars = await all(readBars(path));
    expect(bars.map((bar) => [bar.timeframe, new Date(bar.time).toISOString()])).toEqual([
      ['D1', '2024-01-14T22:00:00.000Z'],
      ['D1', '2024-01-15T22:00:00.000Z'],
    ]);
  });

  it('of ticks leave a side empty that has not changed', async () => {
    const path = tempFile(
      'EURUSD.csv',
      '<DATE>\t<TIME>\t<BID>\t<ASK>\t<LAST>\t<VOLUME>\t<FLAGS>\n' +
        '2024.01.15\t12:00:00.125\t1.10\t1.12\t\t\t6\n' +
        '2024.01.15\t12:00:00.250\t1.11\t\t\t\t2\n' +
        '2024.01.15\t12:00:00.375\t\t1.13\t\t\t4\n',
    );
    expect((await all(readTicks(path))).map((t) => [t.time - minute(0), t.bid, t.ask])).toEqual([
      [125, 1.1, 1.12],
      [250, 1.11, 1.12],
      [375, 1.11, 1.13],
    ]);
  });

  it('of ticks without any ask yet are rejected', async () => {
    const path = tempFile(
      'EURUSD.csv',
      '<DATE>\t<TIME>\t<BID>\t<ASK>\n2024.01.15\t12:00:00.125\t1.10\t\n2024.01.15\t12:00:00.250\t\t1.12\n',
    );
    const ticks = readTicks(path);
    expect((await all(ticks)).map((t) => [t.bid, t.ask])).toEqual([[1.1, 1.12]]);
    expect(ticks.report().files[0]?.faults).toEqual([{ fault: 'missing-field', count: 1, firstLine: 2 }]);
  });

  it('tell an autumn hour twice, and each bar of it once', async () => {
    const row = (clock: string) => `2024.11.03\t${clock}\t1\t1\t1\t1\t1\t0\t0`;
    const clocks = ['00:30:00', '01:00:00', '01:30:00', '01:00:00', '01:30:00', '02:00:00'];
    const path = tempFile('BTCUSD.csv', [header, ...clocks.map(row)].join('\n'));
    const bars = await all(readBars({ path, zone: 'America/New_York' }));
    expect(bars.map((bar) => new Date(bar.time).toISOString().slice(11, 16))).toEqual([
      '04:30',
      '05:00',
      '05:30',
      '06:00',
      '06:30',
      '07:00',
    ]);
  });
});

describe('MetaTrader 4 exports', () => {
  it('have no header', async () => {
    // 15 August 2022, 07:06 on a server in summer is 04:06 UTC.
    const path = tempFile(
      'EURUSD1.csv',
      '2022.08.15,07:06,1.0234,1.02359,1.0234,1.02348,105\n2022.08.15,07:07,1.02345,1.02348,1.0233,1.02348,104\n',
    );
    expect(shown(await all(readBars({ path, symbol: 'EURUSD' })))).toEqual([
      ['2022-08-15T04:06:00.000Z', 1.0234, 1.02359, 1.0234, 1.02348],
      ['2022-08-15T04:07:00.000Z', 1.02345, 1.02348, 1.0233, 1.02348],
    ]);
  });
});

describe('Binance klines', () => {
  const tail = '539.23,1735693199999,2240.399,13,401.82,1669.98,0';
  const expected = [['2025-01-01T00:00:00.000Z', 4.1507, 4.1587, 4.1506, 4.1554]];

  it.each([
    ['milliseconds', '1735689600000'],
    ['microseconds', '1735689600000000'],
  ])('are read in %s', async (_, time) => {
    const path = tempFile('ADAUSDT-1h-2025-01.csv', `${time},4.1507,4.1587,4.1506,4.1554,${tail}\n`);
    const bars = await all(readBars({ path, timeframe: 'H1' }));
    expect(shown(bars)).toEqual(expected);
    expect(bars[0]).toMatchObject({ symbol: 'ADAUSDT', volume: 539.23, askOpen: nan });
  });

  it('may have a header', async () => {
    const path = tempFile(
      'ADAUSDT.csv',
      'open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n' +
        `1735689600000,4.1507,4.1587,4.1506,4.1554,${tail}\n`,
    );
    expect(shown(await all(readBars({ path, timeframe: 'H1' })))).toEqual(expected);
  });
});

describe('HistData', () => {
  it('bars are in eastern standard time, summer and winter, and name their symbol behind the format', async () => {
    const path = tempFile(
      'DAT_ASCII_EURUSD_M1_2012.csv',
      '20120201 000000;1.306600;1.306600;1.306560;1.306560;0\n20120701 000100;1.306570;1.306570;1.306470;1.306560;0\n',
    );
    const bars = await all(readBars({ path, timeframe: 'M1' }));
    expect(bars[0]?.symbol).toBe('EURUSD');
    expect(shown(bars)).toEqual([
      ['2012-02-01T05:00:00.000Z', 1.3066, 1.3066, 1.30656, 1.30656],
      ['2012-07-01T05:01:00.000Z', 1.30657, 1.30657, 1.30647, 1.30656],
    ]);
  });

  it('ticks have milliseconds', async () => {
    const path = tempFile('DAT_ASCII_EURUSD_T_201202.csv', '20120201 000003660,1.306600,1.306770,0\n');
    expect(await all(readTicks(path))).toEqual([
      { symbol: 'EURUSD', time: Date.UTC(2012, 1, 1, 5, 0, 3, 660), bid: 1.3066, ask: 1.30677, volume: 0 },
    ]);
  });
});

describe('a layout that is asked for', () => {
  it('is taken though the first rows do not show it', async () => {
    const bad = Array.from({ length: 20 }, () => 'no data').join('\n');
    const path = tempFile('EURUSD.csv', `${bad}\n20120201 000003660,1.3066,1.30677,0\n`);
    const feed = csv({ path, layout: 'histdata-ticks' });
    expect(await ticksOf(feed)).toHaveLength(1);
    expect(feed.report()).toMatchObject({ rows: 1, rejectedRows: 20 });
  });

  it('is refused when the header does not fit it', async () => {
    const path = tempFile('EURUSD.csv', 'ts_ms,bid,ask\n1705312800000,1,1\n');
    await expect(all(readBars({ path, layout: 'bars' }))).rejects.toMatchObject({
      code: 'UNKNOWN_COLUMNS',
      where: `${path}:1`,
    });
  });
});
