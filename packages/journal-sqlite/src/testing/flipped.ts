import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { type Entry, MikroBotError, seededRandom } from '@mikrobot/core';
import { expect } from 'vitest';
import { readJournal } from '../sqlite-journal.js';

/** What became of journals with one flipped bit. */
export interface Tally {
  found: number;
  harmless: number;
}

/**
 * Flips one bit anywhere in a file of a journal, many times over: either that is found, or it does no harm, which is to say that
 * every entry reads as it was written.
 * @param part - which of its files: `` or `-wal`
 */
export const flipBits = (
  file: string,
  part: '' | '-wal',
  scratch: string,
  options: { readonly seed: number; readonly flips: number; readonly expected: readonly Entry[] },
): Tally => {
  const { seed, flips, expected } = options;
  const random = seededRandom(seed);
  const good = readFileSync(file + part);
  const tally: Tally = { found: 0, harmless: 0 };
  for (let i = 0; i < flips; i++) {
    for (const each of ['', '-wal', '-head'] as const) copyFileSync(file + each, scratch + each);
    const bytes = Uint8Array.from(good);
    const at = Math.floor(random() * bytes.length);
    bytes[at] = (bytes[at] as number) ^ (1 << Math.floor(random() * 8));
    writeFileSync(scratch + part, bytes);
    try {
      const reader = readJournal(scratch);
      try {
        const { ok, entries } = reader.verify();
        if (!ok) {
          tally.found++;
          continue;
        }
        expect(entries, `byte ${at}`).toBe(expected.length);
        expect([...reader.read()], `byte ${at}`).toEqual(expected);
        tally.harmless++;
      } finally {
        reader.close();
      }
    } catch (error) {
      if (!(error instanceof MikroBotError)) throw error;
      tally.found++;
    }
  }
  return tally;
};
