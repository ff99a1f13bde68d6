import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { includedFile } from './include-path.js';
import { lex } from './lexer.js';
import { expandMacros, type Macro, parseMacro } from './macros.js';
import { SourceError } from './problem.js';
import { decodeSource } from './source-file.js';
import type { Position, Token } from './token.js';

/** A source file as it was read. */
export interface SourceFile {
  readonly path: string;
  readonly tokens: readonly Token[];
  /** Its first bytes say how it is encoded. */
  readonly marked: boolean;
}

/** A program after its preprocessor: one stream of tokens, and where it came from. */
export interface Preprocessed {
  readonly tokens: readonly Token[];
  /** Every file that went into it, the program itself first. */
  readonly files: readonly SourceFile[];
  /** What `#property` said, by name. */
  readonly properties: ReadonlyMap<string, string>;
  readonly macros: ReadonlyMap<string, Macro>;
}

const BUILD = '5200';
const PREDEFINED: readonly (readonly [string, string])[] = [
  ['__MQL__', '1'],
  ['__MQL5__', '1'],
  ['__MQLBUILD__', BUILD],
  ['__MQL5BUILD__', BUILD],
  ['_RELEASE', '1'],
];

class Preprocessor {
  readonly files: SourceFile[] = [];
  readonly properties = new Map<string, string>();
  readonly macros = new Map<string, Macro>();
  readonly out: Token[] = [];
  readonly #folders: readonly string[];
  readonly #seen = new Set<string>();
  // One entry for each open #ifdef: whether its lines count, and whether an #else was passed.
  readonly #conditions: { active: boolean; elsed: boolean; at: Position }[] = [];

  constructor(folders: readonly string[]) {
    this.#folders = folders;
    for (const [name, value] of PREDEFINED)
      this.macros.set(name, { name, parameters: undefined, body: lex(value, name) });
  }

  file(path: string): void {
    if (this.#seen.has(path)) return;
    this.#seen.add(path);
    const { text, marked } = decodeSource(readFileSync(path));
    const tokens = lex(text, path);
    this.files.push({ path, tokens, marked });
    const depth = this.#conditions.length;
    let plain: Token[] = [];
    for (let i = 0; i < tokens.length; ) {
      const token = tokens[i]!;
      if (token.text !== '#' || !token.first) {
        if (this.#active) plain.push(token);
        i++;
        continue;
      }
      // Calls of macros may stretch over lines, so what lies between two directives is expanded as one.
      this.#emit(plain);
      plain = [];
      const start = ++i;
      while (i < tokens.length && !tokens[i]!.first) i++;
      // A description may go on in texts on lines of their own.
      if (tokens[start]?.text === 'property') while (tokens[i]?.kind === 'string') i++;
      this.#directive(tokens.slice(start, i), path, token.at);
    }
    this.#emit(plain);
    const open = this.#conditions[depth];
    if (open) throw new SourceError(open.at, 'no #endif for this condition');
  }

  // One by one: a library has more tokens than a call can have arguments.
  #emit(plain: readonly Token[]): void {
    for (const token of expandMacros(plain, this.macros)) this.out.push(token);
  }

  get #active(): boolean {
    return this.#conditions.every((condition) => condition.active);
  }

  #directive(tokens: readonly Token[], path: string, at: Position): void {
    const [word, ...rest] = tokens;
    const name = rest[0]?.text;
    switch (word?.text) {
      case 'ifdef':
      case 'ifndef': {
        if (name === undefined) throw new SourceError(at, `#${word.text} needs a name`);
        this.#conditions.push({
          active: this.macros.has(name) === (word.text === 'ifdef'),
          elsed: false,
          at,
        });
        return;
      }
      case 'else': {
        const condition = this.#conditions.at(-1);
        if (!condition || condition.elsed) throw new SourceError(at, '#else without #ifdef');
        condition.active = !condition.active;
        condition.elsed = true;
        return;
      }
      case 'endif':
        if (!this.#conditions.pop()) throw new SourceError(at, '#endif without #ifdef');
        return;
    }
    if (!this.#active) return;
    switch (word?.text) {
      case 'define': {
        const macro = parseMacro(rest);
        this.macros.set(macro.name, macro);
        return;
      }
      case 'undef':
        if (name !== undefined) this.macros.delete(name);
        return;
      case 'include': {
        const found = name === undefined ? undefined : includedFile(name, path, this.#folders);
        if (found === undefined) throw new SourceError(at, `file ${name ?? ''} not found`);
        this.file(found);
        return;
      }
      case 'property':
        if (name !== undefined && !this.properties.has(name)) this.properties.set(name, rest[1]?.text ?? '');
        return;
      case 'import':
        this.out.push({ kind: 'import', text: name ?? '', at, spaced: true, first: true });
        return;
      case 'resource':
        return;
      default:
        throw new SourceError(at, `MQL5 has no directive '#${word?.text ?? ''}'`);
    }
  }
}

/**
 * Reads a program with all that it includes.
 * @param path - the .mq5 file
 * @param folders - Include folders for `#include <…>`
 * @throws SourceError at the first thing that does not fit
 */
export const preprocess = (path: string, folders: readonly string[]): Preprocessed => {
  const preprocessor = new Preprocessor(folders);
  preprocessor.file(resolve(path));
  const { out, files, properties, macros } = preprocessor;
  return { tokens: out, files, properties, macros };
};
