import type { Bot } from '@mikrobot/core';
import { bareTicks, bestNs } from '../bare.js';
import { crossBot } from '../bots.js';
import { type Columns, tickWalk } from '../market.js';
import type { Figure, Scenario } from '../scenario.js';

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

const measure = async (
  columns: Columns,
  subscribed: boolean,
): Promise<{ ns: number; bytes: number; signals: number }> => {
  const bot = crossBot(columns, { fast: 10, slow: 30 });
  const { gc } = globalThis as { gc?: () => void };
  gc?.();
  const heap = process.memoryUsage().heapUsed;
  const start = process.hrtime.bigint();
  const heard = await (subscribed ? listen(bot, columns) : bot.run().then(() => columns.length));
  const ns = Number(process.hrtime.bigint() - start) / columns.length;
  if (heard !== columns.length) throw new Error(`${heard} of ${columns.length} ticks were heard`);
  const bytes = (process.memoryUsage().heapUsed - heap) / columns.length;
  return { ns, bytes, signals: bot.counts.signals };
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
    const { ns, signals } = await measure(columns, subscribed);
    return [
      { name: 'ticks a second', value: 1e9 / ns, unit: '/s', floor, more: true },
      { name: 'times a bare loop', value: ns / bare, unit: 'x' },
      { name: 'signals', value: signals, unit: '' },
    ];
  },
});

export const ticksNobody = scenario('tick replay, nobody subscribed', () => ['EURUSD'], false, 12e6);
export const ticksSubscribed = scenario('tick replay, ticks$ subscribed', () => ['EURUSD'], true, 8e6);
export const ticksHundred = scenario('tick replay, 100 symbols, nobody subscribed', hundred, false, 7e6);
