import { copyFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openJournal } from './sqlite-journal.js';
import { flipBits } from './testing/flipped.js';
import { many, story, write } from './testing/samples.js';
import { tempFolder } from './testing/temp-folder.js';

const temp = tempFolder();

it.each(['', '-wal'] as const)(
  'finds each of a thousand flipped bits in the file%s, or it does no harm',
  (part) => {
    const [file, copy] = [temp('bot.journal'), temp('sample')];
    const first = openJournal({ file, id: 'j1' });
    write(first, [...story, ...many(200)]);
    first.close();
    const journal = openJournal({ file });
    for (let i = 0; i < 5; i++) write(journal, many(30, 200 + 30 * i));
    journal.policies.save({ a: { state: 5 } });
    const expected = [...journal.read()];
    for (const each of ['', '-wal', '-head']) copyFileSync(file + each, copy + each);
    journal.close();
    const tally = flipBits(copy, part, temp('scratch'), { seed: 7, flips: 1_000, expected });
    process.stdout.write(`file${part}: ${tally.found} flips found, ${tally.harmless} without harm\n`);
    expect(tally.found + tally.harmless).toBe(1_000);
    expect(tally.found).toBeGreaterThan(200);
  },
);
