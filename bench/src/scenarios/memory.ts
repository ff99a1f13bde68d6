import type { Bot } from '@mikrobot/core';
import { crossBot } from '../bots.js';
import { tickWalk } from '../market.js';
import type { Figure, Scenario } from '../scenario.js';

const TICKS = 10_000_000;

/** Bytes that a run puts on the heap, whatever is collected meanwhile: the sum of what each step between two readings adds. */
const allocated = async (subscribed: boolean): Promise<{ bytes: number; growth: number }> => {
  const columns = tickWalk(TICKS, ['EURUSD']);
  const bot: Bot = crossBot(columns, { fast: 50, slow: 200 });
  let total = 0;
  let before = 0;
  let early = 0;
  let seen = 0;
  const { gc } = globalThis as { gc?: () => void };
  const look = (): void => {
    const now = process.memoryUsage().heapUsed;
    if (now > before) total += now - before;
    before = now;
  };
  bot.state$.subscribe((state) => {
    if (state !== 'active') return;
    before = process.memoryUsage().heapUsed;
    if (subscribed) bot.ticks$('EURUSD').subscribe(() => undefined);
    bot.bars$('EURUSD', 'M1').subscribe(() => {
      if (++seen % 100 === 0) look();
      if (seen !== 20_000) return;
      gc?.();
      early = process.memoryUsage().heapUsed;
      before = early;
    });
  });
  await bot.run();
  look();
  gc?.();
  return { bytes: total / TICKS, growth: process.memoryUsage().heapUsed - early };
};

const scenario = (name: string, subscribed: boolean, floor: number): Scenario => ({
  name,
  async run(): Promise<readonly Figure[]> {
    const { bytes, growth } = await allocated(subscribed);
    return [
      { name: 'heap a tick', value: bytes, unit: 'B', floor },
      { name: 'heap growth over 8.8M ticks', value: growth / 1e6, unit: 'MB', floor: 5 },
    ];
  },
});

export const heapNobody = scenario('heap, 10M ticks, nobody subscribed', false, 64);
export const heapSubscribed = scenario('heap, 10M ticks, ticks$ subscribed', true, 160);
