import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { onTestFinished } from 'vitest';

/** Writes a file into a folder of its own that goes when the test is over, and gives its path. */
export const tempFile = (name: string, content: string | Uint8Array): string => {
  const folder = mkdtempSync(join(tmpdir(), 'mikrobot-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const path = join(folder, name);
  writeFileSync(path, content);
  return path;
};

/** As {@link tempFile}, packed by gzip whatever the name says. */
export const tempGzip = (name: string, content: string): string => tempFile(name, gzipSync(content));
