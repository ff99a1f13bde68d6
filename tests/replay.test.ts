import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import {
  type BotConfig,
  createBot,
  defineStrategy,
  type Entry,
  fixedQuantity,
  MemoryJournal,
  readTape,
  replay,
  type SeenTick,
  type StrategyContext,
  TapeWriter,
  verifyChain,
} from '@mikrobot/core';
import { bosRetest, smaCross } from '@mikrobot/strategies';
import { bufferTime, filter, map } from 'rxjs';
import { describe, expect, it } from 'vitest';

/** Raises signals by time, through the bot's own scheduler, and asks for a person. */
const timed = defineStrategy({
  name: 'timed',
  timeframes: ['M1'],
  signals: ({ ticks$, scheduler, signal }: StrategyContext) =>
    ticks$.pipe(
      bufferTime(1_200_000, scheduler),
      filter((ticks) => ticks.length > 2),
      map((ticks) => {
        const first = ticks[0]?.bid ?? 0;
        const last = ticks.at(-1)?.bid ?? 0;
        const details = { confidence: 0.7, reason: `after ${ticks.length} ticks` };
        return last > first
          ? signal.buy({ ...details, stop: last - 0.001 })
          : signal.sell({ ...details, stop: last + 0.001 });
      }),
    ),
});

const config = (): Omit<BotConfig, 'adapter'> => ({
  run: [
    { strategy: smaCross, symbol: 'EURUSD', params: { timeframe: 'M1', fast: 5, slow: 20, stopPips: 8 } },
    { strategy: bosRetest, symbol: 'EURUSD', params: { trailPips: 4, reverse: true } },
    { strategy: timed, symbol: 'EURUSD' },
  ],
  risk: fixedQuantity({ lots: 0.2 }),
});

interface Recording {
  readonly journal: MemoryJournal;
  readonly entries: readonly Entry[];
  readonly ticks: readonly SeenTick[];
  readonly counts: Record<string, number>;
  readonly venueOrders: number;
}

type Venue = Partial<Parameters<typeof paper>[0]>;

/** A day of the synthetic market on tape, with people who approve some of what is held and pull the brake in the end. */
const record = async (venue: Venue): Promise<Recording> => {
  const adapter = paper({
    feed: syntheticMarket({ seed: 5, symbols: ['EURUSD'], from: Date.UTC(2024, 0, 9), days: 1 }),
    costs: 'retail-fx',
    balance: { USD: '10000' },
    lostAnswers: [3, 10],
    ...venue,
  });
  const journal = new MemoryJournal();
  const chunks: Uint8Array[] = [];
  const symbols = [{ symbol: 'EURUSD', priceDecimals: 5, volumeDecimals: 2 }];
  const tape = new TapeWriter(symbols, (chunk) => chunks.push(chunk.slice()));
  const bot = createBot({ ...config(), adapter, journal, tape });
  let held = 0;
  bot.decisions$.pipe(filter((d) => d.outcome === 'held')).subscribe(({ signal }) => {
    if (++held % 2 === 0) bot.command({ do: 'approve', signal: signal.id, by: 'ann' });
    if (held === 20) bot.command({ do: 'kill', by: 'bob', reason: 'enough' });
  });
  await bot.run();
  tape.flush();
  return {
    journal,
    entries: journal.entries(),
    ticks: [...readTape(chunks).ticks()],
    counts: bot.counts,
    venueOrders: adapter.venue.orders,
  };
};

const venues: readonly [string, Venue][] = [
  ['a venue that answers at once', {}],
  ['a venue that answers later', { replies: 'async' }],
  ['a venue without brackets of its own', { brackets: 'none', replies: 'async' }],
];

describe.each(venues)('a log of %s', (_, venue) => {
  it('replays to the same whole log, byte for byte, with the ticks', async () => {
    const { journal, entries, ticks, counts } = await record(venue);
    expect(counts.executed).toBeGreaterThan(10);
    expect(counts.unknown).toBeGreaterThan(0);
    expect(counts.held).toBeGreaterThan(5);
    verifyChain(journal.lines(), journal.head());
    const result = await replay({ entries, journalId: journal.id, ticks }, (parts) =>
      createBot({ ...config(), ...parts }),
    );
    expect(result).toEqual({
      equal: true,
      compared: 'log',
      recorded: entries.length,
      replayed: entries.length,
    });
  });

  it('replays to the same decisions without the ticks', async () => {
    const { journal, entries } = await record(venue);
    const result = await replay({ entries, journalId: journal.id }, (parts) =>
      createBot({ ...config(), ...parts }),
    );
    expect(result.firstDifference).toBeUndefined();
    expect(result).toMatchObject({ equal: true, compared: 'decisions' });
  });

  it('shows the first difference when the bot is not the same any more', async () => {
    const { journal, entries, ticks } = await record(venue);
    const changed = { ...config(), risk: fixedQuantity({ lots: 0.1 }) };
    const result = await replay({ entries, journalId: journal.id, ticks }, (parts) =>
      createBot({ ...changed, ...parts }),
    );
    expect(result.equal).toBe(false);
    expect(result.firstDifference?.recorded).toContain('"quantity":0.2');
    expect(result.firstDifference?.replayed).toContain('"quantity":0.1');
  });

  it('decides every signal once, and has told the venue of as many orders as the venue counts', async () => {
    const { entries, counts, venueOrders } = await record(venue);
    const decisions = entries
      .filter((e) => e.kind === 'out:decision')
      .map((e) => (e.data as { signal: string }).signal);
    expect(decisions).toHaveLength(counts.signals ?? 0);
    expect(new Set(decisions).size).toBe(decisions.length);
    const intents = entries.filter((e) => e.kind === 'out:intent' && !('command' in (e.data as object)));
    const refused = entries.filter(
      (e) =>
        e.kind === 'in:answer' &&
        (e.data as { answer: { outcome: string } }).answer.outcome === 'rejected' &&
        (e.data as { command: string }).command === 'submit',
    );
    expect(intents.length - refused.length).toBe(venueOrders);
  });
});
