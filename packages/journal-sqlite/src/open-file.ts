import { existsSync, statSync } from 'node:fs';
import { type JournalHead, MikroBotError } from '@mikrobot/core';
import { openImmutable, openToRead, openToWrite, type Sql } from './database.js';
import { checkRow, firstPlace, hashAt, isProblem, ROW, type Row } from './entry-rows.js';
import { readFailure, resultCode } from './failures.js';
import { readHeadNote } from './head-note.js';
import { checkId, readIdentity, writeIdentity } from './identity.js';
import { newId } from './new-id.js';
import { checkFormat, isEmpty, migrate } from './schema.js';

/** Pages (of 4 kB) in the log in front of the file after which a commit itself moves them over. Usually `idle()` has done so. */
const MOST_PAGES = 16_384;
const LOG_LIMIT = MOST_PAGES * 4_096;
/** Memory in which SQLite keeps pages, kB: where rows and indexes grow. */
const CACHE = 16_000;

/** How a file is opened for writing. */
export interface OpenFile {
  readonly file: string;
  readonly id: string | undefined;
  readonly power: boolean;
  readonly acceptLoss: boolean;
}

const lost = (file: string, from: number, to: number): MikroBotError =>
  new MikroBotError('BAD_JOURNAL', `Entries ${from} to ${to} are gone, which once were in this journal.`, {
    where: file,
    hint:
      'A file beside it (-wal) was cut or lost, or an older copy was put in its place. Put back what is missing or restore a backup; ' +
      'to go on from what is there, open it once with acceptLoss and reconcile with the venue.',
  });

/** Holds the end of the file against the note beside it, and its last entry against the chain. */
const checkEnd = (db: Sql, { file, acceptLoss }: OpenFile, journal: string): JournalHead => {
  const rows = db
    .prepare(`SELECT ${ROW} FROM entries ORDER BY seq DESC LIMIT 1`)
    .raw()
    .all() as readonly unknown[] as readonly Row[];
  const first = firstPlace(db, journal);
  const [last] = rows;
  let head: JournalHead = { seq: first.seq, hash: first.seq === 0 ? '' : first.previous };
  if (last !== undefined) {
    const seq = Number(last[0]);
    const previous = seq === first.seq ? first.previous : hashAt(db, seq - 1);
    const line = previous === undefined ? undefined : checkRow({ seq, previous }, last);
    if (line === undefined || isProblem(line))
      throw new MikroBotError('BAD_JOURNAL', 'The last entry is not what the chain of hashes vouches for.', {
        where: `${file}, entry ${seq}`,
        hint: 'Verify the journal to see what is wrong, and restore a backup.',
      });
    head = { seq: seq + 1, hash: line.hash };
  }
  if (acceptLoss) return head;
  const note = readHeadNote(file);
  if (note === undefined) return head;
  if (note.journal !== journal)
    throw new MikroBotError(
      'BAD_JOURNAL',
      `The note beside this file is of another journal, ${note.journal}.`,
      {
        where: `${file}-head`,
        hint: 'Two journals were mixed up: put each file with its own note, or delete the note.',
      },
    );
  if (note.seq > head.seq) throw lost(file, head.seq, note.seq - 1);
  const then = note.seq === head.seq ? head.hash : hashAt(db, note.seq - 1);
  if (note.seq > first.seq && then !== note.hash)
    throw new MikroBotError('BAD_JOURNAL', 'This file tells another history than the note beside it.', {
      where: `${file}, entry ${note.seq - 1}`,
      hint: 'Another copy was put in its place. Put back the right one, or open it once with acceptLoss.',
    });
  return head;
};

const begin = (db: Sql, { file, id, acceptLoss }: OpenFile): void => {
  const note = acceptLoss ? undefined : readHeadNote(file);
  if (note !== undefined && note.seq > 0) throw lost(file, 0, note.seq - 1);
  const name = checkId(id ?? newId());
  db.pragma('journal_mode = WAL');
  migrate(db, () => writeIdentity(db, { journal: name, id: name }));
};

/** Opens a journal to write to, and makes it when there is none. The lock must be held. @returns the connection and where it ends */
export const openForWriting = (options: OpenFile): { readonly db: Sql; readonly head: JournalHead } => {
  const { file, id, power } = options;
  const db = openToWrite(file);
  try {
    if (isEmpty(db)) begin(db, options);
    checkFormat(db, file);
    migrate(db);
    const identity = readIdentity(db, file);
    if (id !== undefined && id !== identity.id) {
      throw new MikroBotError('BAD_CONFIG', `This journal is called ${identity.id}, not ${checkId(id)}.`, {
        where: file,
        hint: 'Leave the id out, or use another file.',
      });
    }
    db.pragma('journal_mode = WAL');
    db.pragma(`synchronous = ${power ? 'FULL' : 'NORMAL'}`);
    db.pragma(`wal_autocheckpoint = ${MOST_PAGES}`);
    db.pragma(`journal_size_limit = ${LOG_LIMIT}`);
    db.pragma(`cache_size = -${CACHE}`);
    return { db, head: checkEnd(db, options, identity.journal) };
  } catch (error) {
    db.close();
    throw error;
  }
};

const hasLog = (file: string): boolean => existsSync(`${file}-wal`) && statSync(`${file}-wal`).size > 0;

/** Opens a journal to read. @throws `MikroBotError` `FILE_MISSING`, `BAD_JOURNAL`, `JOURNAL_FAILED` */
export const openForReading = (file: string): Sql => {
  if (!existsSync(file)) {
    throw new MikroBotError('FILE_MISSING', 'There is no such journal.', {
      where: file,
      hint: 'Check the path.',
    });
  }
  let db: Sql | undefined;
  try {
    db = openToRead(file);
    checkFormat(db, file);
    return db;
  } catch (error) {
    db?.close();
    const code = resultCode(error);
    // In a folder where nothing may be written, SQLite cannot share a file; without a log nobody writes to it, so it need not.
    if ((code === 14 || code === 8) && !hasLog(file)) return openImmutable(file);
    throw readFailure(error, file);
  }
};
