import { DataFrame, type IDataFrame } from 'data-forge';
import { backtest as grademark, type IBar, type IStrategy } from 'grademark';
import { type Bars, barAt, barFeed, barWalk } from '../bar-feed.js';
import { bareBars, bestNs } from '../bare.js';
import { botOn } from '../bots.js';
import type { Figure, Scenario } from '../scenario.js';
import { Slices } from '../slices.js';

const BARS = 1_000_000;
const FAST = 50;
const SLOW = 200;

export const bars: Scenario = {
  name: 'engine, SMA 50/200, 1M bars of 4 steps, journal on',
  async run(): Promise<readonly Figure[]> {
    await botOn(barFeed(barWalk(100_000, 5)), { fast: FAST, slow: SLOW }).run();
    const walk = barWalk(BARS);
    const closes = Float64Array.from(walk.close, (close) => close / 1e5);
    const bare = bestNs(BARS, () => bareBars(closes, FAST, SLOW));
    const slices = new Slices();
    const bot = botOn(slices.watch(barFeed(walk)), { fast: FAST, slow: SLOW });
    const start = process.hrtime.bigint();
    await bot.run();
    const ns = Number(process.hrtime.bigint() - start) / BARS;
    return [
      { name: 'bars a second, whole run', value: 1e9 / ns, unit: '/s', floor: 1.5e6, more: true },
      { name: 'bars a second, median batch, without reading', value: 2.5e8 / slices.median, unit: '/s' },
      { name: 'times a bare loop', value: ns / bare, unit: 'x', floor: 300 },
      { name: 'signals', value: bot.counts.signals, unit: '' },
      { name: 'resident memory', value: process.memoryUsage().rss / 1e6, unit: 'MB', floor: 250 },
    ];
  },
};

interface Crossing extends IBar {
  readonly fast: number;
  readonly slow: number;
}

/** The same averages and stop for grademark, which trades at the next open and knows neither ticks nor costs. */
const crossing: IStrategy<Crossing> = {
  entryRule: (enter, { bar }) => {
    if (bar.fast > bar.slow) enter();
  },
  exitRule: (exit, { bar }) => {
    if (bar.fast < bar.slow) exit();
  },
  stopLoss: () => 0.003,
};

const frameOf = (walk: Bars): IDataFrame<number, Crossing> => {
  const rows: Crossing[] = [];
  let fast = 0;
  let slow = 0;
  for (let i = 0; i < walk.length; i++) {
    const bar = barAt(walk, i);
    fast += bar.close - (i >= FAST ? barAt(walk, i - FAST).close : 0);
    slow += bar.close - (i >= SLOW ? barAt(walk, i - SLOW).close : 0);
    const means = { fast: fast / Math.min(i + 1, FAST), slow: slow / Math.min(i + 1, SLOW) };
    rows.push({ ...bar, time: new Date(bar.time), volume: 0, ...means });
  }
  return new DataFrame<number, Crossing>(rows);
};

export const beside: Scenario = {
  name: 'grademark 0.3.0, SMA 50/200, 1M bars',
  run(): Promise<readonly Figure[]> {
    const frame = frameOf(barWalk(BARS)).bake();
    const start = process.hrtime.bigint();
    const trades = grademark(crossing, frame);
    const ns = Number(process.hrtime.bigint() - start) / BARS;
    return Promise.resolve([
      { name: 'bars a second', value: 1e9 / ns, unit: '/s' },
      { name: 'trades', value: trades.length, unit: '' },
    ]);
  },
};
