import { parseArgs } from 'node:util';
import { includeFolders } from '../build/include-folders.js';
import { lint } from '../lint/lint.js';
import { preprocess } from '../rewriter/preprocessor.js';
import { type Problem, problemLine, SourceError } from '../rewriter/problem.js';
import { rewriteProgram } from '../rewriter/rewrite.js';
import { shortPath } from './paths.js';

const problemsOf = (file: string, folders: readonly string[]): readonly Problem[] => {
  try {
    const source = preprocess(file, includeFolders(file, folders));
    const problems = lint(source);
    if (problems.length === 0) rewriteProgram(source);
    return problems;
  } catch (error) {
    if (error instanceof SourceError) return [error.problem];
    throw error;
  }
};

/** `lint FILE.mq5…` */
export const lintCommand = async (parameters: readonly string[]): Promise<number> => {
  const { values, positionals } = parseArgs({
    args: [...parameters],
    allowPositionals: true,
    options: { include: { type: 'string', multiple: true } },
  });
  let found = 0;
  for (const file of positionals) {
    const problems = problemsOf(file, values.include ?? []);
    for (const problem of problems) process.stdout.write(`${problemLine(problem)}\n`);
    if (problems.length === 0) process.stdout.write(`${shortPath(file)}: nothing to say\n`);
    found += problems.length;
  }
  return found === 0 ? 0 : 1;
};
