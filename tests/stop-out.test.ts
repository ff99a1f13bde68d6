import { paper } from '@mikrobot/adapter-paper';
import { fromTicks } from '@mikrobot/backtest';
import { createBot, defineStrategy, fixedQuantity } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';

/** Buys once, as much as the account can bear, without a stop. */
const reckless = defineStrategy({
  name: 'reckless',
  timeframe: 'M1',
  onBar: ({ position, signal }) => (position.flat ? signal.buy({ confidence: 1 }) : undefined),
});

describe('a stop-out', () => {
  it('leaves the bot with the same position and balance as the venue', async () => {
    const start = Date.UTC(2024, 0, 9, 10);
    const prices = [1.1, 1.1, 1.1, 1.08, 1.07, 1.05, 1.05];
    const ticks = prices.map((bid, i) => ({
      symbol: 'EURUSD',
      time: start + i * 60_000,
      bid,
      ask: bid + 0.0001,
      volume: 1,
    }));
    const adapter = paper({ feed: fromTicks(ticks), costs: 'none', balance: { USD: '10000' }, leverage: 30 });
    const bot = createBot({
      adapter,
      run: [{ strategy: reckless, symbol: 'EURUSD' }],
      risk: fixedQuantity({ lots: 2 }),
    });
    const owners: string[] = [];
    bot.fills$.subscribe(({ owner, purpose }) => owners.push(`${owner} ${purpose}`));
    await bot.run();
    const venue = await adapter.snapshot();
    expect(owners.slice(0, 2)).toEqual(['reckless:EURUSD enter', 'reckless:EURUSD flatten']);
    expect(bot.book.account().balance).toBe(venue.account.balance);
    expect(venue.account.balance).toBeLessThan(8_000);
    expect(bot.book.position('EURUSD').quantity).toBe(venue.positions[0]?.quantity ?? 0);
  });
});
