import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The path of a file of real market data beside the repository; undefined, and a reason is printed, where it is not there. */
export const realData = (name: string): string | undefined => {
  const path = fileURLToPath(new URL(`../../../../../shared/data/${name}`, import.meta.url));
  if (existsSync(path)) return path;
  console.warn(`skipped: ${name} is not in ../shared/data`);
  return undefined;
};
