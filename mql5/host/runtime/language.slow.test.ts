import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { buildProgram, hasCompiler, type Program, startTerminal } from '../index.js';
import { runScript } from '../run/run-script.js';

const MQL5 = join(import.meta.dirname, '..', '..');
const SCRIPTS = join(MQL5, 'Scripts', 'MikroBot_Tests');
const PROBE = join(MQL5, 'host', 'test-programs', 'LanguageProbe.mq5');

// g++ is not part of every machine: without it there is nothing to run.
describe.skipIf(!hasCompiler())('the language of the MQL5 host (needs g++)', () => {
  describe('as the reference of MQL5 and published vectors have it, under the sanitizers', () => {
    const scripts = readdirSync(SCRIPTS).filter((name) => name.startsWith('Test_Language'));
    it.each(scripts)(
      '%s passes',
      async (name) => {
        const program = await buildProgram(join(SCRIPTS, name), { sanitize: true });
        const { failed, passed, crash } = await runScript(program);
        expect({ failed, crash }).toEqual({ failed: [], crash: undefined });
        expect(passed.length).toBeGreaterThan(10);
      },
      300_000,
    );
  });

  describe('with a program that ends badly, or with two at once', () => {
    const folder = mkdtempSync(join(tmpdir(), 'mikrobot-language-'));
    const files = join(folder, 'MQL5', 'Files');
    const ticks = join(folder, 'ticks.csv');
    writeFileSync(ticks, '1704186000000,1.08500,1.08510\n');
    let program: Program;
    beforeAll(async () => {
      program = await buildProgram(PROBE);
    }, 300_000);
    afterAll(() => rmSync(folder, { recursive: true, force: true }));

    const start = (task: string, inputs: Readonly<Record<string, string | number | boolean>> = {}) =>
      startTerminal({ program, ticks, files, inputs: { InpTask: task, ...inputs }, more: ['--digits', '5'] });
    const run = async (task: string, inputs: Readonly<Record<string, string | number | boolean>> = {}) => {
      const terminal = await start(task, inputs);
      const { code } = await terminal.exited;
      return { code, lines: terminal.lines };
    };
    /** The line of the probe's source that holds the text. */
    const lineOf = (text: string) =>
      readFileSync(PROBE, 'utf8')
        .split('\n')
        .findIndex((line) => line.includes(text)) + 1;

    it.each([
      ['TASK_ARRAY', 'array out of range', 'numbers[3]=1'],
      ['TASK_ZERO', 'zero divide', '5/nothing'],
      ['TASK_POINTER', 'invalid pointer access', 'thing.value=1'],
    ])('stops at once in %s and names the line', async (task, error, statement) => {
      expect(await run(task)).toEqual({
        code: 70,
        lines: [`LanguageProbe\t${error} in 'LanguageProbe.mq5' (${lineOf(statement)})`],
      });
    });

    it('reads inputs of every type, enums by name or number', async () => {
      const given = {
        InpText: 'ä = €',
        InpLots: 0.25,
        InpFlag: true,
        InpTime: '2024.02.29 12:30',
        InpMagic: '-9',
      };
      const wanted = ['LanguageProbe\tä = €|0.25|true|2024.02.29 12:30|-9', 'LanguageProbe\tend'];
      expect((await run('TASK_INPUTS', given)).lines).toEqual(wanted);
      expect((await run('0', given)).lines).toEqual(wanted);
    });

    it('refuses an input that its type cannot hold', async () => {
      expect((await run('TASK_NONE')).code).toBe(64);
      expect((await run('TASK_INPUTS', { InpLots: 'many' })).code).toBe(64);
    });

    it('counts the objects that nobody deleted, after the destructors of global ones', async () => {
      const { code, lines } = await run('TASK_LEAK');
      expect({ code, last: lines.at(-1) }).toEqual({
        code: 0,
        last: 'LanguageProbe\t1 undeleted objects left',
      });
    });

    it('keeps the global variables of the terminal over a restart', async () => {
      expect((await run('TASK_GLOBAL')).lines[0]).toBe('LanguageProbe\truns 1');
      expect((await run('TASK_GLOBAL')).lines[0]).toBe('LanguageProbe\truns 2');
    });

    it('lets one program at a time write a file, and keeps what was flushed before a crash', async () => {
      const first = await start('TASK_HOLD');
      await first.waitFor('holding');
      expect((await run('TASK_HOLD')).lines[0]).toBe('LanguageProbe\trefused 5004');
      await first.kill();
      expect(readFileSync(join(files, 'held.txt'), 'latin1')).toBe('flushed\r\n');
      const second = await start('TASK_HOLD');
      expect(await second.waitFor('opened')).toContain('opened with 9 bytes');
      await second.kill();
    });
  });
});
