// Trades a hedging account of MetaTrader 5: the bridge EA in a terminal connects to the bot. Here the terminal and its broker are
// simulated, and the EA is the real one, compiled with g++; with a terminal of your own leave them out and keep the rest.
//
//   npx tsx --conditions=@mikrobot/source examples/16-metatrader-5/main.ts

import assert from 'node:assert/strict';
import { join } from 'node:path';
import { metatrader5, mt5Bridge } from '@mikrobot/adapter-mt5';
import { createBot, defineStrategy, explain, fixedQuantity } from '@mikrobot/core';
import { buildProgram, hasCompiler, startTerminal } from '@mikrobot/mql5';
import { startMt5 } from '@mikrobot/simulators';
import { filter, firstValueFrom, map } from 'rxjs';

if (!hasCompiler()) {
  console.log('Skipped: g++ is not installed, and no terminal is here.');
  process.exit(0);
}

// ---- What a real account brings itself: a broker with a market, and a terminal with the EA.
const secret = 'the same text on both sides';
const broker = await startMt5();
broker.controls.quote('EURUSD', 1.085, 1.0851);
const program = await buildProgram(join(import.meta.dirname, '../../mql5/Experts/MikroBot_Bridge.mq5'));
const inputs = { InpPort: 9557, InpSecret: secret };
const terminal = await startTerminal({ program, link: broker, inputs, allowUrls: ['127.0.0.1'] });

// ---- The bot.
const buy = defineStrategy({
  name: 'buy',
  timeframes: [],
  signals: ({ ticks$, position, signal }) =>
    ticks$.pipe(
      filter(() => position.flat),
      map(({ bid, ask }) => signal.buy({ stop: bid - 0.002, target: ask + 0.003, confidence: 0.9 })),
    ),
});
const bridge = mt5Bridge({ port: 9557, secrets: { get: () => secret } });
const bot = createBot({
  adapter: metatrader5({ bridge, account: '5000001', symbols: ['EURUSD'] }),
  run: [{ strategy: buy, symbol: 'EURUSD' }],
  risk: fixedQuantity({ lots: 0.1 }),
});
bot.decisions$.subscribe((decision) => console.log(explain(decision)));
const closed = firstValueFrom(bot.fills$.pipe(filter(({ id }) => id.endsWith('t'))));
const running = bot.run();

let bid = 1.085;
const market = setInterval(() => {
  bid = Math.round((bid + 0.0002) * 1e5) / 1e5;
  broker.controls.quote('EURUSD', bid, bid + 0.0001);
}, 20);
const { price, profit } = await closed;
console.log(`The broker closed it at its target: ${price}, profit ${profit} USD`);
assert.ok(profit > 0);
clearInterval(market);
await bot.stop();
await running;
await terminal.stop();
await broker.close();
