import { MikroBotError } from '@mikrobot/core';
import { type Problem, problemLine } from '../rewriter/problem.js';

/** A program that MetaEditor would not take, or that only the host took: see `problems`. */
export class BuildError extends MikroBotError {
  readonly problems: readonly Problem[];

  constructor(program: string, problems: readonly Problem[]) {
    const shown = problems.slice(0, 30).map(problemLine).join('\n');
    super('BAD_CONFIG', `${program} does not compile, ${problems.length} problems:\n${shown}`);
    this.problems = problems;
  }
}
