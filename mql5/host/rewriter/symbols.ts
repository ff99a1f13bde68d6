import type { Token } from './token.js';

/** Names of a program that decide how other words are read; collected before anything is rewritten. */
export interface Symbols {
  /** Classes and interfaces. */
  readonly classes: ReadonlySet<string>;
  /** Anything that names a type: classes, structs, unions, enums, typedefs, parameters of templates. */
  readonly types: ReadonlySet<string>;
  /** Names of the parameters of each class template. */
  readonly templates: ReadonlyMap<string, readonly string[]>;
}

const BUILT_IN_TYPES =
  'void bool char uchar short ushort int uint long ulong float double string datetime color'.split(' ');

export const isBuiltInType = (name: string): boolean => BUILT_IN_TYPES.includes(name);

const INTRODUCERS = new Set(['class', 'struct', 'interface', 'union', 'enum', 'typename']);

// `template <typename T, typename U> class CMap`
const collectTemplates = (tokens: readonly Token[]): Map<string, readonly string[]> => {
  const templates = new Map<string, readonly string[]>();
  tokens.forEach((token, i) => {
    if (token.text !== 'template') return;
    const end = tokens.findIndex((each, k) => k > i && each.text === '>');
    const name = tokens[end + 2];
    if (!INTRODUCERS.has(tokens[end + 1]?.text ?? '') || name === undefined) return;
    const names = tokens.slice(i, end).filter((_, k, all) => all[k - 1]?.text === 'typename');
    templates.set(
      name.text,
      names.map((each) => each.text),
    );
  });
  return templates;
};

/** Finds what the program declares as a type, wherever it stands. */
export const collectSymbols = (tokens: readonly Token[]): Symbols => {
  const classes = new Set<string>();
  const types = new Set<string>(BUILT_IN_TYPES);
  tokens.forEach((token, i) => {
    if (token.kind !== 'name' || !INTRODUCERS.has(token.text)) return;
    // `struct X pack(4)` and `struct pack(4) X` are both written.
    const next = tokens[i + 1]?.text === 'pack' ? tokens[i + 5] : tokens[i + 1];
    if (next?.kind !== 'name') return;
    types.add(next.text);
    if (token.text === 'class' || token.text === 'interface') classes.add(next.text);
  });
  tokens.forEach((token, i) => {
    // typedef int (*TCompare)(int, int);
    if (token.text !== 'typedef') return;
    for (let k = i + 1; k < tokens.length && tokens[k]!.text !== ';'; k++)
      if (tokens[k]!.text === '*' && tokens[k - 1]?.text === '(') types.add(tokens[k + 1]!.text);
  });
  return { classes, types, templates: collectTemplates(tokens) };
};
