import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

// A terminal runs on Windows, where names of files ignore case.
const findIgnoringCase = (path: string): string | undefined => {
  if (existsSync(path)) return statSync(path).isFile() ? path : undefined;
  let found = '/';
  for (const part of resolve(path).split('/').slice(1)) {
    let entries: string[];
    try {
      entries = readdirSync(found);
    } catch {
      return undefined;
    }
    const entry = entries.includes(part)
      ? part
      : entries.find((name) => name.toLowerCase() === part.toLowerCase());
    if (entry === undefined) return undefined;
    found = join(found, entry);
  }
  return statSync(found).isFile() ? found : undefined;
};

/**
 * The file that an #include means, or undefined.
 * @param written - with its brackets or quotes: `<Trade\Trade.mqh>` is sought in the Include folders,
 *   `"Line.mqh"` beside the file that includes it
 * @param from - path of the file that includes
 * @param folders - Include folders, tried in this order
 */
export const includedFile = (
  written: string,
  from: string,
  folders: readonly string[],
): string | undefined => {
  const name = written.slice(1, -1).trim().replaceAll('\\', '/');
  const places = written.startsWith('"') ? [dirname(from)] : folders;
  for (const place of places) {
    const found = findIgnoringCase(join(place, name));
    if (found !== undefined) return found;
  }
  return undefined;
};
