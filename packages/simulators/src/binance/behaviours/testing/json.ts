/** What an answer or a message holds. */
export type Json = null | boolean | number | string | readonly Json[] | { readonly [name: string]: Json };

const isRecord = (json: Json | undefined): json is { readonly [name: string]: Json } =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

/** The value at a path such as `orders.0.symbol`; undefined where there is none. */
export function at(json: Json | undefined, path: string): Json | undefined {
  let here = json;
  for (const step of path.split('.')) {
    if (Array.isArray(here)) here = here[Number(step)];
    else here = isRecord(here) ? here[step] : undefined;
  }
  return here;
}

/** Some of an object's fields, as they are. */
export const pick = (json: Json | undefined, ...names: readonly string[]): Record<string, Json | undefined> =>
  Object.fromEntries(names.map((name) => [name, at(json, name)]));

/** The names of an object's fields, sorted and set apart by blanks. */
export const fields = (json: Json | undefined): string =>
  isRecord(json) ? Object.keys(json).sort().join(' ') : `no object: ${JSON.stringify(json)}`;

/** A list of names as {@link fields} would give them. */
export const named = (names: string): string => names.trim().split(/\s+/).sort().join(' ');

/** The elements of a list. */
export const list = (json: Json | undefined): readonly Json[] => (Array.isArray(json) ? json : []);
