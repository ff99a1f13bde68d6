import { spawnSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import ts from 'typescript';

/*
 * The programs in the guides and READMEs. A ```ts block whose first line is an import is a whole program: it must compile with the
 * options of the repository. Marked ```ts run it is run too, and when a ```text block follows it, the program must print these
 * lines in this order. Other blocks are fragments and not looked at.
 */

const repository = join(import.meta.dirname, '..');
/** Within the repository, so that imports are resolved as its own are. */
const cache = join(repository, 'node_modules/.cache');

/** A program in a guide. */
interface Snippet {
  /** Path from the root. */
  readonly file: string;
  /** Line of its first line of code, from 1. */
  readonly line: number;
  readonly code: string;
  readonly run: boolean;
  /** Lines that it must print. */
  readonly output: readonly string[];
}

/** What is wrong, and where in the guide. */
export interface Problem {
  readonly file: string;
  readonly line: number;
  readonly what: string;
}

const namesIn = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder).sort() : []);

/** The README, what is in docs, and the README of each package. */
const guidesIn = (root: string): readonly string[] =>
  [
    'README.md',
    ...namesIn(join(root, 'docs')).map((name) => `docs/${name}`),
    ...namesIn(join(root, 'packages')).map((name) => `packages/${name}/README.md`),
  ].filter((file) => file.endsWith('.md') && existsSync(join(root, file)));

/** The programs of one guide. */
const snippetsOf = (file: string, text: string): readonly Snippet[] => {
  const blocks = /^```ts( run)?\n(import .*?)^```$(?:\s*^```text\n(.*?)^```$)?/gms;
  return [...text.matchAll(blocks)].map((match) => ({
    file,
    line: text.slice(0, match.index).split('\n').length + 1,
    code: match[2] as string,
    run: match[1] !== undefined,
    output: match[1] === undefined ? [] : (match[3] ?? '').split('\n').filter((line) => line !== ''),
  }));
};

/** Writes a program so that its lines have the numbers that they have in the guide. */
const write = (folder: string, snippet: Snippet): string => {
  const path = join(folder, `${snippet.file.replaceAll('/', '~')}~${snippet.line}.mts`);
  writeFileSync(path, '\n'.repeat(snippet.line - 1) + snippet.code);
  return path;
};

const typeProblems = (snippets: ReadonlyMap<string, Snippet>): readonly Problem[] => {
  const config = ts.readConfigFile(join(repository, 'tsconfig.base.json'), ts.sys.readFile);
  const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, repository);
  // A guide may name what the next paragraph uses.
  const program = ts.createProgram([...snippets.keys()], { ...options, noUnusedLocals: false });
  return ts.getPreEmitDiagnostics(program).map(({ file, start = 0, messageText }) => {
    const what = ts.flattenDiagnosticMessageText(messageText, '\n    ');
    const snippet = file && snippets.get(file.fileName);
    const line = file === undefined ? 1 : file.getLineAndCharacterOfPosition(start).line + 1;
    // What is wrong in a package is the business of `npm run types`, but silence would pass for success.
    return {
      file: snippet?.file ?? relative(repository, file?.fileName ?? 'tsconfig.base.json'),
      line,
      what,
    };
  });
};

const runProblems = (path: string, { file, line, output }: Snippet): readonly Problem[] => {
  const node = ['--conditions=@mikrobot/source', '--import', 'tsx', path];
  const { status, signal, stdout, stderr } = spawnSync(process.execPath, node, {
    cwd: repository,
    encoding: 'utf8',
    timeout: 60_000,
  });
  if (status !== 0) return [{ file, line, what: `it ends with ${signal ?? `code ${status}`}\n${stderr}` }];
  const printed = stdout.split('\n');
  let at = 0;
  for (const wanted of output) {
    const found = printed.indexOf(wanted, at);
    if (found < 0) return [{ file, line, what: `it does not print\n    ${wanted}\n  It prints\n${stdout}` }];
    at = found + 1;
  }
  return [];
};

/** Every program of the guides under `root` that does not compile or, when all do, fails or prints something else. */
export const checkSnippets = (
  root: string,
): { readonly programs: number; readonly problems: readonly Problem[] } => {
  mkdirSync(cache, { recursive: true });
  const folder = mkdtempSync(join(cache, 'snippets-'));
  try {
    const all = guidesIn(root).flatMap((file) => snippetsOf(file, readFileSync(join(root, file), 'utf8')));
    const snippets = new Map(all.map((snippet) => [write(folder, snippet), snippet]));
    const untyped = typeProblems(snippets);
    const problems =
      untyped.length > 0
        ? untyped
        : [...snippets].flatMap(([path, snippet]) => (snippet.run ? runProblems(path, snippet) : []));
    return {
      programs: all.length,
      problems: problems.toSorted((a, b) => a.file.localeCompare(b.file) || a.line - b.line),
    };
  } finally {
    rmSync(folder, { recursive: true });
  }
};

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const { programs, problems } = checkSnippets(repository);
  for (const { file, line, what } of problems) console.error(`${file}:${line}  ${what}`);
  console.log(`${programs} programs in the guides, ${problems.length} problems.`);
  process.exitCode = problems.length === 0 ? 0 : 1;
}
