import type { Context } from './context.js';
import { Cursor } from './cursor.js';
import { expression, wholeExpression } from './expressions.js';
import { cppName } from './names.js';
import type { Token } from './token.js';
import { raw, textOf } from './token.js';
import { arrayType, cppType, parseType, type TypeName } from './types.js';

/** Where variables are declared: C++ allows less in a union. */
export type Place = 'global' | 'member' | 'union' | 'local';

/** Variables as C++ declares them. */
export interface Declaration {
  readonly pieces: readonly Token[];
  readonly names: readonly string[];
}

interface Declarator {
  readonly at: Token['at'];
  readonly type: string;
  readonly name: string;
  readonly rest: readonly Token[];
}

const AFTER_NAME = new Set(['=', ';', ',', '[', '(']);
const STOPS = new Set([',', ';']);
const STORAGE = new Set(['static', 'input', 'sinput', 'extern', 'const']);

/** Sizes in the brackets behind a name, as C++; '' for an empty one. */
export const dimensions = (cursor: Cursor, context: Context): string[] => {
  const sizes: string[] = [];
  while (cursor.is('[')) sizes.push(textOf(wholeExpression(new Cursor(cursor.inside()), context)));
  return sizes;
};

// In a union only what needs no constructor may stand.
const unionType = (element: string, sizes: readonly string[]): string =>
  sizes.reduceRight((inner, size) => `mql_plain<${inner}, ${size}>`, element);

const variableType = (type: TypeName, pointer: boolean, sizes: readonly string[], place: Place): string => {
  if (sizes.length === 0) return cppType(type, pointer);
  const constant = type.constant && !pointer;
  const element = cppType(constant ? { ...type, constant: false } : type, pointer);
  const array = place === 'union' ? unionType(element, sizes) : arrayType(element, sizes);
  return constant ? `const ${array}` : array;
};

// `= {0}` fills with zeros; in C++ only `= {}` does so for every type.
const isZeroFill = (tokens: readonly Token[]): boolean =>
  tokens.map((token) => token.text).join('') === '={0}';

const declarator = (
  cursor: Cursor,
  context: Context,
  type: TypeName,
  place: Place,
): Declarator | undefined => {
  const pointer = cursor.accept('*') !== undefined;
  // Said once more behind a comma, as MetaQuotes does.
  cursor.accept('const');
  if (cursor.peek().kind !== 'name') return undefined;
  const { at, text } = cursor.next();
  let name = cppName(text);
  const template = cursor.is('::') ? context.symbols.templates.get(text) : undefined;
  if (template) name += `<${template.join(', ')}>`;
  while (cursor.is('::')) {
    cursor.next();
    name += `::${cppName(cursor.name().text)}`;
  }
  if (!AFTER_NAME.has(cursor.peek().text)) return undefined;
  const sizes = dimensions(cursor, context);
  const rest = expression(cursor, context, STOPS);
  const zero = isZeroFill(rest) && !sizes.includes('');
  // `CFoo foo();` is an object in MQL5 and a function in C++.
  const empty = rest.length === 2 && rest[0]!.text === '(' && rest[1]!.text === ')';
  return {
    at,
    type: variableType(type, pointer, sizes, place),
    name,
    rest: zero ? [raw('= {}', rest[0]!.at)] : empty ? [] : rest,
  };
};

const inputPieces = ({ at, type, name, rest }: Declarator): Token[] => [
  raw(`const ${type} ${name} = mql_input<${type}>("${name}",`, at),
  ...(rest.length > 0 ? [raw('(', at), ...rest.slice(1), raw(')', at)] : [raw(`${type}()`, at)]),
  raw(');', at),
];

const statementPieces = (storage: string, declarators: readonly Declarator[]): Token[] => {
  const same = declarators.every((each) => each.type === declarators[0]!.type);
  return declarators.flatMap(({ at, type, name, rest }, i) => {
    const last = i === declarators.length - 1;
    const head = same && i > 0 ? name : `${storage}${type} ${name}`;
    return [raw(head, at), ...rest, raw(same && !last ? ',' : ';', rest.at(-1)?.at ?? at)];
  });
};

/**
 * Reads `static const double limits[2][3] = {…}, other;` with its semicolon.
 * @returns undefined where the statement is no declaration; the cursor may have moved
 */
export const declaration = (cursor: Cursor, context: Context, place: Place): Declaration | undefined => {
  const words = new Set<string>();
  while (STORAGE.has(cursor.peek().text)) words.add(cursor.next().text);
  const written = parseType(cursor, context.symbols);
  if (!written) return undefined;
  const type = { ...written, constant: written.constant || words.has('const') };
  const declarators: Declarator[] = [];
  do {
    const found = declarator(cursor, context, type, place);
    if (!found) return undefined;
    declarators.push(found);
  } while (cursor.accept(','));
  cursor.expect(';');
  const names = declarators.map((each) => each.name);
  if (words.has('input') || words.has('sinput')) return { pieces: declarators.flatMap(inputPieces), names };
  // A static member is defined outside its class: C++ forbids the word there.
  const storage = words.has('static') && !names.some((name) => name.includes('::')) ? 'static ' : '';
  return { pieces: statementPieces(storage, declarators), names };
};
