import {
  closeSync,
  existsSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { join } from 'node:path';
import { MikroBotError } from '@mikrobot/core';
import { flush } from './backup.js';
import type { SegmentStore } from './segment.js';

/** A store that answers at once. */
export interface SegmentFolder extends SegmentStore {
  put(name: string, bytes: Uint8Array): void;
  get(name: string): Uint8Array | undefined;
  list(): readonly string[];
}

/** Keeps segments in a folder, made read-only, each written whole or not at all. */
export const segmentFolder = (folder: string): SegmentFolder => ({
  /** @throws `MikroBotError` `JOURNAL_FAILED` when it cannot be written, or there is one of that name. */
  put(name, bytes) {
    const partial = join(folder, `${name}.partial`);
    try {
      mkdirSync(folder, { recursive: true });
      rmSync(partial, { force: true });
      const handle = openSync(partial, 'wx', 0o440);
      try {
        writeSync(handle, bytes);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
      // Unlike a rename, a link does not replace what is there.
      linkSync(partial, join(folder, name));
      rmSync(partial);
      flush(folder);
    } catch (cause) {
      throw new MikroBotError('JOURNAL_FAILED', 'The segment cannot be written.', {
        where: join(folder, name),
        hint: 'Check the folder, its rights and its space; a file that is there is never replaced.',
        cause,
      });
    }
  },
  get: (name) => (existsSync(join(folder, name)) ? readFileSync(join(folder, name)) : undefined),
  list: () => (existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.jsonl.gz')) : []),
});
