import { paper, syntheticMarket } from '@mikrobot/adapter-paper';
import {
  type BotConfig,
  createBot,
  MemoryJournal,
  type ReplayParts,
  type RiskPolicy,
  replay,
} from '@mikrobot/core';
import { smaCross } from '@mikrobot/strategies';
import { describe, expect, it } from 'vitest';
import * as z from 'zod';
import { config, record } from './risk-recording.js';

const make = (parts: ReplayParts) => createBot({ ...config(), ...parts });

describe('a log with limits that watch the equity', () => {
  it('replays with and without the ticks, though policies acted on prices', async () => {
    const { journal, entries, ticks } = await record(2);
    const kinds = entries.map((e) => e.kind);
    expect(kinds).toContain('out:mark');
    expect(kinds).toContain('out:command');
    const whole = await replay({ entries, journalId: journal.id, ticks }, make);
    expect(whole.firstDifference).toBeUndefined();
    expect(whole).toMatchObject({ equal: true, compared: 'log' });
    const decisions = await replay({ entries, journalId: journal.id }, make);
    expect(decisions.firstDifference).toBeUndefined();
    expect(decisions).toMatchObject({ equal: true, compared: 'decisions' });
  });

  it('replays what began with memories of an earlier run', async () => {
    const { saved } = await record(1);
    const { journal, entries } = await record(101, saved);
    expect(entries.map((e) => e.kind)).toContain('in:policies');
    const result = await replay({ entries, journalId: journal.id }, make);
    expect(result.firstDifference).toBeUndefined();
  });

  it('replays a halt that a policy wanted between two signals of one tick', async () => {
    // Two runs of one strategy on one symbol raise their signals in the same turn.
    const params = { timeframe: 'M1', fast: 3, slow: 8, stopPips: 6 };
    const halting: RiskPolicy<number> = {
      name: 'halting',
      judge: () => ({ code: 'NO', limit: 0, actual: 1 }),
      memory: {
        initial: 0,
        schema: z.number(),
        next: (decisions, event) => (event.type === 'decision' ? decisions + 1 : decisions),
        commands: (_before, after) => (after === 9 ? [{ do: 'halt', by: 'halting' }] : []),
      },
    };
    const twins: Omit<BotConfig, 'adapter'> = {
      run: ['one', 'two'].map((name) => ({ strategy: smaCross, symbol: 'EURUSD', params, name })),
      risk: halting,
    };
    const feed = syntheticMarket({ seed: 3, from: Date.UTC(2024, 0, 9), days: 1 });
    const journal = new MemoryJournal();
    const adapter = paper({ feed, costs: 'retail-fx', balance: { USD: '10000' } });
    await createBot({ ...twins, adapter, journal }).run();
    const again = (parts: ReplayParts) => createBot({ ...twins, ...parts });
    const result = await replay({ entries: journal.entries(), journalId: journal.id }, again);
    expect(result.firstDifference).toBeUndefined();
    expect(result.recorded).toBeGreaterThan(10);
  });
});
