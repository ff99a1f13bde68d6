import type { Problem } from '../rewriter/problem.js';
import type { Token } from '../rewriter/token.js';

const OPERATORS_BEFORE_LAMBDA = new Set(['(', ',', '=', 'return', '{', ';', '?', ':']);

const shape = (tokens: readonly Token[], i: number): string | undefined => {
  const token = tokens[i]!;
  const before = tokens[i - 1];
  const after = tokens[i + 1];
  // An index stands behind a name, a bracket or another index.
  if (token.text === '[' && token.kind === 'operator') {
    if (before === undefined || OPERATORS_BEFORE_LAMBDA.has(before.text)) return 'MQL5 has no lambdas';
  }
  if (token.kind !== 'name') return undefined;
  // for(int x : list)
  if (token.text === 'for' && after?.text === '(') {
    for (let k = i + 2; k < tokens.length && tokens[k]!.text !== ';'; k++) {
      if (tokens[k]!.text === '?') return undefined;
      if (tokens[k]!.text === ':') return 'MQL5 has no for over a range';
      if (tokens[k]!.text === '{') return undefined;
    }
  }
  if (token.text === 'enum' && (after?.text === 'class' || after?.text === 'struct'))
    return 'MQL5 has no enum class';
  if (token.text === 'new' && after?.kind === 'name') {
    if (tokens[i + 2]?.text === '[') return 'MQL5 has no new for arrays: use ArrayResize';
    if (
      /^(int|double|string|long|bool|uint|ulong|char|uchar|short|ushort|float|datetime|color)$/.test(
        after.text,
      )
    )
      return 'new makes objects of classes only';
  }
  if (token.text === 'delete' && after?.text === '[') return 'MQL5 has no delete[]';
  // int x{5};
  const typed =
    before?.kind === 'name' && /^(int|double|string|long|bool|uint|ulong|datetime)$/.test(before.text);
  if (typed && after?.text === '{') return "initialise with '=': MQL5 has no braces behind a name";
  return undefined;
};

/** Constructions of C++ that MQL5 does not have. */
export const foreignShapes = (tokens: readonly Token[]): Problem[] =>
  tokens.flatMap((_, i) => {
    const text = shape(tokens, i);
    return text === undefined ? [] : [{ at: tokens[i]!.at, severity: 'error', text } satisfies Problem];
  });
