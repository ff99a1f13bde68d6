import { MemoryJournal } from '@mikrobot/core';
import { crossBot } from './bots.js';
import { barWalk } from './market.js';
const journal = new MemoryJournal();
const bot = crossBot(barWalk(2000, 5).ticks, { fast: 50, slow: 200 }, { journal });
await bot.run();
const lines = journal.lines(); console.log(bot.counts.signals, lines.length);
console.log(lines.slice(40, 68).map((l) => l.length + ' ' + l.slice(0, 420)).join('\n'));
