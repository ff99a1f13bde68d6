// One account, two symbols, two strategies. On a netting account EURUSD has one position at the venue; beneath it each run has a
// ledger of its own, so one strategy may be long while the other is short, and when one leaves, the other keeps what it has.
//
//   npx tsx examples/04-two-symbols-two-strategies/main.ts

import assert from 'node:assert/strict';
import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { createBot, defineStrategy, fixedQuantity } from '@mikrobot/core';
import { smaCross } from '@mikrobot/strategies';

/** Sells what has risen far above its mean, buys what has fallen far below, and leaves at the mean. */
const fade = defineStrategy({
  name: 'fade',
  timeframe: 'M5',
  warmUp: 24,
  onBar({ bars, position, signal, instrument }) {
    const { close } = bars.last;
    const away = (close - bars.mean('close', 24)) / instrument.pipSize;
    if (!position.flat) return away * position.quantity >= 0 ? signal.exit() : undefined;
    if (Math.abs(away) < 6) return undefined;
    const stop = close + Math.sign(away) * 25 * instrument.pipSize;
    return away > 0 ? signal.sell({ stop, confidence: 0.8 }) : signal.buy({ stop, confidence: 0.8 });
  },
});

const symbols = ['EURUSD', 'GBPUSD'];
const names = ['trend', 'fade'];
const feed = syntheticMarket({ seed: 2, symbols, from: Date.UTC(2024, 0, 8, 7), days: 0.3 });
const adapter = paper({ feed, costs: 'retail-fx', balance: { USD: '20000' } });
const bot = createBot({
  adapter,
  run: symbols.flatMap((symbol) => [
    { strategy: smaCross, symbol, name: `trend:${symbol}`, params: { fast: 6, slow: 24 } },
    { strategy: fade, symbol, name: `fade:${symbol}` },
  ]),
  risk: fixedQuantity({ lots: 0.1 }),
});

const lots = (quantity: number): string => quantity.toFixed(2).padStart(5);
let opposed = 0;
bot.fills$.subscribe(({ time, symbol, owner, side, quantity }) => {
  const held = names.map((name) => bot.book.position(symbol, `${name}:${symbol}`).quantity);
  const net = bot.book.position(symbol).quantity;
  const ledgers = names.map((name, i) => `${name} ${lots(held[i] ?? 0)}`).join('  ');
  const at = new Date(time).toISOString().slice(5, 16);
  console.log(`${at}  ${symbol}  net ${lots(net)} = ${ledgers}   ${owner} ${side} ${quantity}`);
  assert.ok(Math.abs(held.reduce((a, b) => a + b) - net) < 1e-9, 'the ledgers add up to the net position');
  if (held.some((q) => q > 0) && held.some((q) => q < 0)) opposed++;
});
await bot.run();

const { positions } = await adapter.snapshot();
for (const symbol of symbols) {
  const atVenue = positions.find((position) => position.symbol === symbol)?.quantity ?? 0;
  console.log(`The venue holds ${lots(atVenue)} ${symbol}.`);
  assert.equal(atVenue, bot.book.position(symbol).quantity, 'bot and venue agree');
}
assert.ok(opposed > 0, 'the strategies held opposite sides at least once');
