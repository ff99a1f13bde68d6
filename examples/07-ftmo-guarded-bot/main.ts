// A challenge of a prop firm. The policy knows the firm's rules as data: it sizes each entry by what may still be lost today and in
// total, closes what comes too near a floor, and stops when the phase is passed. The line that it prints is made for a dashboard.
//
//   npx tsx examples/07-ftmo-guarded-bot/main.ts

import assert from 'node:assert/strict';
import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { createBot, explain } from '@mikrobot/core';
import { allOf, describeStatus, fixedFractional, programmes, propFirm, propFirmStatus } from '@mikrobot/risk';
import { smaCross } from '@mikrobot/strategies';

const programme = programmes.ftmoTwoStep;
const symbols = ['EURUSD', 'GBPUSD', 'AUDUSD'];
const bot = createBot({
  adapter: paper({
    feed: syntheticMarket({ seed: 11, symbols, from: Date.UTC(2024, 0, 8), days: 4 }),
    costs: 'retail-fx',
    balance: { USD: '100000' },
  }),
  run: symbols.map((symbol) => ({ strategy: smaCross, symbol, params: { fast: 8, slow: 32, stopPips: 20 } })),
  // A hundredth of the account a trade is much for three pairs at once: the rules of the firm will have something to say.
  risk: allOf(fixedFractional({ risk: 0.01 }), propFirm({ programme, phase: 'challenge', initial: 100_000 })),
});

const status = () => {
  const { balance, equity } = bot.book.account();
  return propFirmStatus(bot.policyState('propFirm'), { balance, equity, now: bot.book.now() }, programme);
};

let day = 0;
let spoke = 0;
bot.fills$.subscribe(() => {
  const now = status();
  if (now.day.start === day) return;
  day = now.day.start;
  console.log(new Date(day).toISOString(), describeStatus(now));
});
bot.decisions$.subscribe((decision) => {
  const verdict = decision.verdicts.find(({ policy }) => policy === 'propFirm')?.outcome;
  if (verdict !== 'shrink' && verdict !== 'refuse') return;
  spoke++;
  console.log(`    ${explain(decision)}`);
});
await bot.run();

const end = status();
console.log('The end:', describeStatus(end));
assert.equal(end.breach, null, 'the account kept every floor');
assert.ok(spoke > 0, 'the policy had something to say');
assert.ok(end.tradingDays.met, 'days with an opening were counted');
