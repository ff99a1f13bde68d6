// A validation rule of your own: no entries around the news, and near them only if a person agrees. A rule answers with a
// finding (what was the limit, what was the value) or with undefined, and reads nothing but the signal and the book. What
// closes a position passes, for the rule is not marked `always`.
//
//   npx tsx examples/02-custom-validation-rule/main.ts

import assert from 'node:assert/strict';
import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { createBot, defaultRules, explain, fixedQuantity, type Rule } from '@mikrobot/core';
import { smaCross } from '@mikrobot/strategies';

const MINUTE = 60_000;
const from = Date.UTC(2024, 0, 8);
/** Every two hours, so that a short market meets some. Yours come from a calendar, before the bot starts. */
const releases = Array.from({ length: 24 }, (_, i) => from + i * 120 * MINUTE);
const toNextRelease = (time: number): number => Math.min(...releases.map((at) => Math.abs(at - time)));

const awayFromNews = ({ refuse, ask }: { refuse: number; ask: number }): Rule => ({
  name: 'awayFromNews',
  check(signal) {
    const minutes = toNextRelease(signal.time) / MINUTE;
    if (minutes >= ask) return undefined;
    const actual = `${minutes.toFixed(1)} min`;
    return minutes < refuse
      ? { code: 'NEWS', limit: `${refuse} min`, actual }
      : { code: 'NEWS_NEAR', limit: `${ask} min`, actual, hold: 5 * MINUTE };
  },
});

const bot = createBot({
  adapter: paper({
    feed: syntheticMarket({ seed: 3, from, days: 2 }),
    costs: 'retail-fx',
    balance: { USD: '10000' },
  }),
  run: [
    { strategy: smaCross, symbol: 'EURUSD', params: { timeframe: 'M1', fast: 10, slow: 40, stopPips: 10 } },
  ],
  validate: [...defaultRules(), awayFromNews({ refuse: 10, ask: 20 })],
  risk: fixedQuantity({ lots: 0.1 }),
});

const seen = new Set<string>();
bot.decisions$.subscribe((decision) => {
  const { outcome, signal } = decision;
  seen.add('refusal' in decision ? decision.refusal.code : outcome);
  if (outcome !== 'executed' || signal.approval !== undefined) console.log(explain(decision));
  else assert.ok(toNextRelease(signal.time) >= 20 * MINUTE, 'nobody was asked, so no news is near');
  // A person says yes: that is a new signal, judged again at the prices of its own moment.
  if (outcome === 'held') bot.command({ do: 'approve', signal: signal.id, by: 'ada' });
});
await bot.run();

console.log(bot.counts);
for (const code of ['executed', 'NEWS', 'NEWS_NEAR']) assert.ok(seen.has(code), `${code} was seen`);
