import { createBot, type ReplayParts, replay } from '@mikrobot/core';
import { describe, expect, it } from 'vitest';
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
});
