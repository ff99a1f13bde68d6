import { relative } from 'node:path';

/** A path as short as it can be said from here. */
export const shortPath = (path: string): string => {
  const short = relative(process.cwd(), path);
  return short.startsWith('..') ? path : short;
};
