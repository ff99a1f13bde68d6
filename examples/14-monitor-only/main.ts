// A bot that only watches a stock at Interactive Brokers: every signal is validated and judged, the decision says which entry it did not make, and
// the connection refuses orders on its own account, too. This is how a new strategy spends its first weeks at a real account.
//
//   npx tsx examples/14-monitor-only/main.ts

import assert from 'node:assert/strict';
import { setTimeout as sleep } from 'node:timers/promises';
import { interactiveBrokers, stock } from '@mikrobot/adapter-ib';
import { createBot, defineStrategy, explain } from '@mikrobot/core';
import { allOf, fixedFractional, monitorOnly, spreadLimit } from '@mikrobot/risk';
import { startTws } from '@mikrobot/simulators';
import { bufferCount, filter, map } from 'rxjs';

const momentum = defineStrategy({
  name: 'momentum',
  timeframes: [],
  signals: ({ ticks$, signal }) =>
    ticks$.pipe(
      map(({ bid, ask }) => ({ bid, ask })),
      bufferCount(20),
      map((ticks) => ({ first: ticks[0]!, last: ticks.at(-1)! })),
      filter(({ first, last }) => last.bid > first.ask + 0.1),
      map(({ last: { ask } }) => signal.buy({ stop: ask - 1, target: ask + 2, confidence: 0.8 })),
    ),
});

const tws = await startTws();
tws.controls.quote('AAPL', 190, 190.01);
const bot = createBot({
  adapter: interactiveBrokers({
    port: tws.port,
    clientId: 8,
    contracts: { AAPL: stock('AAPL', { primaryExchange: 'NASDAQ', outsideRegularHours: true }) },
    readOnly: true,
  }),
  run: [{ strategy: momentum, symbol: 'AAPL' }],
  risk: allOf(fixedFractional({ risk: 0.005 }), spreadLimit({ pips: 5 }), monitorOnly()),
});
bot.decisions$.subscribe((decision) => console.log(explain(decision)));
const running = bot.run();
while (bot.state !== 'active') await sleep(10);
for (let i = 0; i < 200; i++) {
  const cents = Math.round(19_000 + 150 * Math.sin(i / 30));
  tws.controls.quote('AAPL', cents / 100, (cents + 1) / 100);
  await sleep(5);
}
await bot.stop();
await running;
const { working, positions } = tws.controls.truth();
await tws.close();
assert.ok(bot.counts.refused > 0, 'it decided');
assert.deepEqual([[...working], [...positions]], [[], []], 'it did nothing');
