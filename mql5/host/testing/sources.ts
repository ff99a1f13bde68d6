import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { type Preprocessed, preprocess } from '../rewriter/preprocessor.js';
import { SourceError } from '../rewriter/problem.js';
import { type Rewritten, rewrite } from '../rewriter/rewrite.js';

/** A folder with MQL5 sources for one test; `main.mq5` is the program. */
export const withSources = <T>(
  files: Readonly<Record<string, string | Buffer>>,
  use: (folder: string) => T,
): T => {
  const folder = mkdtempSync(join(tmpdir(), 'mikrobot-mql5-'));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const result = use(folder);
  if (result instanceof Promise) return result.finally(remove) as T;
  remove();
  return result;
};

/** The program after its preprocessor. */
export const preprocessFiles = (files: Readonly<Record<string, string | Buffer>>): Preprocessed =>
  withSources(files, (folder) => preprocess(join(folder, 'main.mq5'), [join(folder, 'Include')]));

/** The program as it was rewritten. */
export const rewriteFiles = (files: Readonly<Record<string, string | Buffer>>): Rewritten =>
  withSources(files, (folder) => rewrite(join(folder, 'main.mq5'), [join(folder, 'Include')]));

const tidy = (cpp: string): string =>
  cpp
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join(' ')
    .replace(
      / \w+ \*operator->\(\) \{ return this; \} const \w+ \*operator->\(\) const \{ return this; \}/g,
      '',
    )
    .replace(/\s+/g, ' ')
    .replace(/ ([;,)\]}])/g, '$1')
    .replace(/([([{]) /g, '$1')
    .replace(/ \(/g, '(')
    .replace(/ ?(?<![<>=!+\-*/&|])=(?!=) ?/g, ' = ')
    .replace(/\{\s*public:\s+private:/g, '{')
    .trim();

const OPENING = 'namespace mql_program {\n';

/** C++ of a program without directives and with plain spacing, its registration left out. */
export const cpp = (mql5: string): string => {
  const { cpp: all } = rewriteFiles({ 'main.mq5': mql5 });
  const start = all.indexOf(OPENING) + OPENING.length;
  return tidy(all.slice(start, all.indexOf('}\nstatic mql_handlers')));
};

/** C++ of statements inside a function. */
export const statements = (mql5: string): string => {
  const text = cpp(`void F() { ${mql5} }`);
  return text.slice(text.indexOf('{') + 1, -1).trim();
};

/** The complaint about a program, as `line:column text`. */
export const complaint = (files: Readonly<Record<string, string>> | string): string => {
  try {
    rewriteFiles(typeof files === 'string' ? { 'main.mq5': files } : files);
  } catch (error) {
    if (!(error instanceof SourceError)) throw error;
    const { at, text } = error.problem;
    return `${at.file.split('/').at(-1)}:${at.line}:${at.column} ${text}`;
  }
  return 'no complaint';
};
