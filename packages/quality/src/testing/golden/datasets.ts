import { readdirSync, readFileSync } from 'node:fs';
import type { GoldenCheck, Json } from '@mikrobot/golden';

/** One sample of a data set. */
export interface Row {
  /** Its place in the whole data set, from 1. */
  readonly index: number;
  /** The subgroup; one value for individuals and counts. */
  readonly values: readonly number[];
  /** Items inspected, for counts. */
  readonly size: number | undefined;
}

/** What a description such as `"orangejuice trial minus {15,23}; new = rest"` names. */
export interface Dataset {
  readonly name: string;
  /** What limits are made from. */
  readonly phaseOne: readonly Row[];
  /** What is judged by them; empty unless the description names a second part. */
  readonly phaseTwo: readonly Row[];
}

const folder = new URL('../../test-data/', import.meta.url);
const read = (name: string): unknown => JSON.parse(readFileSync(new URL(name, folder), 'utf8'));

const numbers = (of: string): readonly number[] => (of.match(/\d+/g) ?? []).map(Number);

const toRows = (items: readonly Json[], sizes: readonly number[] | undefined): readonly Row[] =>
  items.map((item, i) => ({
    index: i + 1,
    values: (Array.isArray(item) ? item : [item]) as readonly number[],
    size: sizes?.[i],
  }));

interface Stored {
  readonly rows: readonly Row[];
  readonly trial: readonly boolean[] | undefined;
}

/** From datasets.json, else the data of another check that has the name, alone or after a hyphen (`exp60`: `norm-exp60`). */
const stored = (name: string): Stored | undefined => {
  const sets = read('datasets.json') as Readonly<Record<string, Readonly<Record<string, Json>>>>;
  const set = sets[name];
  if (set !== undefined) {
    const items = (set.groups ?? set.x ?? set.D ?? set.rows ?? set.water) as readonly Json[];
    return {
      rows: toRows(items, set.size as readonly number[] | undefined),
      trial: set.trial as readonly boolean[] | undefined,
    };
  }
  for (const file of readdirSync(folder).filter((file) => file.endsWith('.json'))) {
    const { checks } = read(file) as { readonly checks?: readonly GoldenCheck[] };
    const found = checks?.find(
      ({ id, inputs }) => (id === name || id.endsWith(`-${name}`)) && Array.isArray(inputs.data),
    );
    if (found) return { rows: toRows(found.inputs.data as readonly Json[], undefined), trial: undefined };
  }
  return undefined;
};

const within = (from: number, to: number) => (row: Row) => row.index >= from && row.index <= to;

/** `"last two"` → 2 values off the end; `"4th+5th"` → 2 values off the end of groups of 5. */
const withoutLast = (rows: readonly Row[], groups: readonly number[], count: number): readonly Row[] =>
  rows.map((row) =>
    groups.includes(row.index) ? { ...row, values: row.values.slice(0, row.values.length - count) } : row,
  );

const drop = (rows: readonly Row[], text: string): readonly Row[] => {
  let kept = rows;
  // "with last obs of group 2 and 7 and last two of group 11 dropped"
  for (const [, count, groups] of text.matchAll(/last (obs|two) of groups? (\d+(?:(?:, ?| and )\d+)*)/g))
    kept = withoutLast(kept, numbers(groups!), count === 'two' ? 2 : 1);
  // "; drop 5th obs of groups 1,2,5,11,12 and 4th+5th of 3,6,9"
  for (const [, places, groups] of text.matchAll(
    /(\d+th(?:\+\d+th)*) (?:obs )?of (?:groups? )?(\d+(?:,\d+)*)/g,
  )) {
    const out = numbers(places!);
    kept = kept.map((row) =>
      numbers(groups!).includes(row.index)
        ? { ...row, values: row.values.filter((_, i) => !out.includes(i + 1)) }
        : row,
    );
  }
  return kept;
};

const transform = (rows: readonly Row[], text: string): readonly Row[] => {
  const offset = /\+ ?(\d+(?:\.\d+)?e\d+)/.exec(text)?.[1];
  const change = (x: number) => (text.includes('natural log') ? Math.log(x) : x) + Number(offset ?? 0);
  return rows.map((row) => ({ ...row, values: row.values.map(change) }));
};

const split = ({ rows, trial }: Stored, text: string): Omit<Dataset, 'name'> => {
  const ranges = [...text.matchAll(/(\d+)\.\.(\d+)/g)].map(([, from, to]) =>
    within(Number(from), Number(to)),
  );
  const [first, second] = ranges;
  if (first) return { phaseOne: rows.filter(first), phaseTwo: second ? rows.filter(second) : [] };
  const at = /split at (\d+)/.exec(text)?.[1];
  if (at) return { phaseOne: rows.slice(0, Number(at)), phaseTwo: rows.slice(Number(at)) };
  if (/\btrial\b/.test(text) && trial) {
    const excluded = numbers(/minus \{([^}]*)\}/.exec(text)?.[1] ?? '');
    const isTrial = (row: Row) => trial[row.index - 1] === true;
    return {
      phaseOne: rows.filter((row) => isTrial(row) && !excluded.includes(row.index)),
      phaseTwo: /\brest\b/.test(text) ? rows.filter((row) => !isTrial(row)) : [],
    };
  }
  // "all 30": whatever the number says, all of the values are meant.
  return { phaseOne: rows, phaseTwo: [] };
};

/**
 * The data that a check describes in words, such as `"pistonrings groups 1..25 with last obs of group 2 and 7 and last two of
 * group 11 dropped"`, `"viscosity trial + rest"`, `"stream-latency data, natural log"`; undefined for a name that nothing has.
 */
export const dataset = (description: string): Dataset | undefined => {
  const name = /^[A-Za-z][\w-]*/.exec(description)?.[0];
  const found = name === undefined ? undefined : stored(name);
  if (name === undefined || found === undefined) return undefined;
  const text = description.slice(name.length);
  const rows = transform(drop(found.rows, text), text);
  return { name, ...split({ ...found, rows }, text) };
};

/** All values of rows in their order. */
export const valuesOf = (rows: readonly Row[]): readonly number[] => rows.flatMap(({ values }) => values);

/** The subgroups of rows. */
export const groupsOf = (rows: readonly Row[]): readonly (readonly number[])[] =>
  rows.map(({ values }) => values);

/** Counts with the number of items inspected. */
export const countsOf = (
  rows: readonly Row[],
): readonly { readonly count: number; readonly size: number }[] =>
  rows.map(({ values, size }) => ({ count: values[0]!, size: size! }));
