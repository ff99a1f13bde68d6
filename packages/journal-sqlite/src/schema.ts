import { MikroBotError } from '@mikrobot/core';
import type { Sql } from './database.js';
import { bytes, textOf } from './text.js';
import { views } from './views.js';

/** "MBJN": tells a journal from other SQLite files. */
const APPLICATION = 0x4d424a4e;

/** The approval that a signal is, as the index below has it: queries must say it in the same words. */
export const APPROVES = `json_extract(line, '$.data.approval.of')`;

/** Each step makes a file of the version that is its place here into one of the next. */
const steps: readonly (readonly string[])[] = [
  [
    // One row: what the journal is. `sum` is the SHA-256 of `value`.
    `CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL, sum TEXT NOT NULL) STRICT`,
    `CREATE TABLE entries (seq INTEGER PRIMARY KEY, kind TEXT NOT NULL, subject TEXT, line TEXT NOT NULL, hash TEXT NOT NULL) STRICT`,
    `CREATE INDEX entries_by_kind ON entries (kind)`,
    `CREATE INDEX entries_by_subject ON entries (subject) WHERE subject IS NOT NULL`,
    `CREATE INDEX approvals ON entries (${APPROVES}) WHERE kind = 'out:signal' AND ${APPROVES} IS NOT NULL`,
    // Written when there is nothing to write, so that SQLite flushes what was written before.
    `CREATE TABLE barrier (id INTEGER PRIMARY KEY) STRICT`,
    `CREATE TABLE policies (id INTEGER PRIMARY KEY, seq INTEGER NOT NULL, state TEXT NOT NULL, sum TEXT NOT NULL) STRICT`,
    `CREATE TABLE segments (first INTEGER PRIMARY KEY, last INTEGER NOT NULL, previous TEXT NOT NULL, hash TEXT NOT NULL,
       name TEXT NOT NULL, sum TEXT NOT NULL, bytes INTEGER NOT NULL) STRICT`,
    // The newest entry of each kind among those that were exported: a start asks for it.
    `CREATE TABLE newest (kind TEXT PRIMARY KEY, seq INTEGER NOT NULL, line TEXT NOT NULL, sum TEXT NOT NULL) STRICT`,
    ...views,
  ],
];

const numberOf = (db: Sql, pragma: string): number => {
  const row = db.prepare(`PRAGMA ${pragma}`).raw().get() as readonly [number];
  return row[0];
};

const bad = (file: string, what: string, hint: string): MikroBotError =>
  new MikroBotError('BAD_JOURNAL', what, { where: file, hint });

/** Whether the file holds nothing yet. */
export const isEmpty = (db: Sql): boolean =>
  db.prepare('SELECT 1 FROM sqlite_master LIMIT 1').get() === undefined;

/** @throws `MikroBotError` `BAD_JOURNAL` for a database that is no journal, and for a journal of a newer version. */
export const checkFormat = (db: Sql, file: string): void => {
  if (numberOf(db, 'application_id') !== APPLICATION)
    throw bad(file, 'This is a database, but no journal.', 'Check the path.');
  const version = numberOf(db, 'user_version');
  if (version > steps.length)
    throw bad(
      file,
      `This journal has version ${version}; this program knows versions up to ${steps.length}.`,
      'Use the newer @mikrobot/journal-sqlite that wrote it.',
    );
  if (version < 1) throw bad(file, 'This journal has no version.', 'Restore a backup.');
};

/**
 * Brings an empty file, or a journal of an older version, to the present one, in one transaction.
 * @param also - what else belongs to that transaction
 */
export const migrate = (db: Sql, also?: () => void): void => {
  const version = numberOf(db, 'user_version');
  if (version >= steps.length) return;
  db.exec('BEGIN IMMEDIATE');
  for (const step of steps.slice(version)) for (const sql of step) db.exec(sql);
  db.pragma(`application_id = ${APPLICATION}`);
  db.pragma(`user_version = ${steps.length}`);
  also?.();
  db.exec('COMMIT');
};

/** The tables, indexes and views of a database, as text: equal for equal versions. */
export const shapeOf = (db: Sql): string =>
  db
    .prepare(
      `SELECT ${bytes(`type || ' ' || name || ' ' || tbl_name || ' ' || coalesce(sql, '')`)} FROM sqlite_master`,
    )
    .raw()
    .all()
    .map((row) => textOf((row as readonly unknown[])[0]))
    .sort()
    .join('\n');
