import { readFileSync, writeFileSync } from 'node:fs';

/**
 * Changes a text wherever it stands in a file, as somebody with an editor might. SQLite leaves stale copies of rows in a file, so
 * one place would not do.
 */
export const tamper = (file: string, text: string, instead: string): void => {
  const bytes = readFileSync(file);
  let at = bytes.indexOf(text);
  if (at < 0 || text.length !== instead.length) throw new Error(`${file}: cannot change ${text}`);
  for (; at >= 0; at = bytes.indexOf(text, at + 1)) bytes.write(instead, at);
  writeFileSync(file, bytes);
};
