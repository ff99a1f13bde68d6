import { createHash } from 'node:crypto';
import { closeSync, existsSync, fsyncSync, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type JournalHead, MikroBotError } from '@mikrobot/core';
import { openToRead, type Sql } from './database.js';
import { readFailure, writeFailure } from './failures.js';
import { readIdentity } from './identity.js';
import { verifyFile } from './verify.js';

/** A backup that was written and verified. */
export interface BackupReport {
  readonly file: string;
  /** Where the copy ends. */
  readonly head: JournalHead;
  readonly bytes: number;
  /** SHA-256 of the file, hex: `sha256sum` gives the same. */
  readonly sha256: string;
}

/** Flushes a file, or a folder's list of names, to disk. */
export const flush = (path: string): void => {
  const handle = openSync(path, 'r');
  try {
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

/** SHA-256 of a file, hex, in little memory. */
const sumOfFile = (file: string): string => {
  const sum = createHash('sha256');
  const buffer = Buffer.alloc(1 << 16);
  const handle = openSync(file, 'r');
  try {
    for (let n = readSync(handle, buffer); n > 0; n = readSync(handle, buffer))
      sum.update(buffer.subarray(0, n));
  } finally {
    closeSync(handle);
  }
  return sum.digest('hex');
};

/** The head of a file that nobody writes to, once all of it was checked. @throws `MikroBotError` `BAD_JOURNAL` */
export const verifiedHead = (file: string): JournalHead => {
  const db = openToRead(file);
  try {
    const { journal } = readIdentity(db, file);
    const { problem, head } = verifyFile(db, { file, journal, note: () => undefined }, {});
    if (problem === undefined) return head;
    throw new MikroBotError('BAD_JOURNAL', `${problem.detail}.`, { where: `${file}, entry ${problem.seq}` });
  } finally {
    db.close();
  }
};

/** Copies a database to a new file, as of one moment, without the space that is free in it. */
export const copyTo = (db: Sql, to: string): void => {
  rmSync(to, { force: true });
  try {
    db.prepare('VACUUM INTO ?').run([to]);
    // SQLite leaves that to us.
    flush(to);
  } catch (error) {
    rmSync(to, { force: true });
    throw error;
  }
};

/** See `JournalReader.backup`. */
export const backupTo = (db: Sql, file: string, to: string): BackupReport => {
  if (existsSync(to)) {
    throw new MikroBotError('BAD_CONFIG', 'This file exists already.', {
      where: to,
      hint: 'Give each backup a name of its own; an old one is never overwritten.',
    });
  }
  const partial = `${to}.partial`;
  try {
    copyTo(db, partial);
  } catch (error) {
    const failure = readFailure(error, file);
    throw failure.code === 'BAD_JOURNAL' ? failure : writeFailure(error, to);
  }
  const head = verifiedHead(partial);
  renameSync(partial, to);
  flush(dirname(to));
  return { file: to, head, bytes: statSync(to).size, sha256: sumOfFile(to) };
};
