import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { csv } from '@mikrobot/backtest';
import { failureOf } from '../failures.js';
import { minute } from '../output/format.js';
import { type Check, fail, ok } from './check.js';

const NAME = 'reports';

/** Whether a report can be written into a folder. */
export const checkWritable = (folder: string): Check => {
  try {
    const probe = mkdtempSync(join(folder, '.mikrobot-'));
    try {
      writeFileSync(join(probe, 'probe'), 'x');
    } finally {
      rmSync(probe, { recursive: true, force: true });
    }
    return ok(NAME, `can be written to ${folder}`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    return fail(
      NAME,
      `cannot be written to ${folder} (${code})`,
      'Go to a folder of your own, or use --report.',
    );
  }
};

/** Whether a data file can be opened and its layout is known. */
export const checkData = async (path: string): Promise<Check> => {
  const name = 'data';
  try {
    const feed = csv(path);
    for await (const batch of feed.batches()) if (batch.length > 0) break;
    const [file] = feed.report().files;
    const { symbol, layout, timeframe, from } = file ?? {};
    const what = timeframe === undefined ? `${layout}` : `${layout} of ${timeframe}`;
    return ok(name, `${path}: ${symbol}, ${what}, from ${from === undefined ? '?' : minute(from)} UTC`);
  } catch (error) {
    return fail(
      name,
      failureOf(error).line.replace('error: ', ''),
      'Check the path and the layout of the file.',
    );
  }
};
