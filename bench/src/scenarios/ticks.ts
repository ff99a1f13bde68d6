import type { Bot } from '@mikrobot/core';
import { bareTicks, bestNs } from '../bare.js';
import { botOn } from '../bots.js';
import { type Columns, feedOf, tickWalk } from '../market.js';
import type { Figure, Scenario } from '../scenario.js';
import { Slices } from '../slices.js';

const TICKS = 5_000_000;
const CURRENCIES = ['EUR', 'GBP', 'AUD', 'NZD', 'USD', 'CAD', 'CHF', 'JPY', 'SEK', 'NOK', 'SGD'] as const;

/** A hundred currency pairs. */
const hundred = (): readonly string[] =>
  CURRENCIES.flatMap((base) =>
    CURRENCIES.filter((quote) => quote !== base).map((quote) => base + quote),
  ).slice(0, 100);

const listen = async (bot: Bot, columns: Columns): Promise<number> => {
  let heard = 0;
  bot.state$.subscribe((state) => {
    if (state !== 'active') return;
    for (const symbol of columns.symbols) bot.ticks$(symbol).subscribe(() => heard++);
  });
  await bot.run();
  return heard;
};

interface Measured {
  /** Of the whole run, its first moments included. */
  readonly ns: number;
  /** Median of the batches. */
  readonly pace: number;
  readonly signals: number;
}

const measure = async (columns: Columns, subscribed: boolean): Promise<Measured> => {
  const slices = new Slices();
  const bot = botOn(slices.watch(feedOf(columns)), { fast: 10, slow: 30 });
  const start = process.hrtime.bigint();
  const heard = await (subscribed ? listen(bot, columns) : bot.run().then(() => columns.length));
  const ns = Number(process.hrtime.bigint() - start) / columns.length;
  if (heard !== columns.length) throw new Error(`${heard} of ${columns.length} ticks were heard`);
  return { ns, pace: slices.median, signals: bot.counts.signals };
};

const scenario = (
  name: string,
  symbols: () => readonly string[],
  subscribed: boolean,
  floor: number,
): Scenario => ({
  name,
  async run(): Promise<readonly Figure[]> {
    const columns = tickWalk(TICKS, symbols());
    await measure(tickWalk(500_000, symbols(), 60, 11), subscribed);
    const bare = bestNs(TICKS, () => bareTicks(columns));
    const { ns, pace, signals } = await measure(columns, subscribed);
    return [
      { name: 'ticks a second, median batch', value: 1e9 / pace, unit: '/s', floor, more: true },
      { name: 'ticks a second, whole run', value: 1e9 / ns, unit: '/s' },
      { name: 'times a bare loop, median batch', value: pace / bare, unit: 'x' },
      { name: 'signals', value: signals, unit: '' },
    ];
  },
});

export const ticksNobody = scenario('tick replay, nobody subscribed', () => ['EURUSD'], false, 12e6);
export const ticksSubscribed = scenario('tick replay, ticks$ subscribed', () => ['EURUSD'], true, 8e6);
export const ticksHundred = scenario('tick replay, 100 symbols, nobody subscribed', hundred, false, 7e6);
