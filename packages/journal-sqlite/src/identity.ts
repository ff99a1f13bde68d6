import { hash } from 'node:crypto';
import { canonicalJson, MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import type { Sql } from './database.js';
import { bytes, textOf } from './text.js';

/** What a journal is called. */
export interface Identity {
  /** What its chain begins with, for ever. */
  readonly journal: string;
  /** What client order ids begin with; another one after a restore. */
  readonly id: string;
}

const identitySchema = z.strictObject({
  journal: z.string().min(1),
  id: z.string().regex(/^[a-z0-9]{1,6}$/),
});

const bad = (file: string): MikroBotError =>
  new MikroBotError('BAD_JOURNAL', 'The journal does not know what it is called: its beginning is damaged.', {
    where: file,
    hint: 'Restore a backup.',
  });

/** @throws `MikroBotError` `BAD_JOURNAL` when it cannot be read, or is not what was written. */
export const readIdentity = (db: Sql, file: string): Identity => {
  const sql = `SELECT ${bytes('value')}, ${bytes('sum')} FROM meta WHERE key = 'identity'`;
  const row = db.prepare(sql).raw().get() as readonly unknown[] | undefined;
  const value = textOf(row?.[0]);
  if (value === undefined || hash('sha256', value) !== textOf(row?.[1])) throw bad(file);
  return identitySchema.parse(JSON.parse(value));
};

export const writeIdentity = (db: Sql, identity: Identity): void => {
  const value = canonicalJson({ ...identity });
  db.prepare(`INSERT OR REPLACE INTO meta (key, value, sum) VALUES ('identity', ?, ?)`).run([
    value,
    hash('sha256', value),
  ]);
};

/** @throws `MikroBotError` `BAD_CONFIG` when it cannot be part of client order ids. */
export const checkId = (id: string): string => {
  if (/^[a-z0-9]{1,6}$/.test(id)) return id;
  throw new MikroBotError('BAD_CONFIG', `A journal cannot be called "${id}".`, {
    where: 'journal, id',
    hint: 'Its id is part of every client order id: use 1 to 6 characters of a-z and 0-9.',
  });
};
