import { resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import Database from 'libsql';

/** A connection to a file. */
export type Sql = InstanceType<typeof Database>;

/** How long a write waits for another program that holds the file, ms. */
const PATIENCE = 250;

const connect = (file: string, mode: string): Sql => {
  const db = new Database(`${pathToFileURL(resolve(file)).href}?${mode}`, { timeout: PATIENCE });
  // Rows that do not fit their cells are errors, not garbage.
  db.pragma('cell_size_check = ON');
  return db;
};

/** Opens a file for writing, and makes it when there is none. */
export const openToWrite = (file: string): Sql => connect(file, 'mode=rwc');

/** Opens a file that exists, for reading only: SQLite itself refuses every write. */
export const openToRead = (file: string): Sql => connect(file, 'mode=ro');

/** A database in memory, for comparisons. */
export const openInMemory = (): Sql => new Database(':memory:');

/** Opens a file that nobody changes, on a disk where nothing may be written. */
export const openImmutable = (file: string): Sql => connect(file, 'mode=ro&immutable=1');
