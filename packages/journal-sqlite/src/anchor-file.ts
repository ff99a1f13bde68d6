import { closeSync, existsSync, fsyncSync, openSync, readFileSync, writeSync } from 'node:fs';
import { MikroBotError } from '@mikrobot/core';
import * as z from 'zod';
import type { Anchor, AnchorSink } from './anchor.js';

const anchorSchema = z.strictObject({
  journal: z.string(),
  seq: z.int().nonnegative(),
  hash: z.string(),
  at: z.number(),
  signature: z.string(),
});

/** The anchor of a line; undefined for one that was cut off when a process or the power died. */
const parse = (line: string, where: string): Anchor | undefined => {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    return undefined;
  }
  const parsed = anchorSchema.safeParse(value);
  if (parsed.success) return parsed.data;
  throw new MikroBotError('BAD_JOURNAL', 'This is no anchor.', {
    where,
    hint: 'The file of anchors was changed: use the copy that you keep elsewhere.',
    cause: parsed.error,
  });
};

/**
 * Anchors as lines of JSON in a file that is only ever added to; each is flushed to disk. Make it append-only for the bot's user
 * (`chattr +a`), or send it elsewhere.
 */
export const anchorFile = (file: string): AnchorSink & { list(): readonly Anchor[] } => ({
  put(anchor) {
    try {
      const handle = openSync(file, 'a', 0o640);
      try {
        // Ends a line that was cut off before.
        writeSync(handle, `\n${JSON.stringify(anchor)}\n`);
        fsyncSync(handle);
      } finally {
        closeSync(handle);
      }
    } catch (cause) {
      throw new MikroBotError('JOURNAL_FAILED', 'An anchor cannot be written.', {
        where: file,
        hint: 'Check that the folder exists, has space and may be written.',
        cause,
      });
    }
  },
  /** @throws `MikroBotError` `BAD_JOURNAL` for a line that is no anchor. */
  list() {
    if (!existsSync(file)) return [];
    return readFileSync(file, 'utf8')
      .split('\n')
      .map((line, i) => parse(line, `${file}, line ${i + 1}`))
      .filter((anchor) => anchor !== undefined);
  },
});
