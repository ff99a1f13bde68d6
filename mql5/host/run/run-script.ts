import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Program } from '../build/build-program.js';
import { type ScriptResult, scriptResult } from './script-result.js';
import { startTerminal } from './start-terminal.js';

/** A script that ran to its end, or to its crash. */
export interface ScriptRun extends ScriptResult {
  /** Why it counts as failed beside its own FAIL lines; undefined when it ended in order. */
  readonly crash: string | undefined;
}

/** Runs a test script without a trade server, on one tick. */
export const runScript = async (program: Program): Promise<ScriptRun> => {
  const folder = mkdtempSync(join(tmpdir(), 'mikrobot-mql5-script-'));
  const ticks = join(folder, 'ticks.csv');
  writeFileSync(ticks, '1704186000000,1.08500,1.08510\n');
  const terminal = await startTerminal({
    program,
    ticks,
    files: join(folder, 'MQL5', 'Files'),
    common: join(folder, 'Common', 'Files'),
    more: ['--digits', '5'],
  });
  const { code, signal } = await terminal.exited;
  rmSync(folder, { recursive: true, force: true });
  const result = scriptResult(terminal.lines);
  const last = [...terminal.lines, ...terminal.notes].slice(-25).join('\n');
  const silent = code === 0 && result.passed.length + result.failed.length === 0;
  const crash = silent
    ? `it reported nothing:\n${last}`
    : code === 0
      ? undefined
      : `ended with ${signal ?? code}:\n${last}`;
  return { ...result, crash };
};
