import { statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { openJournal } from './sqlite-journal.js';
import { endOf, importJournal, runChild } from './testing/child.js';
import { tempFolder } from './testing/temp-folder.js';

const temp = tempFolder();
const ENTRIES = 1_000_000;

/**
 * A heap this small makes a leak of script objects end the child, and leaves the garbage collector no room to keep
 * pages that it no longer needs: what grows beyond it is memory of the database.
 */
const SMALL_HEAP = ['--expose-gc', '--max-old-space-size=64', '--max-semi-space-size=2'];

/** Writes very many entries and tells the process's memory after the first tenth and at the end, bytes. */
const writeMany = `
  import { writeSync } from 'node:fs';
  ${importJournal}
  const [file, total] = process.argv.slice(1);
  const journal = openJournal({ file, durability: 'process' });
  const used = () => { globalThis.gc(); return process.memoryUsage.rss(); };
  for (let i = 0; i < Number(total); i++) {
    journal.append('in:order', 1e12 + i, i, { id: 'j1-0abc-' + (i >> 3).toString(36) + '-e', type: 'fill', quantity: 0.1, price: 1.1 + i / 1e7 });
    if (i % 500 === 499) journal.idle();
    if (i % 2_000 === 1_999) journal.commit();
    if (i === Number(total) / 10) writeSync(1, used() + ' ');
  }
  writeSync(1, used() + ' ');
  if (!journal.verify().ok) throw new Error('not what was written');
  writeSync(1, used() + '\\n');
  journal.close();
`;

it('needs no more memory for a million entries than for a tenth of them, written and verified', async () => {
  const file = temp('bot.journal');
  const { out } = await endOf(runChild(writeMany, [file, String(ENTRIES)], SMALL_HEAP));
  const [early, late, verified] = out.trim().split(' ').map(Number) as [number, number, number];
  const mb = (bytes: number): number => Math.round(bytes / 1e5) / 10;
  process.stdout.write(`grew ${mb(late - early)} MB, ${mb(verified - early)} MB with verification\n`);
  expect(Math.max(late, verified) - early).toBeLessThan(30e6);
  const journal = openJournal({ file });
  expect(journal.head().seq).toBe(ENTRIES);
  journal.close();
  // The log in front of the file was moved into it all along.
  expect(statSync(`${file}-wal`).size).toBeLessThan(70e6);
});
