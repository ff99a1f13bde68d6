import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { seededRandom } from '@mikrobot/core';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Disk, filesIn } from './power-loss.js';
import { type Faults, runNode, watchedFolder, whyNoShim } from './shim.js';
import { type Change, readTrace } from './trace.js';

let parent = '';
beforeEach(() => {
  parent = mkdtempSync(join(tmpdir(), 'mikrobot-shim-'));
});
afterEach(() => rmSync(parent, { recursive: true, force: true }));

/** Runs a line of JavaScript on a watched folder: `fs`, the folder's name `d`, and `say`, which notes a mark. */
const watch = async (code: string, faults: Faults = {}) => {
  const watched = watchedFolder(parent, faults);
  const head = `const fs = require('fs'), d = process.env.DISK_SHIM_ROOT + '/', say = (t) => fs.writeSync(3, String(t));`;
  const ended = await runNode(['--eval', `${head} ${code}`], watched.env);
  expect(ended.err).toBe('');
  return { ...ended, watched, changes: readTrace(watched.trace) };
};

const kinds = (changes: readonly Change[]): string[] => changes.map((change) => change.do);

const none = whyNoShim();
const about = none === undefined ? 'the disk shim' : `the disk shim (skipped: ${none})`;

describe.skipIf(none !== undefined)(about, () => {
  it('notes what is done to the folder, in order, and what is told in between', async () => {
    const { changes } = await watch(`
      const f = fs.openSync(d + 'a', 'w'); fs.writeSync(f, 'one'); say('x'); fs.fsyncSync(f); fs.closeSync(f);
      fs.renameSync(d + 'a', d + 'b'); fs.fsyncSync(fs.openSync(d.slice(0, -1), 'r')); fs.unlinkSync(d + 'b');`);
    expect(kinds(changes)).toEqual([
      'name',
      'resize',
      'write',
      'mark',
      'sync',
      'move',
      'sync folder',
      'drop',
    ]);
    expect(changes[2]).toMatchObject({ at: 0, data: Buffer.from('one') });
    expect(changes[3]).toEqual({ do: 'mark', text: 'x' });
  });

  it('misses nothing: its notes give the folder, byte for byte', async () => {
    const { changes, watched } = await watch(`
      fs.appendFileSync(d + 'a', 'first'); fs.appendFileSync(d + 'a', ' second');
      const f = fs.openSync(d + 'b', 'w+'); fs.writevSync(f, [Buffer.from('ab'), Buffer.from('cd')]);
      fs.writeSync(f, 'Z', 1); fs.writevSync(f, [Buffer.from('12'), Buffer.from('3')], 10); fs.ftruncateSync(f, 12);
      fs.writeFileSync(d + 'c', 'x'.repeat(100000)); fs.linkSync(d + 'c', d + 'e');
      fs.mkdirSync(d + 's'); fs.renameSync(d + 'b', d + 's/b');
      const l = fs.openSync(d + 'c', 'r+'); fs.writeSync(l, 'late', 99998);`);
    const random = seededRandom(1);
    const disk = new Disk();
    for (const change of changes) disk.take(change, random);
    const real = filesIn(watched.folder);
    expect(real.size).toBe(4);
    expect(disk.afterPowerLoss(random, 'all')).toEqual(real);
  });

  it('lets files grow only by the bytes that are free, and be overwritten for nothing', async () => {
    const { out } = await watch(
      `const f = fs.openSync(d + 'a', 'w');
      const put = (t, at) => { try { return fs.writeSync(f, t, at); } catch (e) { return e.code; } };
      console.log(put('12345678', 0), put('abcd', 2), put('12345678', 8), put('x', 10), put('y', 0));`,
      { space: 10 },
    );
    expect(out).toBe('8 4 2 ENOSPC 1\n');
  });

  it('fails the writes, syncs, opens and reads that it is told to, with the error of that disk', async () => {
    const code = `const f = fs.openSync(d + 'a', 'w+'); const b = Buffer.alloc(1);
      const t = (act) => { try { act(); return 'ok'; } catch (e) { return e.code; } };
      const all = () => ['write', 'fsync', 'open', 'read'].map((n) => t({
        write: () => fs.writeSync(f, 'x', 0), fsync: () => fs.fsyncSync(f),
        open: () => fs.closeSync(fs.openSync(d + 'b', 'w')), read: () => fs.readSync(f, b, 0, 1, 0) }[n])).join();
      console.log(all(), all());`;
    expect((await watch(code, { writeError: 5, writesLeft: 1 })).out).toBe('ok,ok,ok,ok EIO,ok,ok,ok\n');
    expect((await watch(code, { writeError: 5, times: 1 })).out).toBe('EIO,ok,ok,ok ok,ok,ok,ok\n');
    expect((await watch(code, { syncError: 5 })).out).toBe('ok,EIO,ok,ok ok,EIO,ok,ok\n');
    expect((await watch(code, { readError: 5 })).out).toBe('ok,ok,ok,EIO ok,ok,ok,EIO\n');
  });

  it('changes its faults while the process runs', async () => {
    const { out } = await watch(
      `const open = () => { try { return fs.closeSync(fs.openSync(d + 'a', 'w')) ?? 'ok'; } catch (e) { return e.code; } };
      const turn = (n) => fs.writeSync(fs.openSync(process.env.DISK_SHIM_CONTROL, 'r+'), new BigInt64Array([n]), 0, 8, 40);
      const before = open(); turn(30n); const then = open(); turn(0n); console.log(before, then, open());`,
    );
    expect(out).toBe('ok EROFS ok\n');
  });

  it('lies when told to: a sync says yes and does nothing', async () => {
    const { changes, out } = await watch(
      `const f = fs.openSync(d + 'a', 'w'); fs.writeSync(f, 'x'); fs.fsyncSync(f); console.log('yes');`,
      { lie: true },
    );
    expect(out).toBe('yes\n');
    expect(kinds(changes)).not.toContain('sync');
  });
});
