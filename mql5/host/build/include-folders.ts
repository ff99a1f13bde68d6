import { existsSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { MQL5_FOLDER } from './flags.js';

/** Folders that `#include <…>` means: those given, the program's own MQL5/Include, and ours. */
export const includeFolders = (program: string, given: readonly string[]): string[] => {
  const folders = given.map((folder) => resolve(folder));
  for (let folder = dirname(resolve(program)); folder !== dirname(folder); folder = dirname(folder)) {
    const own = join(folder, 'Include');
    if (existsSync(own)) {
      folders.push(own);
      break;
    }
  }
  const ours = join(MQL5_FOLDER, 'Include');
  return folders.includes(ours) ? folders : [...folders, ours];
};
