import { classDefinition } from './classes.js';
import type { Context } from './context.js';
import { Cursor } from './cursor.js';
import { declaration } from './declarations.js';
import { enumeration } from './enums.js';
import { expression, wholeExpression } from './expressions.js';
import { SourceError } from './problem.js';
import type { Token } from './token.js';
import { raw } from './token.js';

const UNTIL_SEMICOLON = new Set([';']);
const UNTIL_COLON = new Set([':']);

const asIs = (token: Token): Token => ({ ...token, kind: 'raw' });

// (condition) of if, while and switch.
const condition = (cursor: Cursor, context: Context): Token[] => {
  const open = cursor.peek();
  if (!cursor.is('(')) throw new SourceError(open.at, `'(' expected, '${open.text}' found`);
  const inner = wholeExpression(new Cursor(cursor.inside()), context);
  return [raw('(', open.at), ...inner, raw(')', inner.at(-1)?.at ?? open.at)];
};

const simple = (cursor: Cursor, context: Context): Token[] => [
  ...expression(cursor, context, UNTIL_SEMICOLON),
  asIs(cursor.expect(';')),
];

const forLoop = (cursor: Cursor, context: Context): Token[] => {
  const word = asIs(cursor.next());
  const open = asIs(cursor.peek());
  if (!cursor.is('(')) throw new SourceError(open.at, `'(' expected, '${open.text}' found`);
  const inner = new Cursor(cursor.inside());
  const start =
    inner.attempt(() => declaration(inner, context, 'local')?.pieces.slice()) ?? simple(inner, context);
  const test = simple(inner, context);
  const step = wholeExpression(inner, context);
  const close = raw(')', step.at(-1)?.at ?? test.at(-1)!.at);
  return [word, open, ...start, ...test, ...step, close, ...statement(cursor, context)];
};

// delete takes what stands before the semicolon; the runtime must see the pointer itself.
const deletion = (cursor: Cursor, context: Context): Token[] => {
  const word = cursor.next();
  const target = expression(cursor, context, UNTIL_SEMICOLON);
  const end = cursor.expect(';');
  return [raw('mql_delete(', word.at), ...target, raw(');', end.at)];
};

/** Rewrites one statement, with all that it holds. */
const statement = (cursor: Cursor, context: Context): Token[] => {
  const token = cursor.peek();
  if (token.kind === 'operator') {
    if (token.text === '{') return block(cursor, context);
    return simple(cursor, context);
  }
  switch (token.kind === 'name' ? token.text : '') {
    case 'if': {
      const word = asIs(cursor.next());
      const then = [word, ...condition(cursor, context), ...statement(cursor, context)];
      const otherwise = cursor.accept('else');
      return otherwise ? [...then, asIs(otherwise), ...statement(cursor, context)] : then;
    }
    case 'while':
    case 'switch': {
      const word = asIs(cursor.next());
      return [word, ...condition(cursor, context), ...statement(cursor, context)];
    }
    case 'for':
      return forLoop(cursor, context);
    case 'do': {
      const word = asIs(cursor.next());
      const body = statement(cursor, context);
      const loop = asIs(cursor.expect('while'));
      const test = condition(cursor, context);
      return [word, ...body, loop, ...test, asIs(cursor.expect(';'))];
    }
    case 'case':
    case 'default': {
      const word = asIs(cursor.next());
      return [word, ...expression(cursor, context, UNTIL_COLON), asIs(cursor.expect(':'))];
    }
    case 'break':
    case 'continue':
    case 'return': {
      const word = asIs(cursor.next());
      return [word, ...simple(cursor, context)];
    }
    case 'delete':
      return deletion(cursor, context);
    case 'struct':
    case 'class':
    case 'union': {
      const local = cursor.attempt(() => classDefinition(cursor, context, ''));
      if (local) return [...local.pieces];
      break;
    }
    case 'enum':
      return [...enumeration(cursor, context, 'local').pieces];
  }
  const declared = cursor.attempt(() => declaration(cursor, context, 'local'));
  return declared ? [...declared.pieces] : simple(cursor, context);
};

/** Rewrites a block in braces. */
export const block = (cursor: Cursor, context: Context): Token[] => {
  const out = [asIs(cursor.expect('{'))];
  while (!cursor.is('}')) {
    if (cursor.done) throw new SourceError(out[0]!.at, "'{' is never closed");
    out.push(...statement(cursor, context));
  }
  out.push(asIs(cursor.next()));
  return out;
};
