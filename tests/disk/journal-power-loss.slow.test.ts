import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { constants, tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@mikrobot/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Disk, filesIn } from './power-loss.js';
import { samplePowerLoss, type Tally } from './sample-power-loss.js';
import { type Faults, runNode, script, watchedFolder, whyNoShim } from './shim.js';
import { readTrace } from './trace.js';

// A disk in memory where there is one: what counts here are the calls, and real flushes would only cost time.
const root = existsSync('/dev/shm') ? '/dev/shm' : tmpdir();

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(join(root, 'mikrobot-power-loss-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

interface RunOptions {
  readonly durability?: 'power' | 'process';
  readonly commits?: number;
  readonly seed?: number;
  readonly end?: 'keep' | 'close' | 'export';
  readonly faults?: Faults;
}

/** One run of the appender on a watched disk. */
const run = async (options: RunOptions = {}) => {
  const { durability = 'power', commits = 60, seed = 1, end = 'keep', faults = {} } = options;
  const { folder, trace, env } = watchedFolder(parent, faults);
  const args = [join(folder, 'bot.journal'), durability, String(commits), String(seed), end];
  const ended = await runNode(script(new URL('./appender.ts', import.meta.url), ...args), env);
  expect(ended.err).toBe('');
  return { ...ended, folder, changes: readTrace(trace) };
};

/** What power losses leave of a run on a fresh disk. */
const losses = (ran: Awaited<ReturnType<typeof run>>, moments: number, seed = 1): Promise<Tally> =>
  samplePowerLoss({ ...ran, disk: new Disk() }, join(parent, 'after'), { moments, seed });

const perfect = { lost: 0, refused: 0, wrong: 0, first: [] };

const none = whyNoShim();
const about = none === undefined ? 'a journal when the power fails' : `power loss (skipped: ${none})`;

describe.skipIf(none !== undefined)(about, () => {
  it.each([1, 2])('keeps all that it called durable, whatever the disk wrote (seed %i)', async (seed) => {
    const tally = await losses(await run({ seed }), 100, seed);
    expect(tally).toMatchObject(perfect);
    expect(tally.told).toBeGreaterThan(100);
    expect(tally.samples).toBeGreaterThan(300);
  });

  it('keeps it also while it is being made and closed', async () => {
    const ran = await run({ commits: 3, end: 'close' });
    const tally = await losses(ran, ran.changes.length);
    expect(tally).toMatchObject(perfect);
    expect(tally.samples).toBe(4 * ran.changes.length);
  });

  it('keeps what was exported, and signs nothing that it might lose', async () => {
    const ran = await run({ commits: 80, end: 'export' });
    expect(ran.changes.filter((c) => c.do === 'name' && c.path.endsWith('.gz')).length).toBeGreaterThan(1);
    const tally = await losses(ran, 150);
    expect(tally).toMatchObject(perfect);
    expect(tally.told).toBeGreaterThan(100);
  });

  it('is seen as a whole: the notes of its calls give its files', async () => {
    const { changes, folder } = await run({ commits: 20 });
    const random = seededRandom(1);
    const disk = new Disk();
    for (const change of changes) disk.take(change, random);
    expect(disk.afterPowerLoss(random, 'all')).toEqual(filesIn(folder));
  });

  it('may lose what it called durable where it only promises to outlive the process', async () => {
    const tally = await losses(await run({ durability: 'process' }), 40);
    expect(tally.lost + tally.refused).toBeGreaterThan(20);
    expect(tally.wrong).toBe(0);
  });

  it('may lose anything on a disk that lies about its syncs, and never gives a wrong entry', async () => {
    const tally = await losses(await run({ faults: { lie: true } }), 40);
    expect(tally.lost + tally.refused).toBeGreaterThan(20);
    expect(tally.wrong).toBe(0);
  });

  it('never calls durable what a sync that failed was for', async () => {
    const ran = await run({ faults: { syncError: constants.errno.EIO, syncsLeft: 40, times: 1 } });
    expect(ran.marks).toContain('failed JOURNAL_FAILED');
    expect(await losses(ran, 100)).toMatchObject(perfect);
  });
});
