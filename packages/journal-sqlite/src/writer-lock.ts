import { MikroBotError } from '@mikrobot/core';
import { openToWrite, type Sql } from './database.js';
import { isBusy, writeFailure } from './failures.js';
import { lastWriter } from './head-note.js';

/**
 * The right to write to a journal: an open transaction on an empty database beside it. The operating system takes it back when the
 * process ends, however it ends, so no lock is ever left behind; readers of the journal itself are not touched by it.
 */
export class WriterLock {
  readonly #db: Sql;

  /** @throws `MikroBotError` `JOURNAL_LOCKED` when another bot has it, `JOURNAL_FAILED` when the folder cannot be written. */
  constructor(file: string) {
    let db: Sql | undefined;
    try {
      db = openToWrite(`${file}-lock`);
      // Who has the lock keeps it: waiting would not help.
      db.pragma('busy_timeout = 0');
      db.exec('BEGIN EXCLUSIVE');
    } catch (error) {
      db?.close();
      if (!isBusy(error)) throw writeFailure(error, `${file}-lock`);
      const pid = lastWriter(file);
      throw new MikroBotError(
        'JOURNAL_LOCKED',
        `Another bot writes to this journal${pid === undefined ? '' : ` (process ${pid})`}.`,
        { where: file, hint: 'Stop that one first, or give this bot a journal of its own.', cause: error },
      );
    }
    this.#db = db;
  }

  release(): void {
    this.#db.exec('ROLLBACK');
    this.#db.close();
  }
}
