import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { hasCompiler } from './build/compiler.js';
import { addCoverage, type Coverage } from './build/coverage.js';
import { runTestScript, testScripts } from './commands/test.js';
import { runScript } from './run/run-script.js';
import { withProgram } from './testing/programs.js';

const scripts = testScripts().map((file) => [file.split('/').at(-1)!, file] as const);

describe.skipIf(!hasCompiler())('tests written in MQL5', () => {
  it('are there', () => {
    expect(scripts.length).toBeGreaterThan(5);
  });

  it.each(scripts)('%s passes', async (_, file) => {
    const { passed, failed, crash } = await runTestScript(file, { sanitize: false, coverage: undefined });
    expect([failed, crash]).toEqual([[], undefined]);
    expect(passed.length).toBeGreaterThan(0);
  });

  it.each(scripts)('%s passes under the sanitizers', async (_, file) => {
    const { failed, crash } = await runTestScript(file, { sanitize: true, coverage: undefined });
    expect([failed, crash]).toEqual([[], undefined]);
  });
});

describe.skipIf(!hasCompiler())('the host', () => {
  const adds = {
    'Main.mq5':
      '#include <MikroBot/Test.mqh>\nint Add(int a,int b)\n  {\n   if(a<0)\n      return(-1);\n   return(a+b);\n  }\n' +
      'void OnStart()\n  {\n   TestEqualLong("adds",Add(1,2),3);\n   TestEqualLong("fails",Add(1,2),4);\n  }\n',
  };

  it('tells a check that fails, and why', async () => {
    const run = await withProgram(adds, {}, runScript);
    expect(run).toEqual({ passed: ['adds'], failed: ['fails: got 3, expected 4'], crash: undefined });
  });

  it('says that a script which reports nothing did not pass', async () => {
    const run = await withProgram(
      { 'Main.mq5': 'void OnStart()\n  {\n   Print("hello");\n  }\n' },
      {},
      runScript,
    );
    expect(run.crash).toContain('it reported nothing');
  });

  it('counts the lines that ran', async () => {
    const coverage: Coverage = new Map();
    await withProgram(adds, { coverage: true }, async (program) => {
      await runScript(program);
      await addCoverage(program, coverage);
    });
    const [, lines] = [...coverage].find(([file]) => file.endsWith('Main.mq5'))!;
    expect([lines.get(4), lines.get(5), lines.get(6)]).toEqual([2, 0, 2]);
  });

  it('takes a program that was built before, and builds a changed one anew', async () => {
    const build = (text: string) => withProgram({ 'Main.mq5': text }, {}, async (program) => program.binary);
    const names = await Promise.all([
      build('void OnStart() { Print(1); }'),
      build('void OnStart() { Print(2); }'),
    ]);
    expect(names[0]).not.toBe(names[1]);
    expect(readFileSync(names[0]!).equals(readFileSync(names[1]!))).toBe(false);
  });
});
