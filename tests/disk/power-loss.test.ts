import { seededRandom } from '@mikrobot/core';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Disk } from './power-loss.js';
import type { Change } from './trace.js';

const write = (at: number, text: string, file = 0): Change => ({
  do: 'write',
  file,
  at,
  data: Buffer.from(text),
});
const name = (path: string, file = 0): Change => ({ do: 'name', path, file });
const sync: Change = { do: 'sync', file: 0 };
const folder: Change = { do: 'sync folder', folder: '/d' };

/** Every disk that 300 power losses leave, as texts by path; a file of zeros as dots. */
const outcomes = (...changes: readonly Change[]): Set<string> => {
  const random = seededRandom(7);
  const seen = new Set<string>();
  for (let i = 0; i < 300; i++) {
    const disk = new Disk();
    for (const change of changes) disk.take(change, random);
    const how = (['none', 'all', 'some'] as const)[i % 3] ?? 'some';
    const files = [...disk.afterPowerLoss(random, how)];
    seen.add(files.map(([path, bytes]) => `${path}=${bytes.toString().replaceAll('\0', '.')}`).join(' '));
  }
  return seen;
};

describe('a disk after power loss', () => {
  it('holds for certain what was synced, name and bytes, and only that', () => {
    expect(outcomes(name('/d/a'), write(0, 'one'), sync, folder)).toEqual(new Set(['/d/a=one']));
    expect(outcomes(name('/d/a'), write(0, 'one'), sync)).toEqual(new Set(['', '/d/a=one']));
    expect(outcomes(name('/d/a'), write(0, 'one'), folder)).toEqual(
      new Set(['/d/a=', '/d/a=...', '/d/a=one']),
    );
  });

  it('holds any of the writes since, also a later one without an earlier one', () => {
    const after = outcomes(name('/d/a'), write(0, 'abc'), sync, folder, write(0, 'X'), write(2, 'Z'));
    expect(after).toEqual(new Set(['/d/a=abc', '/d/a=Xbc', '/d/a=abZ', '/d/a=XbZ']));
  });

  it('tears a write where a sector ends', () => {
    const after = outcomes(name('/d/a'), folder, write(0, `${'a'.repeat(512)}b`));
    const torn = [...after].filter((text) => text === `/d/a=${'a'.repeat(512)}`);
    const behind = [...after].filter((text) => text === `/d/a=${'.'.repeat(512)}b`);
    expect([torn.length, behind.length]).toEqual([1, 1]);
  });

  it('renames wholly or not at all', () => {
    const made = [name('/d/a'), write(0, 'new'), sync, folder];
    const after = outcomes(...made, { do: 'move', path: '/d/a', to: '/d/b' });
    expect(after).toEqual(new Set(['/d/a=new', '/d/b=new']));
  });

  it('may have lost for good what a failed sync was for, even where the next one succeeds', () => {
    const failed: Change = { do: 'sync failed', file: 0 };
    const after = outcomes(name('/d/a'), folder, write(0, 'one'), failed, sync);
    expect(after).toEqual(new Set(['/d/a=', '/d/a=one']));
  });

  it('never changes a byte that was synced and not written since', () => {
    const writes = fc.array(fc.tuple(fc.nat(3_000), fc.integer({ min: 1, max: 1_500 })), { maxLength: 8 });
    fc.assert(
      fc.property(writes, fc.nat(), (later, seed) => {
        const random = seededRandom(seed);
        const disk = new Disk();
        const base = 'k'.repeat(4_000);
        for (const change of [name('/d/a'), write(0, base), sync, folder]) disk.take(change, random);
        for (const [at, bytes] of later) disk.take(write(at, 'n'.repeat(bytes)), random);
        const bytes = disk.afterPowerLoss(random, 'some').get('/d/a')?.toString() ?? '';
        for (let i = 0; i < base.length; i++) {
          const written = later.some(([at, length]) => i >= at && i < at + length);
          if (!written && bytes[i] !== 'k') expect.fail(`byte ${i}`);
        }
      }),
    );
  });
});
