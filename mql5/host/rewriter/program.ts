import { atClass, classDefinition } from './classes.js';
import type { Context } from './context.js';
import type { Cursor } from './cursor.js';
import { declaration } from './declarations.js';
import { enumeration } from './enums.js';
import { expression } from './expressions.js';
import { type FunctionHead, functionBody, functionHead, headPieces } from './functions.js';
import { importStub } from './imports.js';
import { cppName } from './names.js';
import { SourceError } from './problem.js';
import { type FreeFunction, type Item, withPrototypes } from './prototypes.js';
import { templatePrefix } from './templates.js';
import type { Token } from './token.js';
import { raw } from './token.js';

/** A program, or a namespace of it, as C++. */
export interface Scope {
  readonly pieces: readonly Token[];
  readonly functions: readonly FreeFunction[];
}

const UNTIL_SEMICOLON = new Set([';']);

class ScopeReader {
  // Types first: functions further up may mention them.
  readonly #forwards: Token[] = [];
  readonly #enums: Token[] = [];
  readonly #typedefs: Token[] = [];
  readonly #items: Item[] = [];
  // Last, since they may use all that is declared anywhere.
  readonly #bodies: Token[] = [];
  readonly #variables = new Set<string>();
  readonly functions: FreeFunction[] = [];
  readonly #cursor: Cursor;
  readonly #context: Context;
  #dll = '';

  constructor(cursor: Cursor, context: Context) {
    this.#cursor = cursor;
    this.#context = { ...context, bodies: this.#bodies };
  }

  pieces(): Token[] {
    return [
      ...this.#forwards,
      ...this.#enums,
      ...this.#typedefs,
      ...withPrototypes(this.#items, this.functions),
      ...this.#bodies,
    ];
  }

  read(): void {
    const cursor = this.#cursor;
    const token = cursor.peek();
    if (token.kind === 'import') {
      cursor.next();
      this.#dll = token.text;
    } else if (cursor.accept(';')) {
      // An empty declaration, as after the brace of a function.
    } else if (cursor.is('enum') && (cursor.is('{', 1) || cursor.is('{', 2))) this.#enum();
    else if (cursor.is('typedef')) this.#typedef();
    else if (cursor.is('namespace')) this.#namespace();
    else if (cursor.is('using')) this.#add(this.#untilSemicolon());
    else if (cursor.is('input') && cursor.is('group', 1) && cursor.peek(2).kind === 'string') {
      cursor.index += 3;
      cursor.accept(';');
    } else if (cursor.is('template')) {
      const prefix = templatePrefix(cursor);
      this.#define(prefix, token);
    } else this.#define('', token);
  }

  #add(pieces: readonly Token[], declares: readonly string[] = []): void {
    this.#items.push({ pieces, declares });
  }

  #define(template: string, token: Token): void {
    const cursor = this.#cursor;
    const context = this.#context;
    if (atClass(cursor)) {
      const { name, forward, pieces } = classDefinition(cursor, context, template);
      this.#forwards.push(raw(forward, token.at));
      this.#add(pieces, [name]);
      return;
    }
    const read = functionHead(cursor, context);
    if (read) {
      const head = template === '' ? read : this.#ofTemplate(read);
      if (this.#dll !== '') this.#add(importStub(head, this.#dll, cursor.expect(';')));
      else if (cursor.accept(';')) this.functions.push({ head, template, defined: false });
      else {
        // Outside its class a method repeats no defaults; a free function gave them to its prototype.
        const pieces = [...headPieces(head, []), ...functionBody(cursor, context, head)];
        this.#bodies.push(...(template === '' ? [] : [raw(template, token.at)]), ...pieces);
        const free = head.qualifier === '' && !head.name.startsWith('operator');
        if (free) this.functions.push({ head, template, defined: true });
      }
      return;
    }
    const declared = cursor.attempt(() => declaration(cursor, context, 'global'));
    if (!declared) throw new SourceError(token.at, `'${token.text}' - declaration expected`);
    for (const name of declared.names) this.#variables.add(name);
    this.#add(
      template === '' ? declared.pieces : [raw(template, token.at), ...declared.pieces],
      declared.names,
    );
  }

  // MQL5 writes `template<typename T> int CList::Total()`, C++ wants to read CList<T>::Total.
  #ofTemplate(head: FunctionHead): FunctionHead {
    const names = this.#context.symbols.templates.get(head.qualifier);
    return names ? { ...head, qualifier: `${head.qualifier}<${names.join(', ')}>` } : head;
  }

  #enum(): void {
    const { pieces, uses } = enumeration(this.#cursor, this.#context, 'global');
    if ([...uses].some((name) => this.#variables.has(name))) this.#add(pieces);
    else this.#enums.push(...pieces);
  }

  #untilSemicolon(): Token[] {
    return [
      ...expression(this.#cursor, this.#context, UNTIL_SEMICOLON),
      { ...this.#cursor.expect(';'), kind: 'raw' },
    ];
  }

  #typedef(): void {
    const word = this.#cursor.next();
    this.#typedefs.push(raw('typedef', word.at), ...this.#untilSemicolon());
  }

  #namespace(): void {
    const cursor = this.#cursor;
    const word = cursor.next();
    const name = cppName(cursor.name().text);
    cursor.expect('{');
    const inner = new ScopeReader(cursor, this.#context);
    while (!cursor.is('}')) inner.read();
    const close = cursor.next();
    this.#add([raw(`namespace ${name} {`, word.at), ...inner.pieces(), raw('}', close.at)]);
  }
}

/** Rewrites all declarations of a program. */
export const programScope = (cursor: Cursor, context: Context): Scope => {
  const reader = new ScopeReader(cursor, context);
  while (!cursor.done) reader.read();
  return { pieces: reader.pieces(), functions: reader.functions };
};
