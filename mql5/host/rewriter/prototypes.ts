import { type FunctionHead, headPieces, overload } from './functions.js';
import { SourceError } from './problem.js';
import type { Token } from './token.js';
import { raw } from './token.js';

/** A free function of the program. */
export interface FreeFunction {
  readonly head: FunctionHead;
  readonly template: string;
  /** False for a prototype that the program itself wrote. */
  readonly defined: boolean;
}

/** A part of a program that stays where it was written. */
export interface Item {
  readonly pieces: readonly Token[];
  /** Variables and classes that exist after it. */
  readonly declares: readonly string[];
}

type Defaults = readonly (readonly Token[] | undefined)[];

// The first of several declarations that gives a parameter its default decides, as C++ allows it only once.
const mergedDefaults = (all: readonly FreeFunction[]): Defaults =>
  all[0]!.head.parameters.map((_, i) =>
    all.map(({ head }) => head.parameters[i]?.byDefault).find((value) => value !== undefined),
  );

/**
 * MQL5 calls functions that stand further below; C++ wants to hear of them before. Each prototype goes to the begin
 * of the program, or, where it mentions a variable or a nested type, right after these.
 * @returns the items with the prototypes between them
 */
export const withPrototypes = (items: readonly Item[], functions: readonly FreeFunction[]): Token[] => {
  const groups = new Map<string, FreeFunction[]>();
  for (const each of functions) {
    const key = overload(each.head);
    groups.set(key, [...(groups.get(key) ?? []), each]);
  }
  const declaredAt = new Map<string, number>();
  items.forEach((item, i) => {
    for (const name of item.declares) if (!declaredAt.has(name)) declaredAt.set(name, i);
  });
  const before = Array.from({ length: items.length + 1 }, (): Token[] => []);
  for (const group of groups.values()) {
    const { head, template } = group[0]!;
    if (!group.some((each) => each.defined))
      throw new SourceError(head.at, `function '${head.name}' must have a body`);
    const defaults = mergedDefaults(group);
    const words = defaults.flatMap((value) => (value ?? []).map((token) => token.text));
    const after = [...head.nested, ...words].map((name) => (declaredAt.get(name) ?? -1) + 1);
    const place = Math.max(0, ...after);
    const prototype = [
      ...(template === '' ? [] : [raw(template, head.at)]),
      ...headPieces(head, defaults),
      raw(';', head.at),
    ];
    before[place]!.push(...prototype);
  }
  return before.flatMap((prototypes, i) => [...prototypes, ...(items[i]?.pieces ?? [])]);
};
