import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Where `npm run ib-async` installs ib_async. */
const installed = join(import.meta.dirname, '../../../../../../node_modules/.cache/ib-async/bin/python');

/** An interpreter of Python that has ib_async: that of IB_ASYNC_PYTHON, or the installed one; undefined where there is none. */
export const python: string | undefined = [process.env.IB_ASYNC_PYTHON, installed].find(
  (path) => path !== undefined && path !== '' && existsSync(path),
);

/** Whole runs may last so long, ms. */
const LIMIT = 20_000;

/**
 * What ib_async sees of a TWS.
 * @param task - see the script
 */
export const seenByIbAsync = async (
  interpreter: string,
  port: number,
  task: 'look' | 'trade' | 'taken',
): Promise<unknown> => {
  const script = join(import.meta.dirname, 'ib_async_client.py');
  const { stdout } = await run(interpreter, [script, String(port), task], {
    timeout: LIMIT,
    killSignal: 'SIGKILL',
  });
  return JSON.parse(stdout.trim().split('\n').at(-1) ?? '');
};
