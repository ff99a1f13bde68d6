import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { type ErrorCode, MikroBotError } from '@mikrobot/core';

/** SQLite's primary result codes that we have words for. */
const BUSY = 5;
const LOCKED = 6;
const READONLY = 8;
const IOERR = 10;
const CORRUPT = 11;
const FULL = 13;
const CANTOPEN = 14;
const CONSTRAINT = 19;
const NOTADB = 26;

const words: ReadonlyMap<number, readonly [what: string, hint: string]> = new Map([
  [BUSY, ['Another program holds the file.', 'Close the database tool that has it open for writing.']],
  [LOCKED, ['Another program holds the file.', 'Close the database tool that has it open for writing.']],
  [
    READONLY,
    ['The file or its folder is read-only.', 'Give the user that runs the bot the right to write there.'],
  ],
  [
    IOERR,
    [
      'The disk reports an error.',
      'Check the disk; then verify the journal, and restore a backup if it fails.',
    ],
  ],
  [CORRUPT, ['The file is damaged.', 'Verify it to see up to where it is good, and restore a backup.']],
  [
    FULL,
    ['The disk is full.', 'Free space, or export old segments; what waits is written with the next commit.'],
  ],
  [
    CANTOPEN,
    ['The file cannot be opened.', 'Check that its folder exists, and who may read and write there.'],
  ],
  [
    CONSTRAINT,
    [
      'Something else wrote into the file.',
      'Only one bot may write to a journal: find the other writer, then verify.',
    ],
  ],
  [NOTADB, ['The file is no journal, or its beginning is damaged.', 'Check the path, or restore a backup.']],
]);

/** What the operating system says, in SQLite's words. */
const systemCodes: ReadonlyMap<unknown, number> = new Map([
  ['EACCES', READONLY],
  ['EDQUOT', FULL],
  ['EIO', IOERR],
  ['EISDIR', CANTOPEN],
  ['ENOENT', CANTOPEN],
  ['ENOSPC', FULL],
  ['ENOTDIR', CANTOPEN],
  ['EPERM', READONLY],
  ['EROFS', READONLY],
]);

/** SQLite's primary result code of an error; undefined for an error of something else. */
export const resultCode = (error: unknown): number | undefined => {
  const { rawCode, code, message } = error as { rawCode?: unknown; code?: unknown; message?: unknown };
  if (typeof rawCode === 'number') return rawCode & 0xff;
  if (systemCodes.has(code)) return systemCodes.get(code);
  // What the driver throws when it cannot connect has the number in its text only.
  const found = /^ConnectionFailed\(.*: (\d+)"\)$/.exec(String(message));
  return found === null ? undefined : Number(found[1]) & 0xff;
};

/** Somebody else holds the file. */
export const isBusy = (error: unknown): boolean => resultCode(error) === BUSY;

/** Nothing that follows can be trusted: what the disk did not take may look written. */
export const isFatal = (error: unknown): boolean => {
  const code = resultCode(error);
  return code !== BUSY && code !== LOCKED && code !== FULL && code !== READONLY;
};

const isFolder = (path: string): boolean => statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;

/** SQLite only says that it could not open the file: the commonest reasons are a mistyped path and a folder that nobody made. */
const whyUnopened = (file: string): readonly [what: string, hint: string] | undefined => {
  try {
    if (isFolder(file)) return ['It is a folder, not a file.', 'Name a file in it.'];
    if (!isFolder(dirname(file)))
      return [`There is no folder ${dirname(file)}.`, 'Check the path, or make the folder first.'];
  } catch {
    // A folder that may not be looked into: then the general words are right.
  }
  return undefined;
};

const said = (code: ErrorCode, error: unknown, where: string): MikroBotError => {
  if (error instanceof MikroBotError) return error;
  const result = resultCode(error);
  const exactly = result === CANTOPEN ? whyUnopened(where) : undefined;
  const [what, hint] = exactly ??
    words.get(result ?? 0) ?? [String((error as { message?: unknown }).message ?? error), undefined];
  return new MikroBotError(code, what, { where, hint, cause: error });
};

/** What went wrong while writing, or opening to write. */
export const writeFailure = (error: unknown, where: string): MikroBotError =>
  said(resultCode(error) === NOTADB ? 'BAD_JOURNAL' : 'JOURNAL_FAILED', error, where);

/** What went wrong while reading: a damaged file is a bad journal, everything else a failure. */
export const readFailure = (error: unknown, where: string): MikroBotError => {
  const code = resultCode(error);
  const bad = code === CORRUPT || code === NOTADB;
  return said(bad ? 'BAD_JOURNAL' : 'JOURNAL_FAILED', error, where);
};
