import { expect, it } from 'vitest';
import { openJournal } from './sqlite-journal.js';
import { endOf, importJournal, runChild } from './testing/child.js';
import { tempFolder } from './testing/temp-folder.js';

const temp = tempFolder();
const CALLERS = 10;
const EACH = 1_000;
const PROCESSES = 4;
const READERS = 5;

/** Five readers that follow a journal until it has all entries, each checking order, chain and content of what it sees. */
const follow = `
  import { writeSync } from 'node:fs';
  ${importJournal}
  const [file, total] = process.argv.slice(1);
  const readers = Array.from({ length: ${READERS} }, () => ({ journal: readJournal(file), next: 0, of: {} }));
  writeSync(1, 'ready\\n');
  while (readers.some(({ next }) => next < Number(total))) {
    for (const reader of readers) {
      for (const { seq, data } of reader.journal.read(reader.next)) {
        if (seq !== reader.next) throw new Error(reader.next + ' is missing');
        reader.next++;
        if (data.i !== (reader.of[data.caller] ?? 0)) throw new Error('entry ' + seq + ' is not the next of its caller');
        reader.of[data.caller] = data.i + 1;
      }
    }
    await new Promise((resolve) => setTimeout(resolve, 5));
  }
  writeSync(1, readers.map(({ next }) => next).join(' ') + '\\n');
`;

it('gives twenty readers in four processes every entry of ten callers, whole and in order, while they are written', async () => {
  const file = temp('bot.journal');
  const journal = openJournal({ file, group: true });
  const children = Array.from({ length: PROCESSES }, () => runChild(follow, [file, String(CALLERS * EACH)]));
  await Promise.all(children.map((child) => new Promise((resolve) => child.stdout?.once('data', resolve))));
  const ends = children.map(endOf);
  const start = performance.now();
  const caller = async (name: number): Promise<void> => {
    for (let i = 0; i < EACH; i++) {
      journal.append('in:timer', i, i, { caller: name, i, text: 'x'.repeat((i * 37) % 900) });
      await journal.commit();
    }
  };
  await Promise.all(Array.from({ length: CALLERS }, (_, name) => caller(name)));
  const rate = (CALLERS * EACH) / ((performance.now() - start) / 1_000);
  process.stdout.write(`${Math.round(rate)} entries a second, ten callers, twenty readers\n`);
  for (const { out } of await Promise.all(ends))
    expect(out.trim()).toBe(
      Array(READERS)
        .fill(CALLERS * EACH)
        .join(' '),
    );
  expect(journal.verify()).toMatchObject({ ok: true, entries: CALLERS * EACH });
  journal.close();
});
