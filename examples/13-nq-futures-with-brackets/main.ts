// A breakout on NQ futures at Interactive Brokers: above the high of the last 15 minutes it buys, below their low it sells,
// entry, stop and target as one bracket that stays at the venue. A simulated TWS speaks IB's own protocol; two hours pass in seconds.
//
//   npx tsx examples/13-nq-futures-with-brackets/main.ts

import assert from 'node:assert/strict';
import { setTimeout as sleep, setImmediate as turn } from 'node:timers/promises';
import { future, interactiveBrokers } from '@mikrobot/adapter-ib';
import { createBot, defineStrategy, explain, fixedQuantity, VirtualClock } from '@mikrobot/core';
import { allOf, maxDailyLoss, maxTradeRisk } from '@mikrobot/risk';
import { startTws } from '@mikrobot/simulators';

const opening = Date.UTC(2024, 0, 9, 14, 30); // 09:30 in New York
const breakout = defineStrategy({
  name: 'breakout',
  timeframe: 'M1',
  warmUp: 16,
  onBar({ bars, position, signal }) {
    const { time, close } = bars.last;
    if (time < opening + 900_000 || !position.flat) return;
    if (close > bars.highest('high', 15, { skip: 1 }))
      return signal.buy({ stop: close - 20, target: { r: 1.5 }, confidence: 0.8 });
    if (close < bars.lowest('low', 15, { skip: 1 }))
      return signal.sell({ stop: close + 20, target: { r: 1.5 }, confidence: 0.8 });
  },
});

const clock = new VirtualClock(opening - 60_000);
const tws = await startTws({ clock });
tws.controls.quote('NQ', 16_700, 16_700.25);
const contracts = { NQ: future('NQ', { exchange: 'CME' }) };
const adapter = interactiveBrokers({ port: tws.port, clientId: 7, contracts, clock });
const bot = createBot({
  adapter,
  clock,
  run: [{ strategy: breakout, symbol: 'NQ' }],
  risk: allOf(fixedQuantity({ lots: 1 }), maxTradeRisk({ fraction: 0.01 }), maxDailyLoss({ fraction: 0.03 })),
});
bot.decisions$.subscribe((decision) => console.log(explain(decision)));
bot.trades$.subscribe(({ side, profit, exit }) =>
  console.log(`    ${side} closed by ${exit}: ${profit.toFixed(2)} USD`),
);
const running = bot.run();
for (; bot.state !== 'active'; await sleep(10)) clock.advance(clock.now() + 10);

for (let second = 0; second < 7_200; second++) {
  clock.advance(clock.now() + 1_000);
  const price = 16_700 + Math.round(400 * Math.sin(second / 900) + 60 * Math.sin(second / 130)) / 4;
  tws.controls.quote('NQ', price, price + 0.25);
  for (let turns = 0; turns < 4; turns++) await turn();
  await clock.settled();
}
await bot.stop();
await running;
await tws.close();
assert.ok(bot.counts.executed > 0, 'it traded');
