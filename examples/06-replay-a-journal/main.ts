// What a bot concluded, concluded again. A run is recorded: every input in a journal, every tick on a tape. With the tape the
// strategies run again and the whole log must come out the same, byte for byte; without it the recorded signals are judged
// again. A bot that was changed in between is found out at the first line that differs.
//
//   npx tsx examples/06-replay-a-journal/main.ts

import assert from 'node:assert/strict';
import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { createBot, fixedQuantity, MemoryJournal, readTape, replay, TapeWriter } from '@mikrobot/core';
import { smaCross } from '@mikrobot/strategies';

const feed = syntheticMarket({ seed: 7, from: Date.UTC(2024, 0, 8), days: 1 });
/** What stays the same wherever the bot runs. */
const config = {
  run: [{ strategy: smaCross, symbol: 'EURUSD', params: { timeframe: 'M1', fast: 10, slow: 40 } }],
  risk: fixedQuantity({ lots: 0.1 }),
};

const journal = new MemoryJournal();
const chunks: Uint8Array[] = [];
const tape = new TapeWriter([{ symbol: 'EURUSD', priceDecimals: 5, volumeDecimals: 2 }], (c) =>
  chunks.push(c),
);
// The venue takes the first order but its answer gets lost, so that nobody knows until the bot has asked.
const adapter = paper({ feed, costs: 'retail-fx', balance: { USD: '10000' }, lostAnswers: [1] });
const bot = createBot({ ...config, adapter, journal, tape });
await bot.run();
tape.flush();
console.log(bot.counts);
assert.ok(bot.counts.executed > 0 && bot.counts.unknown > 0);

const input = { entries: journal.entries(), journalId: journal.id };
const ticks = () => readTape(chunks).ticks();
const bytes = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
console.log(
  `Recorded: ${journal.size} entries, ${tape.ticks} ticks in ${bytes} bytes, head ${journal.head().hash}`,
);

const whole = await replay({ ...input, ticks: ticks() }, (parts) => createBot({ ...config, ...parts }));
console.log('With the tape:   ', whole);
assert.deepEqual([whole.equal, whole.compared, whole.replayed], [true, 'log', journal.size]);

const judged = await replay(input, (parts) => createBot({ ...config, ...parts }));
console.log('Without the tape:', judged);
assert.deepEqual([judged.equal, judged.compared, judged.replayed], [true, 'decisions', bot.counts.signals]);

const changed = { ...config, risk: fixedQuantity({ lots: 0.2 }) };
const other = await replay({ ...input, ticks: ticks() }, (parts) => createBot({ ...changed, ...parts }));
console.log('With another size:', other.firstDifference);
assert.equal(other.equal, false);
assert.match(other.firstDifference?.replayed ?? '', /"quantity":0.2/);
