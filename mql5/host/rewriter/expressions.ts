import { basename } from 'node:path';
import type { Context } from './context.js';
import type { Cursor } from './cursor.js';
import { literal } from './literals.js';
import { cppName } from './names.js';
import { SourceError } from './problem.js';
import type { Token } from './token.js';
import { raw } from './token.js';
import { cppType, parseType } from './types.js';

const OPEN = new Set(['(', '[', '{']);
const CLOSE = new Set([')', ']', '}']);

const quoted = (text: string): string => `u${JSON.stringify(text)}_mql`;

const predefined = (token: Token, context: Context): string | undefined => {
  switch (token.text) {
    case 'NULL':
      return 'mql_nil';
    case '__FUNCTION__':
      return quoted(context.functionName);
    case '__FUNCSIG__':
      return quoted(context.signature);
    case '__FILE__':
      return quoted(basename(token.at.file));
    case '__PATH__':
      return quoted(token.at.file);
    case '__LINE__':
      return String(token.at.line);
    case '__COUNTER__':
      return String(context.counter.next++);
    // MetaEditor writes the moment of compilation; a build that can be cached must not.
    case '__DATE__':
    case '__DATETIME__':
      return '((datetime)0)';
    case 'typename':
      return 'mql_typename';
    default:
      return undefined;
  }
};

// `CFoo *` in brackets can only be a cast: no expression ends in an asterisk.
const pointerCast = (cursor: Cursor, context: Context): Token | undefined =>
  cursor.attempt(() => {
    const open = cursor.expect('(');
    const type = parseType(cursor, context.symbols);
    if (!type || !cursor.accept('*') || !cursor.accept(')')) return undefined;
    return { ...raw(`(${cppType(type, true)})`, open.at), spaced: open.spaced };
  });

const dynamicCast = (cursor: Cursor, context: Context): Token => {
  const word = cursor.expect('dynamic_cast');
  cursor.expect('<');
  const type = parseType(cursor, context.symbols);
  if (!type) throw new SourceError(word.at, 'dynamic_cast needs a type');
  cursor.expect('*');
  cursor.expect('>');
  return raw(`mql_dynamic_cast<${type.constant ? 'const ' : ''}${type.name} *>`, word.at);
};

// Name<CFoo *>(…), Name<int>::Method(…): only a list of types that a bracket or :: follows is one.
const templateCall = (cursor: Cursor, context: Context): Token | undefined => {
  if (cursor.peek().kind !== 'name' || !cursor.is('<', 1)) return undefined;
  return cursor.attempt(() => {
    const { at, spaced } = cursor.peek();
    const type = parseType(cursor, context.symbols);
    if (!type?.name.includes('<') || !(cursor.is('(') || cursor.is('::') || cursor.is(';'))) return undefined;
    return { ...raw(type.name, at), spaced };
  });
};

const isThisByAddress = (cursor: Cursor, before: Token | undefined): boolean =>
  cursor.is('&') &&
  cursor.is('this', 1) &&
  (before === undefined || ['(', ',', '=', 'return', '?', ':', '==', '!='].includes(before.text));

/**
 * Rewrites an expression up to a stop that stands in no bracket; the stop itself is left.
 * @param stops - for example `;` or `,` and `)`
 */
export const expression = (cursor: Cursor, context: Context, stops: ReadonlySet<string>): Token[] => {
  const out: Token[] = [];
  let depth = 0;
  let before: Token | undefined;
  for (;;) {
    const token = cursor.peek();
    if (token.kind === 'end') {
      if (depth === 0 && stops.has('')) return out;
      throw new SourceError(token.at, 'unexpected end of program');
    }
    if (depth === 0 && stops.has(token.text) && token.kind === 'operator') return out;
    if (token.kind === 'operator' && token.text === ';')
      throw new SourceError(token.at, "unexpected token ';', a bracket is not closed");
    const special =
      (token.text === '(' ? pointerCast(cursor, context) : undefined) ??
      (cursor.is('dynamic_cast') ? dynamicCast(cursor, context) : undefined) ??
      templateCall(cursor, context);
    if (special) {
      out.push(special);
      before = special;
      continue;
    }
    if (isThisByAddress(cursor, before)) {
      out.push(raw('GetPointer(*this)', cursor.next().at));
      before = cursor.next();
      continue;
    }
    cursor.next();
    if (token.text === 'this' && isGiven(cursor, before, out)) {
      out.push({ ...raw('mql_self(this)', token.at), spaced: token.spaced });
      before = token;
      continue;
    }
    if (token.kind === 'operator' && OPEN.has(token.text)) depth++;
    if (token.kind === 'operator' && CLOSE.has(token.text) && --depth < 0)
      throw new SourceError(token.at, `unexpected token '${token.text}'`);
    out.push({ ...token, kind: 'raw', text: word(token, cursor, before, context) });
    before = token;
  }
};

// Given to a function, `this` may be meant as a pointer or as the object: the runtime has something that is both.
const isGiven = (cursor: Cursor, before: Token | undefined, out: readonly Token[]): boolean =>
  (before?.text === '(' || before?.text === ',') &&
  (cursor.is(')') || cursor.is(',')) &&
  out.at(-2)?.text !== 'CheckPointer';

const word = (token: Token, cursor: Cursor, before: Token | undefined, context: Context): string => {
  if (token.kind === 'operator')
    return token.text === '.' && cursor.peek().kind === 'name' ? '->' : token.text;
  if (token.kind !== 'name') return literal(token);
  // A member may have a name that means something else alone.
  if (before?.text === '.') return cppName(token.text);
  return predefined(token, context) ?? cppName(token.text);
};

/** A whole list of tokens as an expression. */
export const wholeExpression = (cursor: Cursor, context: Context): Token[] =>
  expression(cursor, context, new Set(['']));
