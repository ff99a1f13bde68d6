import { type Bar, BarBuilder } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { type CsvSource, csv, type FeedReport, readBars, readTicks } from '../index.js';
import { all, ticksOf } from './testing/collect.js';
import { realData } from './testing/real-data.js';

const eurusdTicks = 'eurusd_ticks_fxcm_2014-05-06_2014-05-08';
const eurusdFxcm = 'eurusd_m1_fxcm_bidask_2014-05-06_2014-05-08';
const usdjpy = 'usdjpy_m1_fxcm_bidask_2013-02';
const eurusdOanda = 'eurusd_m1_oanda_bidask_2014-05_and_2018-04-03_04';
const xauusdTicks = 'xauusd_ticks_oanda_2014-05-07';
const es = 'es_fut_m1_trades_lean_2013-10_2013-12';

/** Reads to the end and gives the account. */
const accountOf = async (...files: readonly CsvSource[]): Promise<FeedReport> => {
  const feed = csv(...files);
  for await (const _ of feed.batches());
  return feed.report();
};

describe('real files', () => {
  // Rows as the list of the files' sources counts them.
  const files: readonly (readonly [string, string, string, number])[] = [
    ['eurusd_m1_mt4_2022-08-15_2022-10-25', 'EURUSD', 'bars', 34_342],
    [eurusdOanda, 'EURUSD', 'bars', 18_184],
    [eurusdTicks, 'EURUSD', 'ticks', 359_652],
    [eurusdFxcm, 'EURUSD', 'bars', 4_290],
    [xauusdTicks, 'XAUUSD', 'ticks', 219_809],
    ['xauusd_m1_oanda_bidask_2014-05', 'XAUUSD', 'bars', 15_222],
    [usdjpy, 'USDJPY', 'bars', 28_761],
    ['gbpusd_m1_fxcm_bidask_2012-02', 'GBPUSD', 'bars', 30_117],
    ['btcusdt_m1_binance_2024-12', 'BTCUSDT', 'bars', 41_761],
    ['btcusdt_trades_binance_spot_2024-08-08_2354_11min', 'BTCUSDT', 'trades', 19_904],
    ['btcusdt_l1_binance_spot_2024-08-08_2354_11min', 'BTCUSDT', 'l1', 73_174],
    ['6e_fut_h4_m1_cme_2024-01', '6E', 'bars', 29_996],
    ['aapl_d1_lean_unadjusted', 'AAPL', 'bars', 5_849],
    ['spy_d1_lean_unadjusted', 'SPY', 'bars', 5_849],
  ];
  for (const [name, symbol, layout, rows] of files) {
    it(`${name}: every row is taken or rejected`, async (context) => {
      const report = await accountOf(realData(name, context));
      expect(report.rows + report.rejectedRows).toBe(rows);
      expect(report.files[0]).toMatchObject({ symbol, layout, filteredRows: 0 });
      // FXCM's quotes cross; nothing else is wrong with any file.
      const faults = report.files[0]?.faults.map(({ fault }) => fault);
      expect(faults).toEqual(name.includes('fxcm') ? ['crossed'] : []);
    });
  }

  it('of USDJPY have 683 closes that are crossed, and 2,144 bars that are crossed anywhere', async (context) => {
    const path = realData(usdjpy, context);
    expect((await accountOf(path)).files[0]).toMatchObject({
      rows: 28_761 - 2144,
      rejectedRows: 2144,
      faults: [{ fault: 'crossed', count: 2144, firstLine: 3 }],
    });
    const kept = await all(readBars({ path, crossed: 'keep' }));
    expect(kept).toHaveLength(28_761);
    expect(kept.filter((bar) => bar.askClose < bar.close)).toHaveLength(683);
  });

  it('of USDJPY, EURUSD and gold at once are one market in time order, with every tick of both', async (context) => {
    const paths = [realData(usdjpy, context), realData(eurusdOanda, context), realData(xauusdTicks, context)];
    const feed = csv(...paths);
    expect(feed.symbols).toEqual(['USDJPY', 'EURUSD', 'XAUUSD']);
    const counts = [0, 0, 0];
    let last = 0;
    let backwards = 0;
    for await (const { length, symbol, time } of feed.batches()) {
      for (let i = 0; i < length; i++) {
        if ((time[i] as number) < last) backwards++;
        last = time[i] as number;
        counts[symbol[i] as number] = (counts[symbol[i] as number] ?? 0) + 1;
      }
    }
    expect(backwards).toBe(0);
    const [jpy, eur, xau] = feed.report().files.map((file) => file.rows);
    expect(counts).toEqual([4 * (jpy ?? 0), 4 * (eur ?? 0), xau]);
  });

  it('of EURUSD ticks are the bars of the same days, in all eight prices', async (context) => {
    const builder = new BarBuilder('EURUSD', ['M1']);
    const built: Bar[] = [];
    builder.series('M1').bars.observable.subscribe((bar) => built.push({ ...bar, ticks: 0, volume: 0 }));
    // The makers of the bars kept crossed quotes too.
    const ticks = readTicks({ path: realData(eurusdTicks, context), crossed: 'keep' });
    for await (const { time, bid, ask, volume } of ticks) builder.tick(time, bid, ask, volume);
    builder.finish();
    expect(ticks.report().files[0]).toMatchObject({ rows: 359_652, crossedRows: 38_131 });
    const bars = await all(readBars({ path: realData(eurusdFxcm, context), crossed: 'keep' }));
    expect(bars).toHaveLength(4290);
    expect(built).toEqual(bars);
  });

  it('of the ES future name their five contracts, and give one of them', async (context) => {
    const path = realData(es, context);
    await expect(ticksOf(csv(path))).rejects.toMatchObject({
      code: 'BAD_CONFIG',
      message: expect.stringContaining('201312, 201403, 201406, 201409, 201412'),
    });
    const { rows, rejectedRows, files } = await accountOf({ path, contract: '201312' });
    expect(rejectedRows).toBe(0);
    expect(rows + (files[0]?.filteredRows ?? 0)).toBe(22_246);
  });

  it('of EURUSD in 2022 have a hole from 19 August to 21 September', async (context) => {
    const bars = readBars(realData('eurusd_m1_mt4_2022-08-15_2022-10-25', context));
    await all(bars);
    const { gaps, missingBars, longestGaps } = bars.report();
    const [longest] = longestGaps;
    expect(new Date(longest?.from ?? 0).toISOString()).toMatch(/^2022-08-19T20:58/);
    expect(new Date(longest?.to ?? 0).toISOString()).toMatch(/^2022-09-21T00:56/);
    expect(gaps).toBeGreaterThan(1);
    // 22 whole weekdays of 1,440 minutes lie between the two days, and more than three in a second hole from 4 October on.
    expect(longest?.missing).toBeGreaterThan(22 * 1440);
    expect(longest?.missing).toBeLessThan(24 * 1440);
    expect(missingBars).toBeGreaterThan(23 * 1440);
    expect(missingBars).toBeLessThan(34 * 1440);
  });
});
