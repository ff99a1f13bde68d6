import { createHash, randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, renameSync, rmSync, utimesSync } from 'node:fs';
import { readdir, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';

/** A short name for contents: equal contents have equal names. */
export const contentName = (parts: readonly (string | Buffer)[]): string => {
  const hash = createHash('sha256');
  for (const part of parts) hash.update(part).update('\0');
  return hash.digest('hex').slice(0, 24);
};

/** Whether something was made before; it counts as used now. */
export const isThere = (path: string): boolean => {
  if (!existsSync(path)) return false;
  const now = new Date();
  utimesSync(path, now, now);
  return true;
};

// A folder that another process made meanwhile is as good as ours.
const takePlace = (temporary: string, path: string): void => {
  try {
    renameSync(temporary, path);
  } catch (error) {
    if (!existsSync(path)) throw error;
  }
};

/**
 * Makes a file or folder once. Several processes may make the same one at a time: each works under a name of its
 * own, and what stands there in the end is whole.
 * @param path - where it shall be
 * @param make - writes to the name that it is given
 */
export const makeOnce = async (path: string, make: (temporary: string) => Promise<void>): Promise<void> => {
  if (isThere(path)) return;
  mkdirSync(dirname(path), { recursive: true });
  const temporary = `${path}.${randomUUID().slice(0, 8)}.tmp`;
  try {
    await make(temporary);
    takePlace(temporary, path);
  } finally {
    rmSync(temporary, { recursive: true, force: true });
  }
};

const WEEK = 7 * 24 * 3_600_000;

/** Deletes what was not used for a week. */
export const forgetOld = async (folder: string, now: number): Promise<void> => {
  const names = await readdir(folder).catch(() => []);
  for (const name of names) {
    const path = join(folder, name);
    const age = await stat(path).then(
      (found) => now - found.mtimeMs,
      () => 0,
    );
    if (age > WEEK) await rm(path, { recursive: true, force: true });
  }
};
