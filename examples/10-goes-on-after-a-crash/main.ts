// A bot that dies with an order in the air. The venue fills it while nobody is there; the next start finds that out from the journal
// and the venue, places the missing stop before anything else, and tells the signal what became of it. Nothing is sent twice.
//
//   npx tsx examples/10-goes-on-after-a-crash/main.ts

import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { instrumentOf, paper } from '@mikrobot/adapter-paper';
import { createBot, defineStrategy, explain, fixedQuantity } from '@mikrobot/core';
import { openJournal } from '@mikrobot/journal-sqlite';
import { faulty } from '@mikrobot/testkit';

const folder = mkdtempSync(join(tmpdir(), 'crash-'));
const instruments = [instrumentOf('EURUSD')];
const balance = { USD: '10000' };
const venue = paper({ instruments, costs: 'none', balance, brackets: 'none', replies: 'async' });

const once = defineStrategy({
  name: 'once',
  timeframe: 'M1',
  onBar: ({ bars, position, signal }) =>
    position.flat ? signal.buy({ stop: bars.last.close - 0.002, confidence: 0.9 }) : undefined,
});

/** A process of the bot. Its line can be severed, as by `kill -9`: the venue lives on, the bot hears and sends nothing any more. */
const start = () => {
  const line = faulty(venue, { outlives: true });
  const journal = openJournal({ file: join(folder, 'bot.journal') });
  const run = [{ strategy: once, symbol: 'EURUSD' }];
  const bot = createBot({ adapter: line, journal, run, risk: fixedQuantity({ lots: 0.1 }), staleAfter: 1e9 });
  bot.decisions$.subscribe((decision) => console.log(explain(decision)));
  bot.issues$.subscribe(({ code, detail }) => console.log(`${code}: ${detail}`));
  bot.run().catch(console.error);
  return { bot, line, journal };
};
const settled = () => new Promise((resolve) => setImmediate(resolve));
let time = Date.UTC(2024, 0, 9);
const minute = (bid: number) => {
  time += 60_000;
  venue.feedTick({ symbol: 'EURUSD', time, bid, ask: bid + 0.0001, volume: 1 });
  return settled();
};
const first = start();
first.line.use({ rules: [{ on: 'order:accepted', do: 'sever' }] });
for (const bid of [1.1, 1.1001, 1.1002, 1.1003]) await minute(bid);
first.journal.close();
console.log('--- the process is gone, its order is filled ---');
const second = start();
await settled();
await minute(1.1004);
const { orders } = await venue.snapshot();
console.log(orders.map(({ type, quantity, price }) => `${type} ${quantity} at ${price}`));
assert.equal(second.bot.book.position('EURUSD', 'once:EURUSD').quantity, 0.1);
assert.equal(orders.filter(({ type }) => type === 'stop').length, 1);
assert.equal(venue.venue.orders, 2, 'the entry and its stop, each sent once');
await second.bot.stop();
second.journal.close();
rmSync(folder, { recursive: true });
