import { SourceError } from './problem.js';
import type { Position, Token } from './token.js';

const OPEN = new Set(['(', '[', '{']);
const CLOSE = new Set([')', ']', '}']);

/** Walks tokens, and can go back: parsing a declaration is tried before an expression is. */
export class Cursor {
  readonly #tokens: readonly Token[];
  readonly #end: Token;
  index = 0;

  constructor(tokens: readonly Token[]) {
    this.#tokens = tokens;
    const at: Position = tokens.at(-1)?.at ?? { file: '', line: 1, column: 1 };
    this.#end = { kind: 'end', text: '', at, spaced: true, first: true };
  }

  peek(ahead = 0): Token {
    return this.#tokens[this.index + ahead] ?? this.#end;
  }

  next(): Token {
    const token = this.peek();
    if (token.kind === 'end') throw new SourceError(token.at, 'unexpected end of program', false);
    this.index++;
    return token;
  }

  get done(): boolean {
    return this.peek().kind === 'end';
  }

  is(text: string, ahead = 0): boolean {
    const token = this.peek(ahead);
    return token.text === text && (token.kind === 'operator' || token.kind === 'name');
  }

  accept(text: string): Token | undefined {
    return this.is(text) ? this.next() : undefined;
  }

  expect(text: string): Token {
    const found = this.accept(text);
    if (found) return found;
    const token = this.peek();
    throw new SourceError(token.at, `'${text}' expected, '${token.text}' found`, false);
  }

  name(): Token {
    const token = this.peek();
    if (token.kind !== 'name') throw new SourceError(token.at, `name expected, '${token.text}' found`, false);
    return this.next();
  }

  /** The tokens between an opening bracket, which is next, and its partner; both are passed. */
  inside(): Token[] {
    const open = this.next();
    const tokens: Token[] = [];
    let depth = 1;
    for (;;) {
      if (this.done) throw new SourceError(open.at, `'${open.text}' is never closed`);
      const token = this.next();
      if (token.kind === 'operator' && OPEN.has(token.text)) depth++;
      if (token.kind === 'operator' && CLOSE.has(token.text) && --depth === 0) return tokens;
      tokens.push(token);
    }
  }

  /** What `read` finds; where it finds nothing, the cursor stays where it was. */
  attempt<T>(read: () => T | undefined): T | undefined {
    const index = this.index;
    try {
      const found = read();
      if (found !== undefined) return found;
    } catch (error) {
      if (!(error instanceof SourceError) || error.decisive) throw error;
    }
    this.index = index;
    return undefined;
  }
}

/** Parts of a list between brackets, split at commas that stand in no inner bracket. */
export const splitAtCommas = (tokens: readonly Token[]): Token[][] => {
  const parts: Token[][] = [[]];
  let depth = 0;
  for (const token of tokens) {
    if (token.kind === 'operator' && OPEN.has(token.text)) depth++;
    if (token.kind === 'operator' && CLOSE.has(token.text)) depth--;
    if (depth === 0 && token.kind === 'operator' && token.text === ',') parts.push([]);
    else parts.at(-1)!.push(token);
  }
  return parts.length === 1 && parts[0]!.length === 0 ? [] : parts;
};
