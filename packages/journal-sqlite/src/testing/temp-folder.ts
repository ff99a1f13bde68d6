import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';

/** A folder for the files of one test file, removed at its end. @returns a path in it that was not given before */
export const tempFolder = (): ((name: string) => string) => {
  const folder = mkdtempSync(join(tmpdir(), 'mikrobot-journal-'));
  let count = 0;
  afterAll(() => rmSync(folder, { recursive: true, force: true }));
  return (name) => join(folder, `${count++}-${name}`);
};
