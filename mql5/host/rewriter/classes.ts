import type { Context } from './context.js';
import type { Cursor } from './cursor.js';
import { declaration } from './declarations.js';
import { enumeration } from './enums.js';
import { functionBody, functionHead, headPieces, outsidePieces } from './functions.js';
import { cppName } from './names.js';
import { SourceError } from './problem.js';
import { templatePrefix } from './templates.js';
import type { Token } from './token.js';
import { raw } from './token.js';
import { parseType } from './types.js';

/** A class, struct, interface or union as C++. */
export interface ClassPieces {
  readonly name: string;
  /** `class CFoo;` */
  readonly forward: string;
  readonly pieces: readonly Token[];
}

type Kind = 'class' | 'struct' | 'interface' | 'union';

const KINDS: readonly string[] = ['class', 'struct', 'interface', 'union'] satisfies Kind[];

/** Whether a class of any kind begins here. */
export const atClass = (cursor: Cursor): boolean => KINDS.some((kind) => cursor.is(kind));

const method = (cursor: Cursor, context: Context, kind: Kind): Token[] | undefined => {
  const head = functionHead(cursor, context);
  if (!head) return undefined;
  const virtual = head.virtual || kind === 'interface';
  const pieces = headPieces(
    { ...head, virtual },
    head.parameters.map((each) => each.byDefault),
  );
  if (cursor.is('{') || cursor.is(':')) {
    const body = functionBody(cursor, context, head);
    if (!context.bodies) return [...pieces, ...body];
    for (const piece of [...outsidePieces(head, context.path), ...body]) context.bodies.push(piece);
    return [...pieces, raw(';', head.at)];
  }
  const pure = cursor.accept('=');
  if (pure) {
    const zero = cursor.next();
    if (zero.text !== '0' && zero.text !== 'NULL') throw new SourceError(zero.at, "'0' expected");
  }
  const end = cursor.expect(';');
  return [...pieces, raw(pure || kind === 'interface' ? '= 0;' : ';', end.at)];
};

const member = (cursor: Cursor, context: Context, kind: Kind): Token[] => {
  const token = cursor.peek();
  if (['public', 'private', 'protected'].includes(token.text) && cursor.is(':', 1))
    return [raw(`${cursor.next().text}${cursor.next().text}`, token.at)];
  if (cursor.accept(';')) return [];
  if (cursor.is('enum') && (cursor.is('{', 1) || cursor.is('{', 2)))
    return [...enumeration(cursor, context, 'class').pieces];
  if (cursor.is('template')) {
    const prefix = templatePrefix(cursor);
    return [raw(prefix, token.at), ...member(cursor, { ...context, bodies: undefined }, kind)];
  }
  if (atClass(cursor)) {
    const inner = cursor.attempt(() => classDefinition(cursor, context, ''));
    if (inner) return [...inner.pieces];
  }
  const found =
    method(cursor, context, kind) ??
    cursor.attempt(() => declaration(cursor, context, kind === 'union' ? 'union' : 'member')?.pieces.slice());
  if (found) return found;
  throw new SourceError(token.at, `'${token.text}' - unexpected token in '${context.className}'`);
};

const base = (cursor: Cursor, context: Context, kind: Kind): string => {
  if (!cursor.accept(':')) return kind === 'class' || kind === 'interface' ? ' : public mql_object' : '';
  const access = ['public', 'private', 'protected'].find((word) => cursor.accept(word)) ?? 'public';
  const type = parseType(cursor, context.symbols);
  if (!type) throw new SourceError(cursor.peek().at, 'name of a class expected');
  return ` : ${access} ${type.name}`;
};

const skipPack = (cursor: Cursor): void => {
  if (!cursor.is('pack')) return;
  cursor.next();
  if (cursor.is('(')) cursor.inside();
};

/**
 * Reads a class with its body, or a forward declaration of one.
 * @param template - `template <typename T>` that stood before it, or ''
 */
export const classDefinition = (cursor: Cursor, context: Context, template: string): ClassPieces => {
  const word = cursor.next();
  const kind = word.text as Kind;
  const cppKind = kind === 'interface' ? 'class' : kind;
  skipPack(cursor);
  const name = cppName(cursor.name().text);
  skipPack(cursor);
  const prefix = template === '' ? '' : `${template} `;
  const forward = `${prefix}${cppKind} ${name};`;
  if (cursor.accept(';')) return { name, forward, pieces: [] };
  const final = cursor.accept('final') ? ' final' : '';
  const bases = base(cursor, context, kind);
  const open = cursor.expect('{');
  const inner: Context = {
    ...context,
    className: name,
    path: context.path === '' ? name : `${context.path}::${name}`,
    bodies: template === '' ? context.bodies : undefined,
  };
  // a.b becomes a->b everywhere, so that objects and pointers to them read alike: each object points at itself.
  const arrow = `public: ${name} *operator->() { return this; } const ${name} *operator->() const { return this; }`;
  const access = kind === 'class' ? ' private:' : '';
  const pieces: Token[] = [
    raw(`${prefix}${cppKind} ${name}${final}${bases}`, word.at),
    raw(`{ ${arrow}${access}`, open.at),
  ];
  while (!cursor.is('}')) {
    if (cursor.done) throw new SourceError(open.at, "'{' is never closed");
    pieces.push(...member(cursor, inner, kind));
  }
  const close = cursor.next();
  // `struct X { … } x;` declares a variable as well.
  const variable = cursor.peek().kind === 'name' ? cursor.name() : undefined;
  cursor.expect(';');
  pieces.push(raw(variable ? `} ${cppName(variable.text)};` : '};', close.at));
  return { name, forward, pieces };
};
