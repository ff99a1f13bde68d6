import { afterAll, describe, expect, it } from 'vitest';
import { barRow, barsHeader, DataFolder, tuesday } from '../testing/data-files.js';
import { realData } from '../testing/real-data.js';
import { inProcess } from '../testing/run-cli.js';

const folder = new DataFolder();
afterAll(() => folder.remove());

const ticks = folder.write('eurusd_ticks.csv', [
  'ts_ms,bid,ask,volume',
  `${tuesday},1.1,1.1001,1`,
  `${tuesday + 20_000},1.1005,1.1007,2`,
  `${tuesday + 59_999},1.0998,1.0999,4`,
  `${tuesday + 60_000},1.1003,1.1004,8`,
]);

describe('mikrobot bars', () => {
  it('makes bars of ticks, the last one unfinished', async () => {
    const { code, out, err } = await inProcess(['bars', '--data', ticks, '--timeframe', 'M1', '--csv']);
    expect(out.split('\n')).toEqual([
      'ts_ms,open,high,low,close,volume,ask_open,ask_high,ask_low,ask_close,ticks',
      `${tuesday},1.1,1.1005,1.0998,1.0998,7,1.1001,1.1007,1.0999,1.0999,3`,
      `${tuesday + 60_000},1.1003,1.1003,1.1003,1.1003,8,1.1004,1.1004,1.1004,1.1004,1`,
      '',
    ]);
    expect(err).toBe('');
    expect(code).toBe(0);
  });

  it('prints JSON, one object a line', async () => {
    const { out } = await inProcess(['bars', '--data', ticks, '--timeframe', 'M1', '--json-lines']);
    const lines = out
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(lines).toHaveLength(2);
    expect(lines[1]).toEqual({
      symbol: 'EURUSD',
      timeframe: 'M1',
      time: tuesday + 60_000,
      closeTime: tuesday + 120_000,
      ...{ open: 1.1003, high: 1.1003, low: 1.1003, close: 1.1003 },
      ...{ askOpen: 1.1004, askHigh: 1.1004, askLow: 1.1004, askClose: 1.1004 },
      volume: 8,
      ticks: 1,
    });
  });

  it('makes coarser bars of bars and leaves out what the data does not tell', async () => {
    const rows = [barRow(0), barRow(1, { high: '1.3' }), barRow(4, { low: '0.9', close: '0.95' }), barRow(5)];
    const file = folder.write('eurusd_m1.csv', [barsHeader, ...rows]);
    const { out } = await inProcess(['bars', '--data', file, '--timeframe', 'm5']);
    expect(out.split('\n')).toEqual([
      'ts_ms,open,high,low,close,volume',
      `${tuesday},1.1,1.3,0.9,0.95,30`,
      `${tuesday + 300_000},1.1,1.2,1,1.15,10`,
      '',
    ]);
  });

  it('keeps symbols apart and names them', async () => {
    const rows = [barsHeader, barRow(0), barRow(1)];
    const files = [folder.write('gbpusd_m1.csv', rows), folder.write('audusd_m1.csv', rows)];
    const data = files.flatMap((file) => ['--data', file]);
    const { out } = await inProcess(['bars', ...data, '--timeframe', 'M1']);
    expect(out.split('\n').map((line) => line.slice(0, 20))).toEqual([
      'symbol,ts_ms,open,hi',
      ...['GBPUSD', 'GBPUSD', 'AUDUSD', 'AUDUSD'].map(
        (symbol, i) => `${symbol},${tuesday + (i % 2) * 60_000}`,
      ),
      '',
    ]);
  });

  it.each([
    ['text where a number belongs', barRow(1, { open: 'abc' }), /:3: .*"abc"/],
    ['a high below the low', barRow(1, { high: '1.0', low: '1.2' }), /:3: .*1\.2/],
    ['a time before the last', barRow(-1), /:3: .*before/],
    ['a time twice', barRow(0), /:3: .*that of the bar above/],
  ])('leaves out a row with %s, and says so with its line', async (_, bad, says) => {
    const file = folder.write('eurusd_bad.csv', [barsHeader, barRow(0), bad, barRow(1), barRow(2)]);
    const { code, out, err } = await inProcess(['bars', '--data', file, '--timeframe', 'M1']);
    expect(out.trimEnd().split('\n')).toHaveLength(4);
    expect(err).toMatch(/^warning: 1 row rejected:\n {2}/);
    expect(err).toMatch(says);
    expect(code).toBe(0);
  });

  it('keeps quotes whose ask is below the bid, unless it is told not to', async () => {
    const rows = [`${tuesday},1.1,1.2`, `${tuesday + 1_000},1.3,1.25`, `${tuesday + 2_000},1.2,1.21`];
    const file = folder.write('eurusd_crossed.csv', ['ts_ms,bid,ask', ...rows]);
    const bars = ['bars', '--data', file, '--timeframe', 'M1'];
    const kept = await inProcess(bars);
    expect(kept.out).toContain(`${tuesday},1.1,1.3,1.1,1.2,0,1.2,1.25,1.2,1.21,3`);
    expect(kept.err).toBe('');
    const left = await inProcess([...bars, '--crossed', 'reject']);
    expect(left.out).toContain(`${tuesday},1.1,1.2,1.1,1.2,0,1.2,1.21,1.2,1.21,2`);
    expect(left.err).toMatch(/^warning: 1 row rejected:\n.*:3: The ask is below the bid/);
  });

  const real = realData('eurusd_ticks_fxcm_2014-05-06_2014-05-08.csv.gz');
  const oracle = realData('eurusd_m1_fxcm_bidask_2014-05-06_2014-05-08.csv.gz');
  it.skipIf(real === undefined || oracle === undefined)(
    "makes of three days of FXCM's ticks the bars that FXCM's own are",
    async () => {
      const { out } = await inProcess(['bars', '--data', `${real}`, '--timeframe', 'M1']);
      const { out: known } = await inProcess(['bars', '--data', `${oracle}`, '--timeframe', 'M1']);
      const prices = (text: string): string[] =>
        text
          .trimEnd()
          .split('\n')
          .slice(1)
          .map((line) =>
            line
              .split(',')
              .filter((_, i) => i !== 5)
              .slice(0, 9)
              .join(),
          );
      expect(prices(out)).toHaveLength(4_290);
      expect(prices(out)).toEqual(prices(known));
    },
  );
});
