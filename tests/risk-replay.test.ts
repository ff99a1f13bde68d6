import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import {
  type BotConfig,
  createBot,
  type Entry,
  MemoryJournal,
  type PolicyStore,
  readTape,
  replay,
  type SavedPolicies,
  type SeenTick,
  TapeWriter,
} from '@mikrobot/core';
import { allOf, fixedFractional, maxDailyLoss, maxDrawdown, orderRate } from '@mikrobot/risk';
import { smaCross } from '@mikrobot/strategies';
import { describe, expect, it } from 'vitest';

const symbols = ['EURUSD', 'USDJPY', 'GBPUSD'];
const fast = { timeframe: 'M1', fast: 3, slow: 8, stopPips: 6 };

/** Profits in three currencies, an account in a fourth sense: limits that watch the equity at every tick. */
const config = (): Omit<BotConfig, 'adapter'> => ({
  run: symbols.map((symbol) => ({ strategy: smaCross, symbol, params: fast })),
  risk: allOf(
    fixedFractional({ risk: 0.004 }),
    maxDailyLoss({ fraction: 0.01, onBreach: 'flatten' }),
    maxDrawdown({ kind: 'intraday', fraction: 0.03, onBreach: 'kill' }),
    orderRate({ orders: 6, within: 3_600_000 }),
  ),
});

interface Recording {
  readonly journal: MemoryJournal;
  readonly entries: readonly Entry[];
  readonly ticks: readonly SeenTick[];
  readonly saved: SavedPolicies;
}

const record = async (seed: number, before?: SavedPolicies): Promise<Recording> => {
  const feed = syntheticMarket({ seed, symbols, from: Date.UTC(2024, 0, 9), days: 2 });
  const adapter = paper({ feed, costs: 'retail-fx', balance: { USD: '10000' }, replies: 'async' });
  const journal = new MemoryJournal();
  const chunks: Uint8Array[] = [];
  const tape = new TapeWriter(
    symbols.map((symbol) => ({ symbol, priceDecimals: symbol === 'USDJPY' ? 3 : 5, volumeDecimals: 2 })),
    (chunk) => chunks.push(chunk.slice()),
  );
  let saved = before ?? {};
  const store: PolicyStore = {
    load: () => before,
    save: (policies) => {
      saved = JSON.parse(JSON.stringify(policies)) as SavedPolicies;
    },
  };
  const bot = createBot({ ...config(), adapter, journal, tape, store });
  await bot.run();
  tape.flush();
  return { journal, entries: journal.entries(), ticks: [...readTape(chunks).ticks()], saved };
};

describe.each([2])('a log with limits that watch the equity (market %i)', (seed) => {
  it('replays with and without the ticks, though policies acted on prices', async () => {
    const { journal, entries, ticks } = await record(seed);
    const kinds = entries.map((e) => e.kind);
    expect(kinds).toContain('out:mark');
    const make = (parts: Parameters<Parameters<typeof replay>[1]>[0]) => createBot({ ...config(), ...parts });
    const whole = await replay({ entries, journalId: journal.id, ticks }, make);
    expect(whole.firstDifference).toBeUndefined();
    expect(whole).toMatchObject({ equal: true, compared: 'log' });
    const decisions = await replay({ entries, journalId: journal.id }, make);
    expect(decisions.firstDifference).toBeUndefined();
    expect(decisions).toMatchObject({ equal: true, compared: 'decisions' });
  });

  it('replays what began with memories of an earlier run', async () => {
    const { saved } = await record(seed);
    const { journal, entries } = await record(seed + 100, saved);
    expect(entries.map((e) => e.kind)).toContain('in:policies');
    const result = await replay({ entries, journalId: journal.id }, (parts) =>
      createBot({ ...config(), ...parts }),
    );
    expect(result.firstDifference).toBeUndefined();
  });
});
