import { crossBot } from './bots.js';
import { tickWalk, barWalk } from './market.js';
import { bareTicks } from './bare.js';
const what = process.argv[2];
const cols = what === 'bars' ? barWalk(1_000_000).ticks : tickWalk(5_000_000, ['EURUSD']);
const params = what === 'bars' ? { fast: 50, slow: 200 } : { fast: 10, slow: 30 };
const none = process.argv[3] === 'none';
if (what === 'bars') await crossBot(barWalk(100_000, 5).ticks, params).run(); else await crossBot(tickWalk(500_000, ['EURUSD'], 60, 11), params).run();
for (let k = 0; k < 3; k++) {
  let c0 = process.cpuUsage(); let t0 = performance.now();
  const bot = none ? crossBot(cols, { fast: 5000, slow: 9000 }) : crossBot(cols, params);
  await bot.run();
  let c = process.cpuUsage(c0);
  const wall = performance.now() - t0;
  c0 = process.cpuUsage(); bareTicks(cols); const b = process.cpuUsage(c0);
  console.log('cpu ns/row', (c.user * 1000 / cols.length).toFixed(1), 'sys', (c.system * 1000 / cols.length).toFixed(1), 'wall', (wall * 1e6 / cols.length).toFixed(1), 'bare', (b.user*1000/cols.length).toFixed(1), bot.counts.signals);
}
