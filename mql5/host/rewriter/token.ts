/** Where something stands in a source file: lines and columns count from 1. */
export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** What a token is. `raw` is generated C++ that nothing looks into again; `import` marks the DLL of an #import. */
export type TokenKind =
  | 'name'
  | 'number'
  | 'string'
  | 'char'
  | 'date'
  | 'color'
  | 'binary'
  | 'operator'
  | 'path'
  | 'import'
  | 'raw'
  | 'end';

/** One word of MQL5, or one piece of the C++ that is made of it: both keep the line that they came from. */
export interface Token {
  readonly kind: TokenKind;
  readonly text: string;
  readonly at: Position;
  /** White space stood before it. */
  readonly spaced: boolean;
  /** It is the first of its logical line (a backslash at the end joins lines), where directives begin. */
  readonly first: boolean;
}

/** A piece of generated C++ that is blamed on `at`. */
export const raw = (text: string, at: Position): Token => ({
  kind: 'raw',
  text,
  at,
  spaced: true,
  first: false,
});

/** The text of tokens on one line, spaced as in their source. */
export const textOf = (tokens: readonly Token[]): string =>
  tokens
    .map((token) => (token.spaced ? ` ${token.text}` : token.text))
    .join('')
    .trim();
