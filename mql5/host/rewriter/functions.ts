import type { Context } from './context.js';
import type { Cursor } from './cursor.js';
import { expression } from './expressions.js';
import { cppName, NOT_A_TYPE } from './names.js';
import { type Parameter, parameters } from './parameters.js';
import { SourceError } from './problem.js';
import { block } from './statements.js';
import { isBuiltInType } from './symbols.js';
import type { Position, Token } from './token.js';
import { raw, textOf } from './token.js';
import { cppType, parseType, templateArguments } from './types.js';

/** A function or method as it is declared. */
export interface FunctionHead {
  readonly at: Position;
  readonly virtual: boolean;
  readonly isStatic: boolean;
  /** Undefined for constructors and destructors. */
  readonly returns: string | undefined;
  /** `CFoo` of `CFoo::Bar`, with its template arguments; '' for free functions. */
  readonly qualifier: string;
  readonly name: string;
  readonly parameters: readonly Parameter[];
  /** `const`, `override`, `final` behind the brackets. */
  readonly suffix: string;
  /** Classes whose nested types the head mentions. */
  readonly nested: readonly string[];
}

const path = (cursor: Cursor, context: Context): { qualifier: string; name: string } | undefined => {
  let qualifier = '';
  for (;;) {
    const tilde = cursor.accept('~') ? '~' : '';
    const token = cursor.peek();
    if (token.kind !== 'name') return undefined;
    if (token.text === 'operator') {
      cursor.next();
      let symbol = cursor.next().text;
      if (symbol === '[') symbol += cursor.expect(']').text;
      else while (!cursor.is('(')) symbol += cursor.next().text;
      return { qualifier, name: `operator${symbol}` };
    }
    if (NOT_A_TYPE.has(token.text)) return undefined;
    cursor.next();
    const name = tilde + cppName(token.text);
    const list = cursor.attempt(() => templateArguments(cursor, context.symbols));
    if (!cursor.accept('::')) return { qualifier, name };
    qualifier += `${qualifier === '' ? '' : '::'}${name}${list ?? ''}`;
  }
};

const isConstructor = (qualifier: string, name: string, className: string | undefined): boolean => {
  const owner = qualifier === '' ? className : qualifier.replace(/<.*/, '').split('::').at(-1);
  return owner !== undefined && (name === owner || name === `~${owner}`);
};

// A constructor needs no type before it and may have `void` there.
const unnamed = (cursor: Cursor, context: Context) =>
  cursor.attempt(() => {
    const found = path(cursor, context);
    if (!found || !cursor.is('(')) return undefined;
    return isConstructor(found.qualifier, found.name, context.className)
      ? { ...found, returns: undefined, nested: undefined }
      : undefined;
  });

const named = (cursor: Cursor, context: Context) =>
  cursor.attempt(() => {
    const type = parseType(cursor, context.symbols);
    if (!type) return undefined;
    const pointer = cursor.accept('*') !== undefined;
    const reference = cursor.accept('&') !== undefined;
    const found = path(cursor, context);
    if (!found || !cursor.is('(')) return undefined;
    const constructs = isConstructor(found.qualifier, found.name, context.className);
    const returns = constructs ? undefined : `${cppType(type, pointer)}${reference ? ' &' : ''}`;
    return { ...found, returns, nested: type.nested };
  });

/** Reads a function up to its body, semicolon or initialiser list; undefined where there is none. */
export const functionHead = (cursor: Cursor, context: Context): FunctionHead | undefined =>
  cursor.attempt(() => {
    const { at } = cursor.peek();
    const words = new Set<string>();
    while (cursor.is('virtual') || cursor.is('static')) words.add(cursor.next().text);
    const found = unnamed(cursor, context) ?? named(cursor, context);
    if (!found) return undefined;
    const list = parameters(cursor.inside(), context);
    if (!list) return undefined;
    let suffix = '';
    while (cursor.is('const') || cursor.is('override') || cursor.is('final'))
      suffix += ` ${cursor.next().text}`;
    if (!['{', ';', ':', '='].some((mark) => cursor.is(mark))) return undefined;
    const nested = [found.nested, ...list.map((each) => each.nested)].filter((name) => name !== undefined);
    return {
      at,
      virtual: words.has('virtual'),
      isStatic: words.has('static'),
      returns: found.returns,
      qualifier: found.qualifier,
      name: found.name,
      parameters: list,
      suffix,
      nested,
    };
  });

/** The head as C++, with or without default arguments. */
export const headPieces = (
  head: FunctionHead,
  defaults: readonly (readonly Token[] | undefined)[],
): Token[] => {
  const prefix = `${head.isStatic ? 'static ' : ''}${head.virtual ? 'virtual ' : ''}`;
  const returns = head.returns === undefined ? '' : `${head.returns} `;
  const owner = head.qualifier === '' ? '' : `${head.qualifier}::`;
  return [
    raw(`${prefix}${returns}${owner}${head.name}(`, head.at),
    ...head.parameters.flatMap((each, i) => {
      const value = defaults[i];
      const comma = i === 0 ? '' : ', ';
      const start = raw(`${comma}${each.type} ${each.name}`.trimEnd(), head.at);
      return value ? [start, raw('=', head.at), ...value] : [start];
    }),
    raw(`)${head.suffix}`, head.at),
  ];
};

// Outside its class a method's type is looked up from outside, unless it stands behind the name.
const trailing = (head: FunctionHead): boolean =>
  head.returns !== undefined && !isBuiltInType(head.returns.replace(/^const /, '').replace(/ &$/, ''));

/** The head of a method that is defined behind its class. */
export const outsidePieces = (head: FunctionHead, owner: string): Token[] => {
  const suffix = head.suffix.includes('const') ? ' const' : '';
  const outside = { ...head, qualifier: owner, isStatic: false, virtual: false, suffix };
  if (!trailing(head)) return headPieces(outside, []);
  return headPieces({ ...outside, returns: 'auto', suffix: `${suffix} -> ${head.returns}` }, []);
};

/** What names a function among its overloads. */
export const overload = (head: FunctionHead): string =>
  `${head.name}(${head.parameters.map((each) => each.type).join(',')})`;

const UNTIL_BODY = new Set(['{']);

/** Reads the body, and the list of initialisers before it, of a function whose head was read. */
export const functionBody = (cursor: Cursor, context: Context, head: FunctionHead): Token[] => {
  const owner = head.qualifier.replace(/<.*/, '') || context.className;
  const inner: Context = {
    ...context,
    className: owner,
    functionName: owner === undefined ? head.name : `${owner}::${head.name}`,
    signature: textOf(headPieces(head, [])),
    bodies: undefined,
  };
  const initialisers = cursor.is(':') ? expression(cursor, inner, UNTIL_BODY) : [];
  if (!cursor.is('{')) throw new SourceError(head.at, `function '${head.name}' must have a body`);
  return [...initialisers, ...block(cursor, inner)];
};
