// A bot that measures itself. On the fourth day the line to the venue begins to get slower, three milliseconds an hour. No order
// fails and every latency stays within its specification, but the chart of the execution step sees the drift: the gate pauses
// entries and says why, until a person who has mended the line releases it. The chart is written beside the other temporary files.
//
//   npx tsx examples/09-pauses-itself-when-latency-drifts/main.ts

import assert from 'node:assert/strict';
import { writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { createBot, fixedQuantity } from '@mikrobot/core';
import { costPresets, type LatencyModel } from '@mikrobot/matching';
import { controlChartSvg, qualityGate, qualityStatus, qualityVerdict } from '@mikrobot/quality';
import { smaCross } from '@mikrobot/strategies';

const from = Date.UTC(2024, 0, 8);
const drift = from + 3 * 86_400_000;
const usual: LatencyModel = { kind: 'lognormal', median: 80, sigma: 0.15 };
const latency: LatencyModel = { kind: 'drifting', model: usual, from: drift, msPerHour: 3 };

const bot = createBot({
  adapter: paper({
    feed: syntheticMarket({ seed: 7, from, days: 5 }),
    costs: { ...costPresets['retail-fx'], name: 'retail-fx on a line that gets slower', latency },
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
console.log(qualityVerdict(memory));
console.log(`${bot.counts.executed} signals were executed before, ${bot.counts.refused} were refused after`);

const metrics = qualityStatus(memory).steps.flatMap((step) => step.metrics);
const measured = metrics.find(({ path }) => path === 'execution.latency');
assert(measured?.kind === 'measured' && measured.usual !== undefined);
const { points, outside } = measured;
const { center, sigma } = measured.usual;
const limits = { center, sigma, lower: center - 3 * sigma, upper: center + 3 * sigma };
const svg = controlChartSvg({ title: 'Latency of execution, means of five', unit: 'ms', points, limits });
const file = join(tmpdir(), 'mikrobot-latency.svg');
writeFileSync(file, svg);
console.log(`the chart: ${file}`);

assert.equal(alarms.length, 1, 'one alarm');
assert.ok((alarms[0] as number) > drift, 'no alarm before the drift');
assert.equal(outside, 0, 'and before a single order was too late');
