import { randomUUID } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { cpus } from 'node:os';
import { join, relative } from 'node:path';
import { MikroBotError } from '@mikrobot/core';
import { compilerVersion, runToEnd } from './compiler.js';
import { type Flavour, OUT_FOLDER, RUNTIME_FOLDER, runtimeFlags } from './flags.js';
import { contentName, isThere, makeOnce } from './store.js';

const sourcesOf = (room: string): string[] =>
  readdirSync(join(RUNTIME_FOLDER, room))
    .filter((name) => name.endsWith('.cpp'))
    .toSorted()
    .map((name) => join(RUNTIME_FOLDER, room, name));

// g++ -MMD writes `object: source header \`, newline, `header …`.
const dependencies = (rule: string): string[] =>
  rule
    .slice(rule.indexOf(':') + 1)
    .split(/\s+/)
    .filter((name) => name !== '' && name !== '\\');

// What a source included at its last compilation says what its object depends on: when none of these changed, the
// list of includes did not change either.
const keyOf = (flags: readonly string[], included: readonly string[]): string | undefined => {
  try {
    return contentName([
      compilerVersion() ?? '',
      ...flags,
      ...included,
      ...included.map((file) => readFileSync(file)),
    ]);
  } catch {
    return undefined;
  }
};

const compileOne = async (source: string, flavour: Flavour): Promise<string> => {
  const flags = runtimeFlags(flavour);
  const folder = join(OUT_FOLDER, 'objects');
  const name = `${relative(RUNTIME_FOLDER, source).replaceAll('/', '-')}${flavour.sanitize ? '-sanitized' : ''}`;
  const list = join(folder, `${name}.includes`);
  const known = existsSync(list) ? keyOf(flags, readFileSync(list, 'utf8').split('\n')) : undefined;
  if (known !== undefined && isThere(join(folder, `${name}-${known}.o`)))
    return join(folder, `${name}-${known}.o`);
  mkdirSync(folder, { recursive: true });
  for (;;) {
    const temporary = join(folder, `${name}.${randomUUID().slice(0, 8)}`);
    const started = Date.now();
    const done = await runToEnd('g++', [
      ...flags,
      '-MMD',
      '-MF',
      `${temporary}.d`,
      '-c',
      source,
      '-o',
      `${temporary}.o`,
    ]);
    if (done.code !== 0)
      throw new MikroBotError('BAD_CONFIG', `the runtime does not compile:\n${done.stderr}`, {
        where: source,
      });
    const included = dependencies(readFileSync(`${temporary}.d`, 'utf8')).filter(
      (file) => !file.startsWith('/usr/'),
    );
    // Somebody saved a file meanwhile: nobody knows which text of it was compiled.
    if (included.some((file) => statSync(file).mtimeMs >= started)) continue;
    const object = join(folder, `${name}-${keyOf(flags, included)}.o`);
    renameSync(`${temporary}.o`, object);
    writeFileSync(`${temporary}.d`, included.join('\n'));
    renameSync(`${temporary}.d`, list);
    return object;
  }
};

/** Compiles what changed of the runtime, as many files at once as there are processors. */
const compileAll = async (flavour: Flavour): Promise<string[]> => {
  const sources = ['language', 'terminal'].flatMap(sourcesOf);
  const objects: string[] = [];
  const waiting = sources.entries();
  const worker = async (): Promise<void> => {
    for (const [i, source] of waiting) objects[i] = await compileOne(source, flavour);
  };
  await Promise.all(Array.from({ length: cpus().length }, worker));
  return objects;
};

/**
 * The runtime as one library.
 * @returns its path
 * @throws MikroBotError BAD_CONFIG when it does not compile
 */
export const runtimeLibrary = async (flavour: Flavour): Promise<string> => {
  const objects = await compileAll(flavour);
  const path = join(OUT_FOLDER, 'libraries', `runtime-${contentName(objects)}.a`);
  await makeOnce(path, async (temporary) => {
    const done = await runToEnd('ar', ['rcs', temporary, ...objects]);
    if (done.code !== 0) throw new MikroBotError('BAD_CONFIG', `ar failed: ${done.stderr}`);
  });
  return path;
};

/** A name for all headers that programs include. */
export const headersName = (): string => {
  const headers = ['language', 'terminal', '.'].flatMap((room) =>
    readdirSync(join(RUNTIME_FOLDER, room))
      .filter((name) => name.endsWith('.h'))
      .toSorted()
      .map((name) => join(RUNTIME_FOLDER, room, name)),
  );
  return contentName([compilerVersion() ?? '', ...headers.map((file) => readFileSync(file))]);
};
