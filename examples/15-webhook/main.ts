// Takes signals of other programs by a webhook. A message says only what to buy or sell; an enricher adds the stop and the
// confidence, and the bot judges it as it does a signal of its own. Answers have a correlation id, as the decision has.
//
//   npx tsx examples/15-webhook/main.ts

import assert from 'node:assert/strict';
import { instrumentOf, paper } from '@mikrobot/adapter-paper';
import { createBot, defineStrategy, type Enricher, fixedQuantity } from '@mikrobot/core';
import { pureSignals } from '@mikrobot/gateway';
import { maxDailyLoss } from '@mikrobot/risk';
import fastify from 'fastify';
import { filter, firstValueFrom, NEVER } from 'rxjs';

/** A stop of 20 pips, and trust in one sender only. */
const complete: Enricher = {
  name: 'complete',
  enrich: ({ side, quote, tags }) => ({
    stop: side === 'buy' ? quote.bid - 0.002 : quote.ask + 0.002,
    confidence: String(tags?.ea).startsWith('MikroBot_BOS') ? 0.9 : 0.5,
  }),
};
const watch = defineStrategy({ name: 'watch', timeframes: [], signals: () => NEVER });
const adapter = paper({
  instruments: [instrumentOf('EURUSD')],
  costs: 'retail-fx',
  balance: { USD: '10000' },
});
const bot = createBot({
  adapter,
  run: [{ strategy: watch, symbol: 'EURUSD' }],
  enrich: [complete],
  risk: [fixedQuantity({ lots: 0.1 }), maxDailyLoss({ fraction: 0.05 })],
});
const running = bot.run();
await firstValueFrom(bot.state$.pipe(filter((state) => state === 'active')));
adapter.feedTick({ symbol: 'EURUSD', time: Date.UTC(2024, 0, 8, 9), bid: 1.085, ask: 1.0851, volume: 1 });

const app = fastify();
const secrets = { get: () => 'a-secret-of-your-own' };
await app.register(pureSignals, { bot, secrets, apiKey: 'MIKROBOT_API_KEY' });
const url = `${await app.listen({ host: '127.0.0.1', port: 0 })}/api/v1/pure-signal/`;

const post = async (message: object) => {
  const headers = { 'X-API-Key': 'a-secret-of-your-own' };
  const reply = await fetch(url, { method: 'POST', headers, body: JSON.stringify(message) });
  const answer = (await reply.json()) as Record<string, unknown>;
  console.log(reply.status, answer.explanation ?? answer.errors);
  return answer.decision;
};
const signal = { symbol: 'EURUSD', direction: 'BUY', trigger_price: 1.085, ea_name: 'MikroBot_BOS' };
assert.equal(await post(signal), 'executed');
assert.equal(await post({ ...signal, direction: 'SELL', ea_name: 'Stranger' }), 'refused');
assert.equal(await post({ ...signal, trigger_price: 'high' }), undefined);
await app.close();
await bot.stop();
await running;
