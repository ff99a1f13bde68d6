import { spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '@mikrobot/journal-sqlite';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { alive, expectHalted, expectSafeEnd, madeJournal, trade } from './disk/halting.js';
import { script, whyNoShim } from './disk/shim.js';

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'mikrobot-disk-faults-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const none = whyNoShim();
const ifShim = describe.skipIf(none !== undefined);
const titled = (about: string): string => (none === undefined ? about : `${about} (skipped: ${none})`);

ifShim(titled('a bot whose disk fails'), () => {
  it('halts when the disk is full, guards what is open, and leaves a good journal', async () => {
    await expectSafeEnd(parent, 'fill', { space: 0 }, /The disk is full.*Free space/);
  });
});

describe('a bot whose journal is meddled with while it trades', () => {
  it('halts when the log is cut, and guards what is open', async () => {
    const story = await trade(join(parent, 'bot.journal'), 'cut log', 'fill:3');
    expectHalted(story, 'fill', /log \(-wal\) was cut/);
    expect(story.durable.atEnd).toBe(story.durable.atFault);
  });
});

describe('a journal that a bot of another process writes to', () => {
  it('is refused to a second one, which is told who has it, until the first is killed', async () => {
    const file = join(parent, 'bot.journal');
    madeJournal(file, 10);
    const holder = spawn(process.execPath, script(new URL('./disk/ask.ts', import.meta.url), file, 'hold'), {
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    await new Promise((resolve) => holder.stdout.once('data', resolve));
    expect(() => openJournal({ file })).toThrow(
      expect.objectContaining({
        code: 'JOURNAL_LOCKED',
        message: expect.stringContaining(`process ${holder.pid}`),
      }),
    );
    expect(alive(file)).toEqual({ entries: 10, ok: true });
    const gone = new Promise((resolve) => holder.once('close', resolve));
    holder.kill('SIGKILL');
    await gone;
    const journal = openJournal({ file });
    expect(journal.head().seq).toBe(10);
    journal.close();
  });
});
