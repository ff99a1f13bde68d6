import type { Random } from '@mikrobot/core';

type Json = string | number | boolean | null | readonly Json[] | { readonly [name: string]: Json };

/** What was done to a message. */
export const mutations = [
  'none',
  'drop',
  'type',
  'huge',
  'text',
  'truncate',
  'bytes',
  'swap',
  'wrap',
  'long id',
] as const;
/** See {@link mutations}. */
export type Mutation = (typeof mutations)[number];

const pick = <T>(random: Random, from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;

const otherTypes: readonly Json[] = [
  null,
  true,
  false,
  0,
  -1,
  1.5,
  '',
  'x',
  [],
  {},
  [[]],
  [null],
  { p: '1' },
  '0',
  12,
];
const hugeValues: readonly Json[] = [
  1e308,
  -1e308,
  2 ** 53,
  -(2 ** 53),
  '9'.repeat(400),
  '9'.repeat(30),
  '1e309',
  '1e-7',
  '-1',
  '-0.00000001',
  '0.00000000',
  '0',
  'NaN',
  'Infinity',
  '-Infinity',
  '0x10',
  ' 1',
  '1,000.5',
  '１２',
  `0.${'0'.repeat(38)}1`,
];

/** Paths to every field of a message, arrays' places included. */
const pathsOf = (value: Json, path: readonly string[] = []): readonly (readonly string[])[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, inner]) => [
        [...path, name],
        ...pathsOf(inner as Json, [...path, name]),
      ])
    : [];

/** A copy with the value at the path changed; undefined drops it. */
const changed = (value: Json, [name, ...rest]: readonly string[], to: Json | undefined): Json => {
  if (typeof value !== 'object' || value === null || name === undefined) return value;
  const entries = Object.entries(value).flatMap(([key, inner]): (readonly [string, Json])[] => {
    if (key !== name) return [[key, inner as Json]];
    if (rest.length > 0) return [[key, changed(inner as Json, rest, to)]];
    return to === undefined ? [] : [[key, to]];
  });
  return Array.isArray(value) ? entries.map(([, inner]) => inner) : Object.fromEntries(entries);
};

const bytes = (random: Random, text: string): string => {
  let out = text;
  for (let i = 0; i <= random() * 4; i++) {
    const at = Math.floor(random() * out.length);
    const char = String.fromCharCode(Math.floor(random() * 128));
    out = out.slice(0, at) + char + out.slice(at + (random() < 0.5 ? 1 : 0));
  }
  return out;
};

/** A message of the socket with something done to it; the same for the same stream of numbers. */
export const mutate = (
  random: Random,
  message: { readonly stream: string; readonly data: unknown },
): { readonly text: string; readonly mutation: Mutation } => {
  const mutation = pick(random, mutations);
  const whole = { stream: message.stream, data: message.data } as Json;
  const path = pick(random, pathsOf(whole));
  const to = (value: Json | undefined): string => JSON.stringify(changed(whole, path, value));
  const text = ((): string => {
    switch (mutation) {
      case 'none':
        return JSON.stringify(whole);
      case 'drop':
        return to(undefined);
      case 'type':
        return to(pick(random, otherTypes));
      case 'huge':
        return to(pick(random, hugeValues));
      case 'text':
        return to(
          String.fromCharCode(...Array.from({ length: random() * 12 }, () => Math.floor(random() * 0x3000))),
        );
      case 'truncate': {
        const full = JSON.stringify(whole);
        return full.slice(0, Math.floor(random() * full.length));
      }
      case 'bytes':
        return bytes(random, JSON.stringify(whole));
      case 'swap': {
        const other = pick(random, pathsOf(whole));
        const value = path.reduce<Json>((at, name) => (at as Record<string, Json>)[name] as Json, whole);
        return JSON.stringify(changed(whole, other, value));
      }
      case 'wrap':
        return JSON.stringify(
          pick(random, [[whole], { stream: message.stream, data: whole }, { data: whole }, whole]),
        );
      case 'long id':
        // By hand, because a number of this length cannot be written by JSON.stringify.
        return JSON.stringify(whole).replace(/:(\d{3,})/, `:${'9'.repeat(16 + Math.floor(random() * 400))}`);
    }
  })();
  return { text, mutation };
};
