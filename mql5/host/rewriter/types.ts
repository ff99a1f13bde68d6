import type { Cursor } from './cursor.js';
import { cppName, NOT_A_TYPE } from './names.js';
import type { Symbols } from './symbols.js';
import { isBuiltInType } from './symbols.js';
import type { Position } from './token.js';

/** A type without its array brackets, which MQL5 writes behind the name. */
export interface TypeName {
  readonly at: Position;
  readonly constant: boolean;
  /** C++ of the bare name: `int`, `CList<int>`, `CFoo::EState`. */
  readonly name: string;
  /** Names of classes and enums of the program inside it, for the order of prototypes. */
  readonly nested: string | undefined;
}

/** C++ of a type, or of a pointer to its objects. */
export const cppType = (type: TypeName, pointer: boolean): string => {
  const name = type.constant ? `const ${type.name}` : type.name;
  return pointer ? `mql_pointer<${name}>` : name;
};

/** C++ of a variable's type with its dimensions; an empty dimension is a dynamic array. */
export const arrayType = (element: string, dimensions: readonly string[]): string =>
  dimensions.reduceRight(
    (inner, size) => (size === '' ? `mql_array<${inner}>` : `mql_fixed<${inner}, ${size}>`),
    element,
  );

/** Reads `<int, CFoo *>` as C++; undefined where it is none. */
export const templateArguments = (cursor: Cursor, symbols: Symbols): string | undefined => {
  if (!cursor.accept('<')) return undefined;
  const parts: string[] = [];
  do {
    const number = cursor.peek();
    if (number.kind === 'number') {
      parts.push(cursor.next().text);
      continue;
    }
    const type = parseType(cursor, symbols);
    if (!type) return undefined;
    parts.push(cppType(type, cursor.accept('*') !== undefined));
  } while (cursor.accept(','));
  return cursor.accept('>') ? `<${parts.join(', ')}>` : undefined;
};

/**
 * Reads a type up to a `*`, `&` or name, which are left to the caller.
 * @returns undefined where no type can begin; the cursor may have moved
 */
export const parseType = (cursor: Cursor, symbols: Symbols): TypeName | undefined => {
  const at = cursor.peek().at;
  let constant = cursor.accept('const') !== undefined;
  // `struct tm x` and `enum E x` are taken as C++ does.
  if (['class', 'struct', 'enum', 'union'].some((word) => cursor.is(word))) cursor.next();
  const first = cursor.peek();
  if (first.kind !== 'name' || NOT_A_TYPE.has(first.text)) return undefined;
  let name = cppName(cursor.next().text);
  let nested: string | undefined;
  for (;;) {
    if (cursor.is('<') && !isBuiltInType(first.text)) {
      const list = cursor.attempt(() => templateArguments(cursor, symbols));
      if (list !== undefined) name += list;
    }
    if (!cursor.is('::') || cursor.peek(1).kind !== 'name') break;
    nested = first.text;
    cursor.next();
    name += `::${cppName(cursor.next().text)}`;
  }
  if (cursor.accept('const')) constant = true;
  return { at, constant, name, nested };
};
