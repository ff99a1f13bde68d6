/*
 * A process that opens a journal on a disk that fails from the start, and prints one line of JSON, an `Answer`. Arguments: the
 * file, and `write` or `read`; `hold` keeps the journal open for writing until the process is killed.
 */
import { MikroBotError } from '@mikrobot/core';
import { openJournal, readJournal } from '@mikrobot/journal-sqlite';

/** What came of it. */
export interface Answer {
  /** Good entries that could be read. */
  readonly entries: number;
  /** Code and words of what went wrong, if it did. */
  readonly error: string | undefined;
}

const [file = '', how = 'read'] = process.argv.slice(2);
let entries = 0;
let error: string | undefined;
try {
  const journal = how === 'read' ? readJournal(file) : openJournal({ file });
  for (const _ of journal.read()) entries++;
  if (how !== 'hold') journal.close();
} catch (reason) {
  if (!(reason instanceof MikroBotError)) throw reason;
  error = `${reason.code}: ${reason.message}`;
}
const answer: Answer = { entries, error };
process.stdout.write(`${JSON.stringify(answer)}\n`);
if (how === 'hold') setInterval(() => undefined, 1_000);
