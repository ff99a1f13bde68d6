// A grid bot on Binance spot: it buys each level below the market and sells a step higher, again and again. The venue is a simulator on
// this machine that speaks Binance's own protocol. The same bot trades on the test net without `environment`, with keys of your own.
//
//   npx tsx examples/11-grid-on-binance/main.ts

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { binanceSpot } from '@mikrobot/adapter-binance';
import { createBot, defineStrategy, fixedQuantity, fresh, wellFormed } from '@mikrobot/core';
import { demoKey, startBinance } from '@mikrobot/simulators';
import { filter, from, map, merge, mergeMap, skipUntil, take, timer } from 'rxjs';
import * as z from 'zod';

const grid = defineStrategy({
  name: 'grid',
  params: z.strictObject({ levels: z.number().int().positive(), step: z.number().positive() }),
  timeframes: [],
  signals({ ticks$, fills$, signal, scheduler }, { levels, step }) {
    const buyAt = (price: number) =>
      signal.buy({ order: { type: 'limit', price }, target: price + step, confidence: 1 });
    const first$ = ticks$.pipe(
      // The bot is active a moment after its first ticks.
      skipUntil(timer(500, scheduler)),
      take(1),
      mergeMap(({ bid }) => from(Array.from({ length: levels }, (_, i) => buyAt(bid - (i + 1) * step)))),
    );
    const sold$ = fills$.pipe(filter(({ purpose, remaining }) => purpose === 'protect' && remaining === 0));
    return merge(first$, sold$.pipe(map(({ price }) => buyAt(price - step))));
  },
});

const binance = await startBinance();
const keys: Record<string, string> = { BINANCE_API_KEY: demoKey.apiKey, BINANCE_SECRET: demoKey.secret };
const secrets = { get: (name: string) => keys[name] };
const bot = createBot({
  adapter: binanceSpot({ environment: binance.spot, symbols: ['BTCUSDT'], secrets }),
  run: [{ strategy: grid, symbol: 'BTCUSDT', params: { levels: 4, step: 200 } }],
  risk: fixedQuantity({ lots: 0.02 }),
  validate: [wellFormed(), fresh()], // not `noDuplicate`: the levels are alike on purpose
});
let sold = 0;
bot.fills$.subscribe(({ purpose, side, quantity, price, commission }) => {
  if (purpose === 'protect') sold += 1;
  console.log(`${side} ${quantity} at ${price}, commission ${commission.toFixed(2)}`);
});
bot.trades$.subscribe(({ profit }) => console.log(`flat again, and ${profit.toFixed(2)} USDT richer`));
const running = bot.run();

// A still market, and then two waves through the grid.
for (let i = -100; i <= 400; i++) {
  const mid = 60_000 - 500 * (1 - Math.cos((Math.max(0, i) / 200) * 2 * Math.PI));
  binance.controls.spot.quote('BTCUSDT', mid - 0.5, mid + 0.5);
  await sleep(10);
}
await bot.stop();
await running;
await binance.close();
assert.equal(sold, 8, 'four levels, bought and sold twice');
