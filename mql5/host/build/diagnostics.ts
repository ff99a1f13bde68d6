import type { Problem } from '../rewriter/problem.js';
import type { Position } from '../rewriter/token.js';

/** Finds the place in MQL5 for a place in C++, as g++ reports it. */
export type Locate = (file: string, line: number, column: number) => Position;

interface Caret {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

interface Diagnostic {
  readonly kind: string;
  readonly message: string;
  readonly option?: string;
  readonly locations: readonly { readonly caret: Caret }[];
  readonly children: readonly Diagnostic[];
}

const isSource = (file: string): boolean => /\.mq[h5]$/i.test(file);

const REWORDED: readonly (readonly [RegExp, string])[] = [
  [/^'([^']+)' was not declared in this scope.*/, "'$1' - undeclared identifier"],
  [
    /^conversion from '([^']+)'(?: \{aka '[^']+'\})? to '([^']+)'(?: \{aka '[^']+'\})? may change .*/,
    "possible loss of data due to type conversion from '$1' to '$2'",
  ],
  [
    /^conversion from '([^']+)'(?: \{aka '[^']+'\})? to '([^']+)'(?: \{aka '[^']+'\})? changes value .*/,
    "truncation of constant value from '$1' to '$2'",
  ],
  [/^unused variable '([^']+)'.*/, "variable '$1' not used"],
  [/^no return statement in function returning non-void.*/, 'not all control paths return a value'],
  [/^control reaches end of non-void function.*/, 'not all control paths return a value'],
  [/^'([^']+)' (?:is|may be) used uninitialized.*/, "possible use of uninitialized variable '$1'"],
  [/^too few arguments to function '(.+)'/, "wrong parameters count, '$1'"],
  [/^too many arguments to function '(.+)'/, "wrong parameters count, '$1'"],
  [/^declaration of '(.+)' shadows .*/, "declaration of '$1' hides another one"],
];

/** A message of g++ in the words of MQL5. */
const reworded = (message: string): string => {
  const plain = message
    .replace(/[‘’]/g, "'")
    .replaceAll('mql_program::', '')
    .replace(/mql_pointer<([^<>]+)>/g, '$1 *')
    .replace(/\blong unsigned int\b/g, 'ulong')
    .replace(/\bunsigned char\b/g, 'uchar')
    .replace(/\bshort unsigned int\b/g, 'ushort')
    .replace(/\bunsigned int\b/g, 'uint')
    .replace(/\blong int\b/g, 'long')
    .replace(/\bmql_kw_/g, '');
  const found = REWORDED.find(([pattern]) => pattern.test(plain));
  return found ? plain.replace(found[0], found[1]) : plain;
};

// The one thing that C++ forbids, MQL5 allows without a word, and -fpermissive lets pass with a warning.
const isEnumFromInt = ({ option, message }: Diagnostic): boolean =>
  option === '-fpermissive' && /^invalid conversion from .int. to ./.test(message);

// A local name may be that of something in the runtime, which MQL5 does not know.
const hidesOnlyTheHost = ({ option, children }: Diagnostic): boolean =>
  option === '-Wshadow' &&
  !children.some((child) => child.locations.some(({ caret }) => isSource(caret.file)));

const parse = (stderr: string): Diagnostic[] =>
  stderr.split('\n').flatMap((line) => {
    // g++ may say something else on the same line before.
    const start = line.indexOf('[{"');
    if (start < 0) return [];
    try {
      return JSON.parse(line.slice(start, line.lastIndexOf(']') + 1)) as Diagnostic[];
    } catch {
      return [];
    }
  });

/**
 * What g++ found, told of the MQL5 sources. Every warning is kept but the conversion of an int to an enum.
 * @param stderr - what g++ printed with -fdiagnostics-format=json
 * @param locate - the map of columns that the rewriter made
 */
export const diagnostics = (stderr: string, locate: Locate): Problem[] =>
  parse(stderr).flatMap((diagnostic): Problem[] => {
    if (isEnumFromInt(diagnostic) || hidesOnlyTheHost(diagnostic)) return [];
    const caret = diagnostic.locations.map((each) => each.caret).find((each) => isSource(each.file));
    const severity = diagnostic.kind === 'warning' ? 'warning' : 'error';
    if (diagnostic.kind === 'note') return [];
    if (!caret) {
      const other = diagnostic.locations[0]?.caret;
      if (severity === 'warning') return [];
      return [
        { at: other ?? { file: 'g++', line: 0, column: 0 }, severity, text: reworded(diagnostic.message) },
      ];
    }
    return [
      { at: locate(caret.file, caret.line, caret.column), severity, text: reworded(diagnostic.message) },
    ];
  });

/** Functions that were called or declared, and have no body anywhere, from what the linker printed. */
export const linkProblems = (stderr: string): Problem[] => {
  const found = new Map<string, Problem>();
  for (const [, file, line, name] of stderr.matchAll(
    /(\S+\.mq[h5]):(\d+): undefined reference to `([^']+)'/gi,
  )) {
    const text = `function '${reworded(name!)}' must have a body`;
    if (!found.has(text))
      found.set(text, { at: { file: file!, line: Number(line), column: 1 }, severity: 'error', text });
  }
  return [...found.values()];
};
