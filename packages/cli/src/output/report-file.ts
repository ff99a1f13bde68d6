import { constants } from 'node:fs';
import { access, writeFile } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { type BacktestResult, type HtmlOptions, toHtml } from '@mikrobot/backtest';

/**
 * Rejects when a report could not be written to `path`: told before the run, not after it.
 * @throws the system's error
 */
export const checkReport = (path: string): Promise<void> => access(dirname(resolve(path)), constants.W_OK);

/** Writes a result as a page of HTML. */
export const writeReport = (path: string, result: BacktestResult, options: HtmlOptions): Promise<void> =>
  writeFile(path, toHtml(result, options), 'utf8');
