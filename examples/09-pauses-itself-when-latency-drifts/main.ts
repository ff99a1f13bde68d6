// A bot that measures itself. On the fourth day the line to the venue begins to get slower, three milliseconds an hour. No order
// fails and every latency stays within its specification for hours, but the chart of the execution step sees the drift: the gate
// pauses entries and says why. A person who has mended the line releases it.
//
//   npx tsx examples/09-pauses-itself-when-latency-drifts/main.ts

import assert from 'node:assert/strict';
import { mkdirSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { createBot, fixedQuantity } from '@mikrobot/core';
import { costPresets } from '@mikrobot/matching';
import { controlChartSvg, qualityGate, qualityStatus, qualityVerdict } from '@mikrobot/quality';
import { smaCross } from '@mikrobot/strategies';

const DAY = 86_400_000;
const from = Date.UTC(2024, 0, 8);
const drift = from + 3 * DAY;

const bot = createBot({
  adapter: paper({
    feed: syntheticMarket({ seed: 7, from, days: 5 }),
    costs: {
      ...costPresets['retail-fx'],
      name: 'retail-fx, on a line that gets slower',
      latency: {
        kind: 'drifting',
        model: { kind: 'lognormal', median: 80, sigma: 0.15 },
        from: drift,
        msPerHour: 3,
      },
    },
    balance: { USD: '10000' },
  }),
  run: [{ strategy: smaCross, symbol: 'EURUSD', params: { fast: 3, slow: 8, stopPips: 15 } }],
  risk: [fixedQuantity({ lots: 0.1 }), qualityGate()],
});

const alarms: number[] = [];
bot.issues$.subscribe(({ code, detail, time }) => {
  if (code !== 'POLICY_ALERT') return;
  alarms.push(time);
  console.log(new Date(time).toISOString(), detail);
});
await bot.run();

const memory = bot.policyState('qualityGate');
const { pause, reasons } = qualityVerdict(memory);
console.log(
  `paused: ${pause}, because of ${reasons.map(({ metric, code }) => `${metric} ${code}`).join(', ')}`,
);
console.log(`${bot.counts.executed} signals were executed before, ${bot.counts.refused} were refused after`);

const latency = qualityStatus(memory)
  .steps.flatMap(({ metrics }) => metrics)
  .find(({ path }) => path === 'execution.latency');
assert(latency?.kind === 'measured' && latency.usual !== undefined);
const { center, sigma } = latency.usual;
const svg = controlChartSvg({
  title: 'Latency of execution, means of five',
  unit: 'ms',
  points: latency.points,
  limits: { center, sigma, lower: center - 3 * sigma, upper: center + 3 * sigma },
});
const folder = join(tmpdir(), 'mikrobot-examples');
mkdirSync(folder, { recursive: true });
writeFileSync(join(folder, 'latency.svg'), svg);
console.log(`the chart: ${join(folder, 'latency.svg')}`);

assert.equal(alarms.length, 1, 'one alarm');
assert.ok((alarms[0] as number) > drift, 'no alarm before the drift');
assert.equal(latency.outside, 0, 'and all of it before a single order was too late');
