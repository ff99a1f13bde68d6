import { createBot, type ReplayParts, replay } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
import { config, record } from './risk-recording.js';

const make = (parts: ReplayParts) => createBot({ ...config(), ...parts });
const seeds = Array.from({ length: 10 }, (_, i) => 10 + i);

describe('bots whose policies act on prices', () => {
  it.each(seeds)('replay with and without the ticks (market %i)', async (seed) => {
    const { journal, entries, ticks } = await record(seed);
    const whole = await replay({ entries, journalId: journal.id, ticks }, make);
    expect(whole.firstDifference).toBeUndefined();
    const decisions = await replay({ entries, journalId: journal.id }, make);
    expect(decisions.firstDifference).toBeUndefined();
  });
});
