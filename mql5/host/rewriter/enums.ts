import type { Context } from './context.js';
import { Cursor, splitAtCommas } from './cursor.js';
import { wholeExpression } from './expressions.js';
import { cppName } from './names.js';
import { SourceError } from './problem.js';
import type { Token } from './token.js';
import { raw } from './token.js';

/** An enumeration as C++, with its EnumToString. */
export interface EnumPieces {
  readonly name: string | undefined;
  readonly pieces: readonly Token[];
  /** Names that its values are computed from. */
  readonly uses: ReadonlySet<string>;
}

// The runtime asks for the names of an enum by its type: for EnumToString, and for inputs given by name.
const namesFunction = (head: string, name: string, members: readonly string[]): string => {
  const rows = members.map((member) => `{u"${member}", ${member}}`).join(', ');
  return (
    `${head} const mql_enum_table &mql_enum_names(${name}) ` +
    `{ static const mql_enum_table table({${rows}}); return table; }`
  );
};

/**
 * Reads `enum NAME { A, B = 5 };`. Its type is int, as wide as MQL5's.
 * @param inClass - the function that names the members becomes a friend of the class
 */
export const enumeration = (
  cursor: Cursor,
  context: Context,
  place: 'global' | 'class' | 'local',
): EnumPieces => {
  const word = cursor.expect('enum');
  const named = cursor.peek().kind === 'name' ? cursor.next() : undefined;
  const open = cursor.peek();
  if (!cursor.is('{')) throw new SourceError(open.at, `'{' expected, '${open.text}' found`);
  const parts = splitAtCommas(cursor.inside()).filter((part) => part.length > 0);
  const end = cursor.expect(';');
  const members: string[] = [];
  const uses = new Set<string>();
  const pieces: Token[] = [raw(`enum ${named ? `${cppName(named.text)} ` : ''}: int {`, word.at)];
  for (const part of parts) {
    const inner = new Cursor(part);
    const member = inner.name();
    for (const token of part.slice(1)) if (token.kind === 'name') uses.add(token.text);
    members.push(cppName(member.text));
    pieces.push(
      raw(cppName(member.text), member.at),
      ...wholeExpression(inner, context),
      raw(',', member.at),
    );
  }
  pieces.push(raw('};', end.at));
  const name = named && cppName(named.text);
  if (name !== undefined && place !== 'local') {
    const head = place === 'class' ? 'friend' : 'inline';
    pieces.push(raw(namesFunction(head, name, members), word.at));
  }
  return { name, pieces, uses };
};
