import { existsSync, readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';

const folder = new URL('../../../../../../shared/data/', import.meta.url);

/** Whether a file of real market data lies beside the repository; says so when it does not. */
export const hasData = (name: string): boolean => {
  const there = existsSync(new URL(`${name}.csv.gz`, folder));
  if (!there) console.info(`skipped: ../shared/data/${name}.csv.gz is not there`);
  return there;
};

/** The rows of a file as numbers, without its header; empty cells are NaN. */
export const rowsOf = (name: string): readonly (readonly number[])[] =>
  gunzipSync(readFileSync(new URL(`${name}.csv.gz`, folder)))
    .toString()
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.split(',').map((cell) => (cell === '' ? Number.NaN : Number(cell))));
