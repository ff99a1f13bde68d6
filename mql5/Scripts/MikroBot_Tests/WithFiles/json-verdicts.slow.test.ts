import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildProgram, hasCompiler, startTerminal } from '../../../host/index.js';

const fixtures = join(import.meta.dirname, '../../../../packages/adapter-mt5/src/protocol/fixtures');
const fixture = (name: string) => JSON.parse(readFileSync(join(fixtures, name), 'utf8'));

/** Runs the script on texts, or on the file of macs. @returns its answers */
const answers = async (files: Readonly<Record<string, string | Buffer>>): Promise<string[]> => {
  const program = await buildProgram(join(import.meta.dirname, 'JsonVerdicts.mq5'));
  const folder = mkdtempSync(join(tmpdir(), 'mikrobot-verdicts-'));
  const ticks = join(folder, 'ticks.csv');
  writeFileSync(ticks, '1704186000000,1.08500,1.08510\n');
  mkdirSync(join(folder, 'files'));
  for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, 'files', name), text);
  const terminal = await startTerminal({ program, ticks, files: join(folder, 'files'), common: folder });
  expect(await terminal.exited, terminal.notes.join('\n')).toMatchObject({ code: 0 });
  const lines = readFileSync(join(folder, 'files', 'verdicts.txt'), 'latin1').split(/\r?\n/);
  rmSync(folder, { recursive: true, force: true });
  return lines.slice(0, -1);
};

const verdicts = (texts: readonly Buffer[]): Promise<string[]> =>
  answers({ 'texts.txt': texts.map((text) => `${text.toString('hex')}\n`).join('') });

const deepest = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(deepest)) : 0;

const everyText = (value: unknown): string =>
  typeof value === 'string'
    ? value
    : typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([key, inner]) => key + everyText(inner))
          .join('')
      : '';

interface Expected {
  readonly value: unknown;
  /** The reader may refuse numbers of more than 64 characters, and powers of ten that no double has. */
  readonly mayRefuse: boolean;
}

/** Half of a pair: no UTF-8 has it. */
const LONE_SURROGATE = /\p{Surrogate}/u;

/** What JSON.parse makes of bytes; undefined for what is no JSON, or is more than the bridge's reader takes. */
const expected = (bytes: Buffer): Expected | undefined => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    const value: unknown = JSON.parse(text);
    const all = everyText(value);
    const mayRefuse = /[\d.]{60,}|[eE][+-]?\d{3,}/.test(text);
    return deepest(value) > 32 || all.includes('\0') || LONE_SURROGATE.test(all)
      ? undefined
      : { value, mayRefuse };
  } catch {
    return undefined;
  }
};

const alike = (actual: unknown, wanted: unknown): boolean => {
  if (typeof actual === 'number' && typeof wanted === 'number')
    return Math.abs(actual - wanted) <= Math.abs(wanted) * 1e-14 + 1e-300;
  if (typeof actual !== 'object' || typeof wanted !== 'object' || !actual || !wanted)
    return actual === wanted;
  const [keys, others] = [Object.keys(actual), Object.keys(wanted)];
  return (
    Array.isArray(actual) === Array.isArray(wanted) &&
    keys.length === others.length &&
    keys.every((key) => alike(Reflect.get(actual, key), Reflect.get(wanted, key)))
  );
};

/** Texts on which the reader and JSON.parse differ. */
const differences = (texts: readonly Buffer[], said: readonly string[]): string[] =>
  texts.flatMap((bytes, i) => {
    const verdict = said[i] ?? '';
    const wanted = expected(bytes);
    const taken = verdict.startsWith('ok ');
    const same = taken
      ? wanted !== undefined && alike(JSON.parse(verdict.slice(3)), wanted.value)
      : (wanted?.mayRefuse ?? true);
    return same ? [] : [`${bytes.toString('latin1').slice(0, 200)} -> ${verdict.slice(0, 200)}`];
  });

describe.skipIf(!hasCompiler())('the JSON reader in MQL5', () => {
  it('takes what JSON.parse takes, with the same values, and refuses the rest', async () => {
    const pretty = fc.integer({ min: 0, max: 2 });
    const good = fc
      .tuple(fc.jsonValue({ maxDepth: 6 }), pretty)
      .map(([value, spaces]) => Buffer.from(JSON.stringify(value, undefined, spaces)));
    const damaged = fc
      .tuple(good, fc.nat(), fc.integer({ min: 0, max: 255 }), fc.boolean())
      .map(([text, at, byte, insert]) => {
        const place = at % (text.length + 1);
        return Buffer.concat([
          text.subarray(0, place),
          Buffer.of(byte),
          text.subarray(place + (insert ? 0 : 1)),
        ]);
      });
    const tokens = fc
      .array(fc.constantFrom(...'{}[],:"\\u0041 -+.0123456789eE\tntrufalse/é€😀'), { maxLength: 30 })
      .map((parts) => Buffer.from(parts.join('')));
    const noise = fc.uint8Array({ maxLength: 30 }).map((bytes) => Buffer.from(bytes));
    const any = fc.oneof({ weight: 2, arbitrary: good }, { weight: 4, arbitrary: damaged }, tokens, noise);
    const texts = fc.sample(any, { numRuns: 20_000, seed: 20_251_122 });
    const said = await verdicts(texts);
    expect(said).toHaveLength(texts.length);
    expect(said.filter((verdict) => verdict.startsWith('ok ')).length).toBeGreaterThan(4_000);
    expect(said.filter((verdict) => verdict.startsWith('no ')).length).toBeGreaterThan(4_000);
    expect(differences(texts, said)).toEqual([]);
  });

  it('judges the lines of the protocol as Node does', async () => {
    interface Line {
      readonly line?: string;
      readonly hex?: string;
    }
    const lines: Line[] = [...fixture('valid.json').lines, ...fixture('invalid.json').lines];
    const texts = lines
      .map(({ line, hex }) => (hex === undefined ? Buffer.from(line ?? '') : Buffer.from(hex, 'hex')))
      .filter(({ length }) => length <= 65_536);
    expect(texts.length).toBeGreaterThan(80);
    expect(differences(texts, await verdicts(texts))).toEqual([]);
  });

  it('computes the macs of the protocol, also with a secret that is not ASCII or longer than a block', async () => {
    interface Mac {
      readonly mac: string;
    }
    const { macs }: { macs: Mac[] } = fixture('macs.json');
    const asked = macs.map((mac) => ({ ...mac, mac: undefined }));
    expect(await answers({ 'macs.json': JSON.stringify({ macs: asked }) })).toEqual(
      macs.map(({ mac }) => mac),
    );
  });
});
