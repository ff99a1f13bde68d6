import { type Stats, statSync } from 'node:fs';
import { MikroBotError } from '@mikrobot/core';
import { openToRead } from './database.js';
import { hashAt } from './entry-rows.js';

const look = (path: string): Stats | undefined => statSync(path, { throwIfNoEntry: false });

const same = (a: Stats | undefined, b: Stats | undefined): boolean =>
  a !== undefined && b !== undefined && a.ino === b.ino && a.dev === b.dev;

/**
 * Notices when somebody deletes, moves, replaces or cuts the files of a journal that is being written. SQLite does not: it would
 * write on into a file that has no name any more, or behind a hole, and call it durable. Costs a few microseconds a look.
 */
export class FileWatch {
  readonly #file: string;
  #main: Stats | undefined;
  #log: Stats | undefined;

  constructor(file: string) {
    this.#file = file;
    this.#main = look(file);
    this.written();
  }

  /** To be told after each write. */
  written(): void {
    this.#log = look(`${this.#file}-wal`);
  }

  /**
   * To be asked before each write.
   * @param seq - entries that were written @param hash - of the last of them
   * @throws `MikroBotError` `JOURNAL_FAILED` when the files are not those that were written to.
   */
  check(seq: number, hash: string): void {
    const main = look(this.#file);
    const log = look(`${this.#file}-wal`);
    const shorter = (now: Stats | undefined, then: Stats | undefined): boolean =>
      (now?.size ?? 0) < (then?.size ?? 0);
    if (!same(main, this.#main)) throw this.#failure('The file', 'deleted, moved or replaced');
    if (shorter(main, this.#main)) throw this.#failure('The file', 'cut');
    this.#main = main;
    if (this.#log === undefined) return;
    if (!same(log, this.#log)) throw this.#failure('Its log (-wal)', 'deleted, moved or replaced');
    // A database tool may have moved the log into the file, which is no harm.
    if (shorter(log, this.#log) && !this.#reads(seq, hash)) throw this.#failure('Its log (-wal)', 'cut');
  }

  /** Whether somebody who opens the files now finds what was written last. */
  #reads(seq: number, hash: string): boolean {
    if (seq === 0) return true;
    try {
      const db = openToRead(this.#file);
      try {
        return hashAt(db, seq - 1) === hash;
      } finally {
        db.close();
      }
    } catch {
      return false;
    }
  }

  #failure(what: string, how: string): MikroBotError {
    return new MikroBotError('JOURNAL_FAILED', `${what} was ${how} while the bot wrote to it.`, {
      where: this.#file,
      hint: 'Stop the bot, put the files back or restore a backup, and start it again: it reconciles with the venue.',
    });
  }
}
