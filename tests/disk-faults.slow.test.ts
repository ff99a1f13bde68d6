import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Answer } from './disk/ask.js';
import { expectHalted, expectSafeEnd, madeJournal, trade } from './disk/halting.js';
import { type Faults, runNode, script, setFaults, watchedFolder, whyNoShim } from './disk/shim.js';

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'mikrobot-disk-faults-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

const { EIO, ENOSPC, EROFS } = constants.errno;

const none = whyNoShim();
const ifShim = describe.skipIf(none !== undefined);
const titled = (about: string): string => (none === undefined ? about : `${about} (skipped: ${none})`);

ifShim(titled('a bot whose disk fails'), () => {
  it.each<readonly [string, 'fill' | 'quiet', Faults, RegExp]>([
    ['is full', 'quiet', { space: 0 }, /The disk is full.*Free space/],
    ['cannot be written any more', 'fill', { writeError: EIO }, /The disk reports an error.*Check the disk/],
    ['turned read-only', 'quiet', { writeError: EROFS, syncError: EROFS }, /disk reports an error/],
    ['fails to sync', 'quiet', { syncError: EIO }, /The disk reports an error/],
    ['fails to sync', 'fill', { syncError: EIO }, /The disk reports an error/],
    ['was full for a moment', 'quiet', { writeError: ENOSPC, times: 1 }, /The disk is full/],
    ['was full for a moment', 'fill', { writeError: ENOSPC, times: 1 }, /The disk is full/],
  ])('halts when the disk %s (%s), guards what is open, and leaves a good journal', async (_, ...how) => {
    await expectSafeEnd(parent, ...how);
  });
});

describe('a bot whose journal is deleted while it trades', () => {
  it('halts, and guards what is open', async () => {
    const story = await trade(join(parent, 'bot.journal'), 'delete', 'fill:3');
    expectHalted(story, 'fill', /The file was deleted/);
    expect(story.durable.atEnd).toBe(story.durable.atFault);
  });
});

ifShim(titled('a journal on a disk that fails from the start'), () => {
  const ask = async (how: 'read' | 'write', faults: Faults): Promise<Answer> => {
    const { folder, env, control } = watchedFolder(parent);
    const file = join(folder, 'bot.journal');
    if (!existsSync(file)) madeJournal(file, 100);
    setFaults(control, faults);
    const ended = await runNode(script(new URL('./disk/ask.ts', import.meta.url), file, how), env);
    expect(ended.err).toBe('');
    return JSON.parse(ended.out) as Answer;
  };

  it('is not opened for trading when the disk is read-only, and can be read', async () => {
    const { error } = await ask('write', { openError: EROFS, writeError: EROFS });
    expect(error).toMatch(
      /^JOURNAL_FAILED: .*(read-only|cannot be opened).*(right to write|who may read and write)/,
    );
    expect(await ask('read', { openError: EROFS, writeError: EROFS })).toEqual({ entries: 100 });
  });

  it('is not opened for trading when the disk is full, and can be read', async () => {
    const { error } = await ask('write', { space: 0 });
    expect(error).toMatch(/^JOURNAL_FAILED: .*(disk is full.*Free space|disk reports an error)/);
    expect(await ask('read', {})).toEqual({ entries: 100 });
  });

  it('says so when the disk gives an error for what it holds', async () => {
    for (const how of ['read', 'write'] as const) {
      const { error } = await ask(how, { readError: EIO });
      expect(error).toMatch(
        /^(JOURNAL_FAILED: .*disk reports an error. Check the disk|BAD_JOURNAL: .*beginning is damaged)/,
      );
    }
  });
});
