import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import {
  type BotConfig,
  createBot,
  type Entry,
  MemoryJournal,
  type PolicyStore,
  readTape,
  type SavedPolicies,
  type SeenTick,
  TapeWriter,
} from '@mikrobot/core';
import { allOf, fixedFractional, maxDailyLoss, maxDrawdown, orderRate } from '@mikrobot/risk';
import { smaCross } from '@mikrobot/strategies';

const symbols = ['EURUSD', 'USDJPY', 'GBPUSD'];
const fast = { timeframe: 'M1', fast: 3, slow: 8, stopPips: 6 };

/** Limits that watch the equity at every tick, over three pairs of which one needs conversion. */
export const config = (): Omit<BotConfig, 'adapter'> => ({
  run: symbols.map((symbol) => ({ strategy: smaCross, symbol, params: fast })),
  risk: allOf(
    fixedFractional({ risk: 0.004 }),
    maxDailyLoss({ fraction: 0.01, onBreach: 'flatten' }),
    maxDrawdown({ kind: 'intraday', fraction: 0.03, onBreach: 'kill' }),
    orderRate({ orders: 6, within: 3_600_000 }),
  ),
});

/** A log, the ticks that it was made of, and what the policies remembered at its end. */
export interface Recording {
  readonly journal: MemoryJournal;
  readonly entries: readonly Entry[];
  readonly ticks: readonly SeenTick[];
  readonly saved: SavedPolicies;
}

/** Two days of three made-up markets. @param before - what the policies remember from an earlier run */
export const record = async (seed: number, before?: SavedPolicies): Promise<Recording> => {
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
