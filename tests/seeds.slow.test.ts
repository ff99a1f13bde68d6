import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import { DecisionsHash } from '@mikrobot/backtest';
import {
  type BotConfig,
  createBot,
  fixedQuantity,
  MemoryJournal,
  readTape,
  replay,
  TapeWriter,
} from '@mikrobot/core';
import { bosRetest, smaCross } from '@mikrobot/strategies';
import { describe, expect, it } from 'vitest';

const SEEDS = 200;

const config = (): Omit<BotConfig, 'adapter'> => ({
  run: [
    { strategy: smaCross, symbol: 'EURUSD', params: { timeframe: 'M1', fast: 4, slow: 17, stopPips: 6 } },
    { strategy: bosRetest, symbol: 'EURUSD', params: { trailPips: 5, reverse: true, partialAtR: 1 } },
  ],
  risk: fixedQuantity({ lots: 0.3 }),
});

type Venue = Pick<Parameters<typeof paper>[0], 'brackets' | 'replies' | 'mode'>;

const runOn = async (seed: number, venue: Venue) => {
  const lostAnswers = Array.from({ length: 5 }, (_, i) => 3 + ((seed * 7 + i * 13) % 60));
  const feed = syntheticMarket({ seed, symbols: ['EURUSD'], from: Date.UTC(2024, 0, 9), days: 0.5 });
  const adapter = paper({ feed, costs: 'ecn-fx', balance: { USD: '10000' }, lostAnswers, seed, ...venue });
  const journal = new MemoryJournal();
  const chunks: Uint8Array[] = [];
  const symbols = [{ symbol: 'EURUSD', priceDecimals: 5, volumeDecimals: 2 }];
  const tape = new TapeWriter(symbols, (chunk) => chunks.push(chunk.slice()));
  const bot = createBot({ ...config(), adapter, journal, tape });
  const hash = new DecisionsHash();
  bot.decisions$.subscribe((d) => hash.add(d));
  await bot.run();
  tape.flush();
  return { bot, adapter, journal, hash: hash.digest(), ticks: [...readTape(chunks).ticks()] };
};

const venues: readonly Venue[] = [
  { mode: 'netting', brackets: 'native', replies: 'sync' },
  { mode: 'netting', brackets: 'none', replies: 'sync' },
  { mode: 'hedging', brackets: 'native', replies: 'sync' },
  { mode: 'hedging', brackets: 'none', replies: 'sync' },
];

describe.each(venues)('many seeds on a venue with $mode, brackets $brackets', (venue) => {
  it('leave bot and venue of one mind, and replay to the same log', async () => {
    for (let seed = 1; seed <= SEEDS; seed++) {
      const { bot, adapter, journal, ticks } = await runOn(seed, venue);
      const where = `seed ${seed}`;
      const { signals, executed, refused, held, unknown } = bot.counts;
      expect(executed + refused + held + unknown, where).toBe(signals);
      const snapshot = await adapter.snapshot();
      const net = snapshot.positions.reduce((sum, p) => sum + p.quantity, 0);
      expect(bot.book.position('EURUSD').quantity, where).toBeCloseTo(net, 8);
      expect(bot.book.account().balance, where).toBeCloseTo(snapshot.account.balance, 6);
      const result = await replay({ entries: journal.entries(), journalId: journal.id, ticks }, (parts) =>
        createBot({ ...config(), ...parts }),
      );
      expect(result.firstDifference, where).toBeUndefined();
    }
  }, 300_000);

  it('decide the same whether the venue answers at once or later', async () => {
    for (let seed = 1; seed <= SEEDS / 4; seed++) {
      const sync = await runOn(seed, venue);
      const late = await runOn(seed, { ...venue, replies: 'async' });
      expect(late.hash, `seed ${seed}`).toBe(sync.hash);
    }
  }, 300_000);
});
