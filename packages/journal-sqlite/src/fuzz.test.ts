import { copyFileSync, rmSync, writeFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openJournal } from './sqlite-journal.js';
import { flipBits } from './testing/flipped.js';
import { many, story, write } from './testing/samples.js';
import { tempFolder } from './testing/temp-folder.js';

const temp = tempFolder();

/** A journal with a part in its file and a part in its log. */
const sample = () => {
  const [file, copy] = [temp('bot.journal'), temp('sample')];
  const first = openJournal({ file, id: 'j1' });
  write(first, [...story, ...many(300)]);
  first.close();
  const journal = openJournal({ file });
  write(journal, many(10, 300));
  journal.policies.save({ a: { state: 5 } });
  const expected = [...journal.read()];
  for (const part of ['', '-wal', '-head']) copyFileSync(file + part, copy + part);
  journal.close();
  return { file: copy, expected };
};

it.each(['', '-wal'] as const)('finds a flipped bit anywhere in the file%s, or it does no harm', (part) => {
  const { file, expected } = sample();
  const tally = flipBits(file, part, temp('scratch'), { seed: 1, flips: 60, expected });
  expect(tally.found + tally.harmless).toBe(60);
  expect(tally.found).toBeGreaterThan(10);
});

it('refuses random bytes as a journal', () => {
  for (let i = 0; i < 20; i++) {
    const file = temp('noise');
    writeFileSync(
      file,
      Uint8Array.from({ length: 5_000 }, (_, j) => (i * 7_919 + j * j * 31 + (j >> 3)) & 0xff),
    );
    expect(() => openJournal({ file })).toThrow(expect.objectContaining({ code: 'BAD_JOURNAL' }));
    rmSync(file);
  }
});
