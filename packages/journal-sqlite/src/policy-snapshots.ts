import { hash } from 'node:crypto';
import { canonicalJson, MikroBotError, type PolicyStore, type SavedPolicies } from '@mikrobot/core';
import type { Sql } from './database.js';
import { bytes, textOf } from './text.js';

/** What the snapshots need of their journal. */
export interface PolicyTable {
  readonly file: string;
  readonly db: Sql;
  /** Writes what waits, and what `more` writes, in one durable transaction. */
  write(more: (seq: number) => void): void;
}

/** What policies remember, in the journal's file: saved together with the entries that led to it. */
export class PolicySnapshots implements PolicyStore {
  readonly #table: PolicyTable;

  constructor(table: PolicyTable) {
    this.#table = table;
  }

  /** @throws `MikroBotError` `BAD_STORE` when what was saved cannot be read, or is not what was saved. */
  load(): SavedPolicies | undefined {
    const { db, file } = this.#table;
    try {
      const sql = `SELECT ${bytes('state')}, ${bytes('sum')} FROM policies WHERE id = 1`;
      const row = db.prepare(sql).raw().get() as readonly unknown[] | undefined;
      if (row === undefined) return undefined;
      const state = textOf(row[0]) ?? '';
      if (hash('sha256', state) !== textOf(row[1])) throw new Error('it is not what was saved');
      return JSON.parse(state) as SavedPolicies;
    } catch (cause) {
      throw new MikroBotError('BAD_STORE', 'What policies remember cannot be read.', {
        where: file,
        hint: 'Verify the journal and restore a backup; without what they remember, limits would begin anew.',
        cause,
      });
    }
  }

  /** @throws `MikroBotError` `BAD_STORE` when it cannot be saved. */
  save(policies: SavedPolicies): void {
    try {
      const state = canonicalJson(policies, { undefinedMembers: 'drop' });
      this.#table.write((seq) => {
        this.#table.db
          .prepare('INSERT OR REPLACE INTO policies (id, seq, state, sum) VALUES (1, ?, ?, ?)')
          .run([seq, state, hash('sha256', state)]);
      });
    } catch (cause) {
      const why = cause instanceof Error ? cause.message : String(cause);
      throw new MikroBotError('BAD_STORE', `What policies remember cannot be saved. ${why}`, {
        where: this.#table.file,
        cause,
      });
    }
  }
}
