import { bareBars, bestNs } from '../bare.js';
import { crossBot } from '../bots.js';
import { barWalk } from '../market.js';
import type { Figure, Scenario } from '../scenario.js';

const BARS = 1_000_000;

export const bars: Scenario = {
  name: 'engine, SMA 50/200, 1M bars of 4 steps, journal on',
  async run(): Promise<readonly Figure[]> {
    await crossBot(barWalk(100_000, 5).ticks, { fast: 50, slow: 200 }).run();
    const { ticks, closes } = barWalk(BARS);
    const bare = bestNs(BARS, () => bareBars(closes, 50, 200));
    const bot = crossBot(ticks, { fast: 50, slow: 200 });
    const start = process.hrtime.bigint();
    await bot.run();
    const ns = Number(process.hrtime.bigint() - start) / BARS;
    return [
      { name: 'bars a second', value: 1e9 / ns, unit: '/s', floor: 1.5e6, more: true },
      { name: 'times a bare loop', value: ns / bare, unit: 'x', floor: 300 },
      { name: 'signals', value: bot.counts.signals, unit: '' },
      { name: 'resident memory', value: process.memoryUsage().rss / 1e6, unit: 'MB', floor: 250 },
    ];
  },
};
