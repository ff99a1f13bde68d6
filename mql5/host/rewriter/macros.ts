import { Cursor, splitAtCommas } from './cursor.js';
import { lex } from './lexer.js';
import { SourceError } from './problem.js';
import type { Position, Token } from './token.js';
import { textOf } from './token.js';

/** What a #define gave a meaning to. */
export interface Macro {
  readonly name: string;
  /** Undefined where the macro takes no arguments. */
  readonly parameters: readonly string[] | undefined;
  readonly body: readonly Token[];
}

/** Reads what follows `#define`: a name, parameters where a bracket touches the name, and a body. */
export const parseMacro = (tokens: readonly Token[]): Macro => {
  const cursor = new Cursor(tokens);
  const name = cursor.name();
  if (!cursor.is('(') || cursor.peek().spaced)
    return { name: name.text, parameters: undefined, body: tokens.slice(cursor.index) };
  const parameters = splitAtCommas(cursor.inside()).map((part) => {
    if (part.length !== 1 || part[0]!.kind !== 'name')
      throw new SourceError(name.at, `bad parameters of macro '${name.text}'`);
    return part[0]!.text;
  });
  return { name: name.text, parameters, body: tokens.slice(cursor.index) };
};

const moved = (token: Token, at: Position): Token => ({ ...token, at, first: false });

const glue = (left: Token, right: Token, at: Position): Token[] =>
  lex(left.text + right.text, at.file).map((token, i) => ({
    ...token,
    at,
    spaced: i === 0 && left.spaced,
    first: false,
  }));

// Parameters beside # and ## are taken as written; elsewhere they are expanded first, as in C.
const substitute = (
  macro: Macro,
  given: readonly (readonly Token[])[],
  expanded: readonly (readonly Token[])[],
  at: Position,
): Token[] => {
  const out: Token[] = [];
  const parameter = (token: Token | undefined) =>
    token?.kind === 'name' ? (macro.parameters ?? []).indexOf(token.text) : -1;
  for (let i = 0; i < macro.body.length; i++) {
    const token = macro.body[i]!;
    const next = macro.body[i + 1];
    if (token.text === '#' && parameter(next) >= 0) {
      const text = JSON.stringify(textOf(given[parameter(next)]!));
      out.push({ kind: 'string', text, at, spaced: token.spaced, first: false });
      i++;
    } else if (token.text === '##' && next && out.length > 0) {
      const taken = parameter(next);
      const [head, ...rest] = taken >= 0 ? given[taken]! : [moved(next, at)];
      const left = out.pop()!;
      out.push(...(head ? glue(left, head, at) : [left]), ...rest);
      i++;
    } else {
      const taken = parameter(token);
      if (taken < 0) out.push(moved(token, at));
      else {
        const pasted = next?.text === '##';
        const [head, ...rest] = pasted ? given[taken]! : expanded[taken]!;
        if (head) out.push({ ...head, spaced: token.spaced, first: false }, ...rest);
      }
    }
  }
  return out;
};

/**
 * Replaces macros by what they stand for; the pieces are blamed on the line that uses the macro, arguments keep
 * their own.
 */
export const expandMacros = (
  tokens: readonly Token[],
  macros: ReadonlyMap<string, Macro>,
  hidden: ReadonlySet<string> = new Set(),
): Token[] => {
  const out: Token[] = [];
  const cursor = new Cursor(tokens);
  while (!cursor.done) {
    const token = cursor.next();
    const macro = token.kind === 'name' && !hidden.has(token.text) ? macros.get(token.text) : undefined;
    if (!macro || (macro.parameters && !cursor.is('('))) {
      out.push(token);
      continue;
    }
    const given = macro.parameters ? splitAtCommas(cursor.inside()) : [];
    const count = macro.parameters?.length ?? 0;
    if (given.length !== count && !(count === 1 && given.length === 0))
      throw new SourceError(
        token.at,
        `macro '${macro.name}' takes ${count} arguments, ${given.length} given`,
      );
    if (count === 1 && given.length === 0) given.push([]);
    const expanded = given.map((part) => expandMacros(part, macros, hidden));
    const body = substitute(macro, given, expanded, token.at);
    const inner = expandMacros(body, macros, new Set([...hidden, macro.name]));
    out.push(...inner.map((piece, i) => (i === 0 ? { ...piece, spaced: token.spaced } : piece)));
  }
  return out;
};
