import type { Context } from './context.js';
import { Cursor } from './cursor.js';
import { dimensions } from './declarations.js';
import { expression } from './expressions.js';
import { cppName } from './names.js';
import { SourceError } from './problem.js';
import type { Token } from './token.js';
import { arrayType, cppType, parseType } from './types.js';

/** One parameter of a function, as C++. */
export interface Parameter {
  readonly type: string;
  readonly name: string;
  readonly byDefault: readonly Token[] | undefined;
  /** Class that its type is nested in. */
  readonly nested: string | undefined;
}

const UNTIL_NEXT = new Set([',', '']);

const isKnown = (name: string, context: Context): boolean =>
  context.symbols.types.has(name.replace(/<.*/, '')) || /^(ENUM_|Mql)/.test(name);

const parameter = (cursor: Cursor, context: Context): Parameter | undefined => {
  const type = parseType(cursor, context.symbols);
  if (!type) return undefined;
  const pointer = cursor.accept('*') !== undefined;
  const reference = cursor.accept('&') !== undefined;
  const name = cursor.peek().kind === 'name' ? cursor.next() : undefined;
  // `CFoo foo(limit);` declares a variable: an unknown word alone is no parameter.
  if (!name && !isKnown(type.name, context)) return undefined;
  const sizes = dimensions(cursor, context);
  const byDefault = cursor.accept('=') ? expression(cursor, context, UNTIL_NEXT) : undefined;
  const base = { name: name ? cppName(name.text) : '', byDefault, nested: type.nested };
  if (sizes.length === 0) return { ...base, type: `${cppType(type, pointer)}${reference ? ' &' : ''}` };
  if (!reference) throw new SourceError(type.at, 'arrays are passed by reference only');
  const constant = type.constant && !pointer;
  const element = cppType({ ...type, constant: type.constant && pointer }, pointer);
  const inner = arrayType(element, sizes.slice(1));
  return { ...base, type: `${constant ? 'const ' : ''}mql_array<${inner}> &` };
};

/** Reads what stands between a function's brackets; undefined when these are arguments, not parameters. */
export const parameters = (tokens: readonly Token[], context: Context): Parameter[] | undefined => {
  if (tokens.length === 0 || (tokens.length === 1 && tokens[0]!.text === 'void')) return [];
  const cursor = new Cursor(tokens);
  const all: Parameter[] = [];
  do {
    const found = parameter(cursor, context);
    if (!found) return undefined;
    all.push(found);
  } while (cursor.accept(','));
  return cursor.done ? all : undefined;
};
