import type { Sql } from './database.js';
import type { ReadyLine } from './write-queue.js';

/** Rows that one statement takes: crossing into SQLite costs as much as a row. */
const ROWS = 16;

const insert = (rows: number): string =>
  `INSERT INTO entries (seq, kind, subject, line, hash) VALUES ${Array(rows).fill('(?, ?, ?, ?, ?)').join(', ')}`;

type Statement = ReturnType<Sql['prepare']>;

/** Writes lines in transactions. */
export class EntryWriter {
  readonly #db: Sql;
  /** Whether a transaction that need not survive a power cut may skip the flush. */
  readonly #flushes: boolean;
  readonly #begin;
  readonly #commit;
  /** By how many rows they take. */
  readonly #inserts: Statement[] = [];
  readonly #barrier;

  /** @param power - whether transactions survive a power cut */
  constructor(db: Sql, power: boolean) {
    this.#db = db;
    this.#flushes = power;
    this.#begin = db.prepare('BEGIN IMMEDIATE');
    this.#commit = db.prepare('COMMIT');
    this.#barrier = db.prepare('INSERT OR REPLACE INTO barrier (id) VALUES (1)');
  }

  /**
   * Writes lines, and whatever `more` writes, in one transaction.
   * @param durable - whether it is flushed to disk, with everything that was written before
   */
  write(lines: readonly ReadyLine[], durable: boolean, more?: () => void): void {
    const lazy = !durable && this.#flushes;
    if (lazy) this.#db.exec('PRAGMA synchronous = NORMAL');
    try {
      this.#begin.run([]);
      this.#insert(lines);
      more?.();
      // An empty transaction would not be flushed.
      if (lines.length === 0 && more === undefined) this.#barrier.run([]);
      this.#commit.run([]);
    } catch (error) {
      this.#rollBack();
      throw error;
    } finally {
      if (lazy) this.#db.exec('PRAGMA synchronous = FULL');
    }
  }

  #insert(lines: readonly ReadyLine[]): void {
    for (let from = 0; from < lines.length; from += ROWS) {
      const rows = Math.min(ROWS, lines.length - from);
      const values: unknown[] = new Array(rows * 5);
      let at = 0;
      for (let i = from; i < from + rows; i++) {
        const { seq, kind, subject, text, hash } = lines[i] as ReadyLine;
        values[at++] = seq;
        values[at++] = kind;
        values[at++] = subject ?? null;
        values[at++] = text;
        values[at++] = hash;
      }
      this.#inserts[rows] ??= this.#db.prepare(insert(rows));
      this.#inserts[rows]?.run(values);
    }
  }

  #rollBack(): void {
    // After some errors SQLite has rolled back by itself.
    if (this.#db.inTransaction) this.#db.exec('ROLLBACK');
  }
}
