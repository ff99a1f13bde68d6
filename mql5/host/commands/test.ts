import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { BuildError } from '../build/build-error.js';
import { buildProgram } from '../build/build-program.js';
import { addCoverage, type Coverage, coverageRows } from '../build/coverage.js';
import { MQL5_FOLDER } from '../build/flags.js';
import { runScript, type ScriptRun } from '../run/run-script.js';
import { shortPath } from './paths.js';

const SCRIPTS = join(MQL5_FOLDER, 'Scripts', 'MikroBot_Tests');

/** The tests that are written in MQL5. */
export const testScripts = (): string[] =>
  readdirSync(SCRIPTS)
    .filter((name) => name.endsWith('.mq5'))
    .toSorted()
    .map((name) => join(SCRIPTS, name));

interface TestOptions {
  readonly sanitize: boolean;
  readonly coverage: Coverage | undefined;
}

/** Builds and runs one test script; a program that does not compile counts as a crash. */
export const runTestScript = async (
  file: string,
  { sanitize, coverage }: TestOptions,
): Promise<ScriptRun> => {
  try {
    const program = await buildProgram(file, { sanitize, coverage: coverage !== undefined });
    if (coverage)
      for (const name of readdirSync(program.folder))
        if (name.endsWith('.gcda')) rmSync(join(program.folder, name));
    const result = await runScript(program);
    if (coverage) await addCoverage(program, coverage);
    return result;
  } catch (error) {
    if (!(error instanceof BuildError)) throw error;
    return { passed: [], failed: [], crash: error.message };
  }
};

const print = (text: string) => process.stdout.write(`${text}\n`);

/** `test [FILE.mq5…]` */
export const testCommand = async (parameters: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: { sanitize: { type: 'boolean', default: false }, coverage: { type: 'boolean', default: false } },
  });
  const files = positionals.length > 0 ? positionals : testScripts();
  const coverage: Coverage | undefined = values.coverage ? new Map() : undefined;
  let bad = 0;
  for (const file of files) {
    const { passed, failed, crash } = await runTestScript(file, { sanitize: values.sanitize, coverage });
    const fine = failed.length === 0 && crash === undefined;
    print(
      `${fine ? 'ok  ' : 'FAIL'}  ${String(passed.length).padStart(4)} passed  ${String(failed.length).padStart(3)} failed  ${shortPath(file)}`,
    );
    for (const line of failed) print(`        FAIL ${line}`);
    if (crash !== undefined) print(`        ${crash.replaceAll('\n', '\n        ')}`);
    if (!fine) bad++;
  }
  if (coverage) {
    print('\n  lines  file, and the lines that never ran');
    for (const { file, percent, missing } of coverageRows(coverage))
      print(`${percent.toFixed(1).padStart(6)} %  ${shortPath(file)}  ${missing}`);
  }
  print(bad === 0 ? `${files.length} scripts passed` : `${bad} of ${files.length} scripts failed`);
  return bad === 0 ? 0 : 1;
};
