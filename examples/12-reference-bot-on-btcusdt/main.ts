// The reference strategy, break of structure and retest, on BTCUSDT perpetual futures. Six hours of a made-up market pass in seconds: the
// simulator, the adapter and the bot share one virtual clock, and every order goes over real sockets in Binance's own protocol.
//
//   npx tsx examples/12-reference-bot-on-btcusdt/main.ts

import assert from 'node:assert/strict';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { binanceFutures } from '@mikrobot/adapter-binance';
import { syntheticMarket } from '@mikrobot/adapter-paper';
import { createBot, explain, fixedQuantity, VirtualClock } from '@mikrobot/core';
import { allOf, fixedFractional } from '@mikrobot/risk';
import { demoKey, startBinance } from '@mikrobot/simulators';
import { bosRetest } from '@mikrobot/strategies';

const symbol = 'BTCUSDT';
const from = Date.UTC(2024, 0, 8, 7);
const feed = syntheticMarket({ seed: 17, symbols: [symbol], from, days: 0.25 });
const clock = new VirtualClock(from - 60_000);
const binance = await startBinance({ clock });
const keys: Record<string, string> = { BINANCE_API_KEY: demoKey.apiKey, BINANCE_SECRET: demoKey.secret };
const secrets = { get: (name: string) => keys[name] };
const adapter = binanceFutures({ environment: binance.futures, symbols: [symbol], secrets, clock });
const bot = createBot({
  adapter,
  clock,
  run: [{ strategy: bosRetest, symbol, params: { tolerancePips: 300, triggerPips: 20, bufferPips: 200 } }],
  risk: allOf(fixedFractional({ risk: 0.0055 }), fixedQuantity({ lots: 0.1 })),
});
bot.decisions$.subscribe((decision) => console.log(explain(decision)));
bot.trades$.subscribe(({ side, profit, exit }) =>
  console.log(`    ${side} closed by ${exit}: ${profit.toFixed(2)} USDT`),
);
const running = bot.run();
// The lines open in real time, and virtual time goes along.
for (; bot.state !== 'active'; await sleep(10)) clock.advance(clock.now() + 10);

/** Moves time in steps that the lines can bear: a minute without a sign of life would be a broken line. */
const moveTo = async (time: number): Promise<void> => {
  while (clock.now() < time) {
    clock.advance(Math.min(time, clock.now() + 5_000));
    for (let turns = 0; turns < 4; turns++) await turn();
    await clock.settled();
  }
};
let shown = 0;
for await (const { length, time, bid, ask } of feed.batches())
  for (let i = 0; i < length; i++) {
    if (time[i]! < shown + 5_000) continue;
    shown = time[i]!;
    await moveTo(shown);
    binance.controls.futures.quote(symbol, bid[i]!, ask[i]!);
  }
await bot.stop();
await running;
await binance.close();
assert.ok(bot.counts.executed > 0, 'it traded');
