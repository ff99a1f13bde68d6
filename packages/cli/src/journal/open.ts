import { type JournalReader, readJournal } from '@mikrobot/journal-sqlite';
import { checkExists } from '../data-options.js';

/**
 * Reads a journal and closes it whatever happens.
 * @throws `MikroBotError` `FILE_MISSING`, `BAD_JOURNAL` or `JOURNAL_FAILED`
 */
export const withReader = async <T>(
  file: string,
  work: (reader: JournalReader) => T | Promise<T>,
): Promise<T> => {
  checkExists(file);
  const reader = readJournal(file);
  try {
    return await work(reader);
  } finally {
    reader.close();
  }
};
