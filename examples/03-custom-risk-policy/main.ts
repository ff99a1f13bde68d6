// Risk policies of your own. One sizes: it answers with a cap, the lots whose loss at the stop is a fraction of the equity.
// One limits: it refuses when the account leans to one side already. All are asked, the strictest answer wins, and the
// decision tells what each of them said.
//
//   npx tsx examples/03-custom-risk-policy/main.ts

import assert from 'node:assert/strict';
import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { createBot, explain, type RiskPolicy, sign } from '@mikrobot/core';
import { smaCross } from '@mikrobot/strategies';

const fraction = 0.005;

const riskOfEquity: RiskPolicy = {
  name: 'riskOfEquity',
  judge({ symbol, price, stop }, { rate }, book) {
    if (stop === undefined) return { code: 'NO_STOP', limit: 'a stop', actual: 'none' };
    const units = book.instrument(symbol)?.contractSize ?? Number.NaN;
    const lossOfOneLot = Math.abs(price - stop) * units * (rate ?? Number.NaN);
    // Without a rate this is NaN, which counts as 0: when in doubt, nothing.
    return { cap: (book.account().equity * fraction) / lossOfOneLot };
  },
};

const oneSided = (most: number): RiskPolicy => ({
  name: 'oneSided',
  judge({ symbol, side }, _signal, book) {
    const leans = (other: string) => book.position(other).quantity + book.pending(other);
    const same = book.exposed().filter((other) => other !== symbol && leans(other) * sign(side) > 0);
    return same.length < most ? undefined : { code: 'ONE_SIDED', limit: most, actual: same.join(', ') };
  },
});

const symbols = ['EURUSD', 'GBPUSD', 'AUDUSD'];
const feed = syntheticMarket({ seed: 4, symbols, from: Date.UTC(2024, 0, 8), days: 1 });
const bot = createBot({
  adapter: paper({ feed, costs: 'ecn-fx', balance: { EUR: '20000' } }),
  run: symbols.map((symbol) => ({ strategy: smaCross, symbol, params: { fast: 5, slow: 20, stopPips: 15 } })),
  risk: [riskOfEquity, oneSided(2)],
});

let worst = 0;
const codes = new Set<string>();
bot.decisions$.subscribe((decision) => {
  console.log(explain(decision));
  for (const { policy, outcome, code, quantity } of decision.verdicts) {
    console.log(`    ${policy} ${outcome} ${code ?? quantity?.toFixed(3) ?? ''}`);
    codes.add(code ?? outcome);
  }
});
bot.fills$.subscribe(({ profit }) => {
  worst = Math.min(worst, profit);
});
await bot.run();

console.log(bot.counts, `worst trade ${worst} EUR`);
assert.ok(codes.has('shrink') && codes.has('ONE_SIDED'), 'both policies spoke');
assert.ok(worst < 0 && worst > -20_000 * fraction * 1.2, 'no loss was much larger than planned');
