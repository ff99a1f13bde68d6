import type { Problem } from '../rewriter/problem.js';
import { isBuiltInType } from '../rewriter/symbols.js';
import type { Token } from '../rewriter/token.js';
import { BUILT_IN_FUNCTIONS } from './built-in-functions.js';

const NOT_CALLS = new Set(
  'if for while switch return sizeof typename case delete operator pack this group C D and default'.split(
    ' ',
  ),
);
const BUILT_IN_TYPES = /^(Mql\w+|ENUM_\w+|vectorf?|matrixf?|complex)$/;

const NO_TYPE = new Set(['return', 'else', 'new', 'case', 'delete', 'do']);
const BEFORE_DECLARATION = new Set([';', '{', '}', ':', '>', 'virtual', 'static', 'const', undefined]);

// `CFoo *name;` and `CFoo *Make(…) {`, but not `limit * Make(…)` inside an expression.
const isBehindPointer = (tokens: readonly Token[], i: number): boolean => {
  const sign = tokens[i - 1]?.text;
  if (sign !== '*' && sign !== '&' && sign !== '>') return false;
  if (tokens[i + 1]?.text !== '(') return true;
  const type = tokens[i - 2];
  return (
    sign === '>' ||
    type?.text === '>' ||
    (type?.kind === 'name' && BEFORE_DECLARATION.has(tokens[i - 3]?.text))
  );
};

const declaredNames = (tokens: readonly Token[]): Set<string> => {
  const names = new Set<string>();
  tokens.forEach((token, i) => {
    if (token.kind !== 'name') return;
    const before = tokens[i - 1];
    const typed = before?.kind === 'name' && !NO_TYPE.has(before.text);
    if (typed || before?.text === '::' || isBehindPointer(tokens, i)) names.add(token.text);
  });
  return names;
};

/** Calls of functions that neither the program defines nor MQL5 has, even where C++ would know them. */
export const unknownFunctions = (tokens: readonly Token[]): Problem[] => {
  const declared = declaredNames(tokens);
  return tokens.flatMap((token, i): Problem[] => {
    if (token.kind !== 'name' || tokens[i + 1]?.text !== '(') return [];
    const before = tokens[i - 1]?.text;
    if (before === '.' || before === '->' || before === '~') return [];
    const { text, at } = token;
    if (NOT_CALLS.has(text) || isBuiltInType(text) || BUILT_IN_TYPES.test(text)) return [];
    if (declared.has(text) || BUILT_IN_FUNCTIONS.has(text)) return [];
    return [{ at, severity: 'error', text: `'${text}' - function not defined` }];
  });
};
