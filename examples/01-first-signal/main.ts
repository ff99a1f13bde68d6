// The smallest bot: a strategy, a simulated venue, a risk policy. Every signal that the strategy raises ends in exactly one
// decision, and explain() tells it in one line.
//
//   npx tsx examples/01-first-signal/main.ts

import assert from 'node:assert/strict';
import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { createBot, defineStrategy, explain, fixedQuantity } from '@mikrobot/core';

const breakout = defineStrategy({
  name: 'breakout',
  timeframe: 'M5',
  warmUp: 21,
  onBar({ bars, position, signal }) {
    if (!position.flat || bars.last.close <= bars.highest('high', 20, { skip: 1 })) return undefined;
    return signal.buy({
      stop: bars.lowest('low', 5),
      target: { r: 2.5 },
      confidence: 0.9,
      reason: 'close above the last 20 highs',
    });
  },
});

const bot = createBot({
  adapter: paper({
    feed: syntheticMarket({ seed: 7, symbols: ['EURUSD'], from: Date.UTC(2024, 0, 8), days: 2 }),
    costs: 'retail-fx',
    balance: { USD: '10000' },
  }),
  run: [{ strategy: breakout, symbol: 'EURUSD' }],
  risk: fixedQuantity({ lots: 0.1 }),
});

bot.decisions$.subscribe((decision) => console.log(explain(decision)));
bot.fills$.subscribe(({ time, side, quantity, price, profit }) => {
  console.log(`${new Date(time).toISOString()}      ${side} ${quantity} at ${price}, profit ${profit} USD`);
});
await bot.run();

const { signals, executed, refused, held, unknown } = bot.counts;
console.log(
  `${signals} signals: ${executed} executed, ${refused} refused, ${held} held, ${unknown} unknown.`,
);
console.log(`The account ends with ${bot.book.account().equity.toFixed(2)} USD.`);

assert.ok(executed > 0, 'the market broke out at least once');
assert.equal(signals, executed + refused + held + unknown, 'every signal has one decision');
