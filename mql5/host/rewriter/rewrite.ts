import { Cursor } from './cursor.js';
import { type Emitted, emit } from './emit.js';
import { registration } from './handlers.js';
import { type Preprocessed, preprocess } from './preprocessor.js';
import { programScope } from './program.js';
import { collectSymbols } from './symbols.js';

/** A program in C++, ready for g++ and the runtime. */
export interface Rewritten extends Preprocessed {
  readonly cpp: string;
  readonly locate: Emitted['locate'];
}

/**
 * Rewrites an MQL5 program into one file of C++.
 * @param source - the program after its preprocessor
 * @throws SourceError with file, line and column of the first thing that cannot be read
 */
export const rewriteProgram = (source: Preprocessed): Rewritten => {
  const symbols = collectSymbols(source.tokens);
  const scope = programScope(new Cursor(source.tokens), {
    symbols,
    className: undefined,
    functionName: '',
    signature: '',
    path: '',
    bodies: undefined,
    counter: { next: 0 },
  });
  const { path } = source.files[0]!;
  const body = emit(scope.pieces);
  // `::Compare(a, b)` means a function of the program as well as one of the terminal.
  const head =
    '#include "mql5.h"\nnamespace mql_program {}\nusing namespace mql_program;\nnamespace mql_program {\n';
  const tail = `#line 1 "registration"\n}\n${registration(path, scope.functions)}`;
  return { ...source, cpp: head + body.text + tail, locate: body.locate };
};

/** Reads and rewrites the program in a file; `folders` are those of `#include <…>`. */
export const rewrite = (path: string, folders: readonly string[]): Rewritten =>
  rewriteProgram(preprocess(path, folders));
