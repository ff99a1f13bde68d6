import { type PaperAdapter, paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { type BrokerAdapter, createBot, fixedQuantity, MemoryJournal } from '@mikrobot/core';
import { smaCross } from '@mikrobot/strategies';
import { type FaultRule, faulty } from '@mikrobot/testkit';
import { describe, expect, it } from 'vitest';

type Venue = Pick<Parameters<typeof paper>[0], 'brackets' | 'replies'>;

const venueOf = (venue: Venue): PaperAdapter =>
  paper({
    feed: syntheticMarket({ seed: 5, symbols: ['EURUSD'], from: Date.UTC(2024, 0, 9), days: 0.5 }),
    costs: 'retail-fx',
    balance: { USD: '10000' },
    lostAnswers: [4],
    ...venue,
  });

const runOn = async (adapter: BrokerAdapter) => {
  const journal = new MemoryJournal();
  const bot = createBot({
    adapter,
    journal,
    run: [
      { strategy: smaCross, symbol: 'EURUSD', params: { timeframe: 'M1', fast: 4, slow: 17, stopPips: 6 } },
    ],
    risk: fixedQuantity({ lots: 0.3 }),
  });
  await bot.run();
  return { bot, hash: journal.head().hash, size: journal.size };
};

const venues: readonly Venue[] = [
  { brackets: 'native', replies: 'sync' },
  { brackets: 'none', replies: 'sync' },
  { brackets: 'none', replies: 'async' },
];

describe.each(venues)('a bot on a venue with brackets $brackets that answers $replies', (venue) => {
  it('writes the same journal through a line without faults as without the line', async () => {
    const plain = await runOn(venueOf(venue));
    expect(plain.bot.counts.executed).toBeGreaterThan(10);
    const { hash, size } = await runOn(faulty(venueOf(venue)));
    expect({ hash, size }).toEqual({ hash: plain.hash, size: plain.size });
  });

  it('writes the same journal in each run through the same faults', async () => {
    const rules: readonly FaultRule[] = [
      { on: 'submit', rate: 0.1, do: 'lose-answer' },
      { on: 'submit', rate: 0.1, do: 'delay-answer', ms: [1, 900] },
      { on: 'order:fill', rate: 0.1, do: 'duplicate' },
      { on: 'order', rate: 0.05, do: 'reorder' },
    ];
    const first = faulty(venueOf(venue), { script: { seed: 3, rules } });
    const { hash } = await runOn(first);
    const second = faulty(venueOf(venue), { script: { seed: 3, rules } });
    expect((await runOn(second)).hash).toBe(hash);
    expect(first.faults.length).toBeGreaterThan(10);
    expect(second.faults).toEqual(first.faults);
  });
});
