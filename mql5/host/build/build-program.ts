import { mkdirSync, writeFileSync } from 'node:fs';
import { basename, join, resolve } from 'node:path';
import { MikroBotError } from '@mikrobot/core';
import { lint } from '../lint/lint.js';
import { preprocess } from '../rewriter/preprocessor.js';
import { SourceError } from '../rewriter/problem.js';
import { type Rewritten, rewriteProgram } from '../rewriter/rewrite.js';
import { BuildError } from './build-error.js';
import { hasCompiler, runToEnd } from './compiler.js';
import { diagnostics, linkProblems } from './diagnostics.js';
import { type Flavour, linkFlags, OUT_FOLDER, programFlags } from './flags.js';
import { includeFolders } from './include-folders.js';
import { headersName, runtimeLibrary } from './runtime-library.js';
import { contentName, forgetOld, makeOnce } from './store.js';

/** A program of MQL5 that was built and can run. */
export interface Program {
  /** `MikroBot_Bridge` */
  readonly name: string;
  /** The .mq5 file. */
  readonly source: string;
  /** The executable: a terminal with the program in it. */
  readonly binary: string;
  /** Folder with the build's parts; counts of coverage are written here as well. */
  readonly folder: string;
  /** Every file that went into it. */
  readonly files: readonly string[];
}

/** How to build. */
export interface BuildOptions {
  /** With AddressSanitizer and UndefinedBehaviorSanitizer; default false. */
  readonly sanitize?: boolean;
  /** Counts the lines that run; default false. */
  readonly coverage?: boolean;
  /** More folders for `#include <…>`. */
  readonly include?: readonly string[];
}

const read = (source: string, folders: readonly string[]): Rewritten => {
  try {
    const preprocessed = preprocess(source, folders);
    const problems = lint(preprocessed);
    if (problems.length > 0) throw new BuildError(source, problems);
    return rewriteProgram(preprocessed);
  } catch (error) {
    if (error instanceof SourceError) throw new BuildError(source, [error.problem]);
    throw error;
  }
};

const compile = async (
  program: Rewritten,
  source: string,
  flavour: Flavour,
  folder: string,
): Promise<void> => {
  const cpp = join(folder, 'program.cpp');
  writeFileSync(cpp, program.cpp);
  const object = join(folder, 'program.o');
  const done = await runToEnd('g++', [
    ...programFlags(flavour),
    '-fdiagnostics-format=json',
    '-c',
    cpp,
    '-o',
    object,
  ]);
  const problems = diagnostics(done.stderr, program.locate);
  if (problems.length > 0) throw new BuildError(source, problems);
  if (done.code !== 0) throw new MikroBotError('BAD_CONFIG', `g++ failed: ${done.stderr}`, { where: source });
};

const link = async (source: string, flavour: Flavour, library: string, folder: string): Promise<void> => {
  const done = await runToEnd('g++', [
    join(folder, 'program.o'),
    '-Wl,--whole-archive',
    library,
    '-Wl,--no-whole-archive',
    ...linkFlags(flavour),
    '-o',
    join(folder, 'program'),
  ]);
  if (done.code === 0) return;
  const problems = linkProblems(done.stderr);
  if (problems.length > 0) throw new BuildError(source, problems);
  throw new MikroBotError('BAD_CONFIG', `the linker failed: ${done.stderr}`, { where: source });
};

/**
 * Builds a program: lint, MQL5 to C++, g++, runtime. What was built before of the same sources is taken again.
 * @param path - the .mq5 file
 * @throws BuildError with MetaEditor-like lines; MikroBotError BAD_CONFIG where g++ is missing
 */
export const buildProgram = async (path: string, options: BuildOptions = {}): Promise<Program> => {
  if (!hasCompiler())
    throw new MikroBotError('BAD_CONFIG', 'g++ is not installed', { hint: 'Install g++ 12 or newer.' });
  const source = resolve(path);
  const flavour = { sanitize: options.sanitize ?? false, coverage: options.coverage ?? false };
  const program = read(source, includeFolders(source, options.include ?? []));
  const library = await runtimeLibrary(flavour);
  const parts = [
    program.cpp,
    ...programFlags(flavour),
    ...linkFlags(flavour),
    headersName(),
    basename(library),
  ];
  const name = basename(source).replace(/\.mq5$/i, '');
  const folder = join(OUT_FOLDER, 'programs', `${name}-${contentName(parts)}`);
  await makeOnce(folder, async (temporary) => {
    for (const room of ['objects', 'libraries', 'programs'])
      await forgetOld(join(OUT_FOLDER, room), Date.now());
    mkdirSync(temporary, { recursive: true });
    await compile(program, source, flavour, temporary);
    await link(source, flavour, library, temporary);
  });
  const files = program.files.map((file) => file.path);
  return { name, source, binary: join(folder, 'program'), folder, files };
};
