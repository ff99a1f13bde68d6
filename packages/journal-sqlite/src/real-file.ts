import { lstatSync, realpathSync } from 'node:fs';
import { MikroBotError } from '@mikrobot/core';
import { readFailure } from './failures.js';

/**
 * The file that a path means. Its lock, log and note have its name, so two names for one journal would be two locks.
 * @throws `MikroBotError` `BAD_CONFIG` for an empty path, `JOURNAL_FAILED` for a link that leads nowhere.
 */
export const realFile = (path: string): string => {
  if (path === '')
    throw new MikroBotError('BAD_CONFIG', 'A journal needs a file.', { where: 'journal, file' });
  try {
    return lstatSync(path, { throwIfNoEntry: false })?.isSymbolicLink() ? realpathSync(path) : path;
  } catch (error) {
    throw readFailure(error, path);
  }
};
