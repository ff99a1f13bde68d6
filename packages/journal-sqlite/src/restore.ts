import { existsSync, linkSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { type JournalHead, MikroBotError } from '@mikrobot/core';
import { copyTo, flush, verifiedHead } from './backup.js';
import { openToWrite } from './database.js';
import { readFailure, writeFailure } from './failures.js';
import { checkId, readIdentity, writeIdentity } from './identity.js';
import { newId } from './new-id.js';
import { openForReading } from './open-file.js';
import { realFile } from './real-file.js';
import { type VerifyOptions, verifyFile } from './verify.js';
import { WriterLock } from './writer-lock.js';

/** What to restore, and where. Anchors that are younger than the backup say nothing about it. */
export interface RestoreOptions extends VerifyOptions {
  /** A backup, or another journal. */
  readonly from: string;
  /** The bot's journal. */
  readonly to: string;
  /** Needed when there is one: it is kept as `<to>.before-restore`. */
  readonly replace?: boolean | undefined;
  /**
   * The id of the restored journal; default: drawn by chance. Never one that this bot had: what it did after the backup used up
   * client order ids that the restored journal knows nothing of.
   */
  readonly id?: string | undefined;
}

/** What was restored. */
export interface RestoreReport {
  readonly file: string;
  readonly id: string;
  readonly head: JournalHead;
  /** Where the journal that was replaced is now. */
  readonly previous: string | undefined;
}

/** Copies the backup beside its place, checks all of it, and gives it its new name. */
const prepare = ({ from, to, id, anchors = [], publicKey }: RestoreOptions, copy: string): RestoreReport => {
  const source = openForReading(from);
  let journal: string;
  try {
    const identity = readIdentity(source, from);
    journal = identity.journal;
    if (id !== undefined && checkId(id) === identity.id) {
      throw new MikroBotError('BAD_CONFIG', `The restored journal cannot be called ${id} again.`, {
        where: 'restore, id',
        hint: 'Client order ids of what happened after the backup would be used twice. Leave the id out.',
      });
    }
    const claim = { file: from, journal, note: () => undefined };
    const { head } = verifyFile(source, claim, {});
    const older = anchors.filter(({ seq }) => seq <= head.seq);
    const { problem } = verifyFile(source, claim, { anchors: older, publicKey });
    if (problem !== undefined) {
      throw new MikroBotError('BAD_JOURNAL', `The backup is not good: ${problem.detail}.`, {
        where: `${from}, entry ${problem.seq}`,
        hint: 'Nothing was replaced. Use another backup.',
      });
    }
    copyTo(source, copy);
  } finally {
    source.close();
  }
  const name = id ?? newId();
  const db = openToWrite(copy);
  try {
    writeIdentity(db, { journal, id: name });
  } finally {
    db.close();
  }
  const head = verifiedHead(copy);
  flush(copy);
  return { file: to, id: name, head, previous: undefined };
};

/** Puts the copy in its place; whenever this is interrupted, what is there is the old journal, or the new, or is refused. */
const exchange = (copy: string, to: string): string | undefined => {
  const previous = existsSync(to) ? `${to}.before-restore` : undefined;
  if (previous !== undefined) {
    for (const part of ['', '-wal', '-head']) rmSync(previous + part, { force: true });
    linkSync(to, previous);
    // The log of the old file must never be applied to the new one.
    if (existsSync(`${to}-wal`)) renameSync(`${to}-wal`, `${previous}-wal`);
  }
  renameSync(copy, to);
  for (const part of ['-wal', '-shm']) rmSync(to + part, { force: true });
  if (existsSync(`${to}-head`))
    renameSync(`${to}-head`, `${previous ?? to}-head${previous === undefined ? '.old' : ''}`);
  flush(dirname(to));
  return previous;
};

/**
 * Restores a journal from a backup. The backup is verified first, its chain from the first entry to the last; then the copy of it;
 * only then is anything replaced. The restored journal goes on under another id.
 * @throws `MikroBotError` `BAD_JOURNAL` when the backup is not good, `JOURNAL_LOCKED` while a bot runs on the journal,
 * `BAD_CONFIG` when there is a journal and `replace` was not said, `FILE_MISSING`, `JOURNAL_FAILED`.
 */
export const restoreBackup = (options: RestoreOptions): RestoreReport => {
  const { from, replace = false } = options;
  const to = realFile(options.to);
  if (existsSync(to) && !replace) {
    throw new MikroBotError('BAD_CONFIG', 'There is a journal already.', {
      where: to,
      hint: 'Say that it is to be replaced; it is kept as a file beside it.',
    });
  }
  const lock = new WriterLock(to);
  try {
    const copy = `${to}.restoring`;
    const report = prepare({ ...options, to }, copy);
    return { ...report, previous: exchange(copy, to) };
  } catch (error) {
    const failure = readFailure(error, from);
    throw failure.code === 'BAD_JOURNAL' ? failure : writeFailure(error, to);
  } finally {
    lock.release();
  }
};
