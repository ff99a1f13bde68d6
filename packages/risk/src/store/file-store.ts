import {
  closeSync,
  fsyncSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, resolve } from 'node:path';
import { MikroBotError } from '@mikrobot/core';
import { fromStoredText, type LocalStore, toStoredText } from './stored-text.js';

const codeOf = (error: unknown): unknown => (error as { readonly code?: unknown } | null)?.code;

/** What systems answer that cannot open or flush a folder: there a rename is as durable as it gets. */
const noFolderSync: ReadonlySet<unknown> = new Set([
  'EACCES',
  'EBADF',
  'EINVAL',
  'EISDIR',
  'ENOTSUP',
  'EPERM',
]);

/** Without this a power cut could bring the old file back after the rename. */
const syncFolder = (folder: string): void => {
  let handle: number | undefined;
  try {
    handle = openSync(folder, 'r');
    fsyncSync(handle);
  } catch (error) {
    if (!noFolderSync.has(codeOf(error))) throw error;
  } finally {
    if (handle !== undefined) closeSync(handle);
  }
};

/** `wx` follows no link that somebody may have laid there. */
const writeDurably = (file: string, text: string): void => {
  const handle = openSync(file, 'wx', 0o600);
  try {
    writeFileSync(handle, text, 'utf8');
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
};

const checkFolder = (file: string): void => {
  const folder = dirname(file);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() === true) return;
  throw new MikroBotError('BAD_STORE', 'The folder for what policies remember does not exist.', {
    where: file,
    hint: `Create ${folder}.`,
  });
};

const read = (file: string): string | undefined => {
  try {
    return readFileSync(file, 'utf8');
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return undefined;
    throw new MikroBotError('BAD_STORE', 'What policies remember cannot be read.', {
      where: file,
      hint: 'See that it is a file, and that the user of this process may read it.',
      cause,
    });
  }
};

/**
 * Keeps what policies remember in one file, which only its owner may read. A save replaces it whole: it is written beside the
 * file, flushed and renamed, so that whatever happens the file holds the state before or after. One process a file.
 * @param path - the file; its folder must exist. `<path>.tmp` beside it is used while saving.
 *
 * Loading throws `MikroBotError` `BAD_STORE` when the file is torn, was changed by hand, is of an unknown version or cannot be
 * read: a memory that might hold a latched kill switch is never taken for empty. Saving throws `BAD_STORE` when the state is not
 * durable on the disk.
 *
 * @example
 * ```ts
 * const bot = createBot({ store: fileStore('state/policies.json'), … });
 * ```
 */
export const fileStore = (path: string): LocalStore => {
  // A process that changes its folder later still means the same file.
  const file = resolve(path);
  const beside = `${file}.tmp`;
  return {
    load() {
      checkFolder(file);
      // What a process left that died while saving; its save never returned.
      rmSync(beside, { force: true });
      const text = read(file);
      return text === undefined ? undefined : fromStoredText(text, file);
    },
    save(policies) {
      try {
        const text = toStoredText(policies);
        rmSync(beside, { force: true });
        writeDurably(beside, text);
        renameSync(beside, file);
        syncFolder(dirname(file));
      } catch (cause) {
        throw new MikroBotError('BAD_STORE', `What policies remember could not be saved: ${String(cause)}.`, {
          where: file,
          hint: 'See that the disk has room, and that its folder exists and may be written to.',
          cause,
        });
      }
    },
  };
};
