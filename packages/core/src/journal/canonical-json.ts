import { MikroBotError } from '../errors/mikrobot-error.js';

/** Nothing that people write is nested deeper; what is would end in a stack overflow somewhere else. */
const DEEPEST = 1_000;

const LONE_SURROGATE = /[\ud800-\udfff]/u;

/** What most strings consist of: nothing in them needs an escape. */
const PLAIN = /^[\x20\x21\x23-\x5b\x5d-\x7e]*$/;

/** Keys come again and again; more than so many are not remembered. */
const MOST_KEYS = 1_024;
const keyTexts = /* @__PURE__ */ new Map<string, string>();

const refuse = (what: string, path: readonly (string | number)[]): never => {
  throw new MikroBotError('BAD_ENTRY', `${what} has no canonical JSON.`, {
    where: ['$', ...path].join('.'),
    hint: 'Give null, booleans, finite numbers, well-formed strings, arrays and plain objects only.',
  });
};

const textOf = (value: string, path: readonly (string | number)[], lenient: boolean): string =>
  !lenient && LONE_SURROGATE.test(value)
    ? refuse('A string with half of a surrogate pair', path)
    : JSON.stringify(value);

/** Objects of classes (dates, maps, buffers) would lose what they hold. The second test is for plain objects of another realm. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

/** Slow and exact: knows the path to what it refuses. */
const write = (value: unknown, path: readonly (string | number)[], drop: boolean): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return textOf(value, path, drop);
  if (typeof value === 'number')
    return Number.isFinite(value) ? JSON.stringify(value) : refuse(String(value), path);
  if (typeof value !== 'object') return refuse(value === undefined ? 'undefined' : `A ${typeof value}`, path);
  if (path.length >= DEEPEST) return refuse('Data that is nested too deeply, or contains itself,', []);
  if (Array.isArray(value))
    return `[${Array.from(value as unknown[], (item, i) => write(item, [...path, i], drop)).join(',')}]`;
  if (!isPlain(value)) return refuse(`An object of the class ${value.constructor?.name}`, path);
  const record = value as Readonly<Record<string, unknown>>;
  const members = Object.keys(record)
    .filter((key) => !drop || record[key] !== undefined)
    // Without a comparator, by UTF-16 code units, as the RFC wants it.
    .sort()
    .map((key) => `${textOf(key, path, drop)}:${write(record[key], [...path, key], drop)}`);
  return `{${members.join(',')}}`;
};

/** Something that the fast writer does not take; the slow one says what. */
const NOT_FAST = /* @__PURE__ */ new Error('not canonical');

const fastText = (value: string): string => {
  if (PLAIN.test(value)) return `"${value}"`;
  if (LONE_SURROGATE.test(value)) throw NOT_FAST;
  return JSON.stringify(value);
};

const fastKey = (key: string): string => {
  const known = keyTexts.get(key);
  if (known !== undefined) return known;
  const text = `${fastText(key)}:`;
  if (keyTexts.size < MOST_KEYS) keyTexts.set(key, text);
  return text;
};

/** Sorts in place: by insertion, which is several times faster than `sort()` for the few keys that objects have. */
const sorted = (keys: string[]): readonly string[] => {
  if (keys.length > 24) return keys.sort();
  for (let i = 1; i < keys.length; i++) {
    const key = keys[i] as string;
    let j = i - 1;
    for (; j >= 0 && (keys[j] as string) > key; j--) keys[j + 1] = keys[j] as string;
    keys[j + 1] = key;
  }
  return keys;
};

const fastList = (list: readonly unknown[], depth: number, drop: boolean): string => {
  let text = '';
  for (let i = 0; i < list.length; i++) text += `${i === 0 ? '' : ','}${fast(list[i], depth + 1, drop)}`;
  return `[${text}]`;
};

const fastObject = (value: object, depth: number, drop: boolean): string => {
  if (!isPlain(value)) throw NOT_FAST;
  const record = value as Readonly<Record<string, unknown>>;
  let text = '';
  for (const key of sorted(Object.keys(record))) {
    const member = record[key];
    if (member === undefined && drop) continue;
    text += `${text === '' ? '' : ','}${fastKey(key)}${fast(member, depth + 1, drop)}`;
  }
  return `{${text}}`;
};

const fast = (value: unknown, depth: number, drop: boolean): string => {
  if (typeof value === 'string') return fastText(value);
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return value === 0 ? '0' : String(value);
    throw NOT_FAST;
  }
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value !== 'object' || depth >= DEEPEST) throw NOT_FAST;
  return Array.isArray(value) ? fastList(value, depth, drop) : fastObject(value, depth, drop);
};

/**
 * The one text that a JSON value has by RFC 8785 (JCS): no white space, keys ordered by UTF-16 code units, numbers and strings as
 * ECMAScript writes them. Equal data gives equal bytes (encode as UTF-8), so that it can be hashed and signed. Nothing is left out
 * in silence: what JSON cannot say is refused, also a member that is `undefined`.
 *
 * @example
 * ```ts
 * canonicalJson({ b: 1e3, a: ['\u20ac'] }); // {"a":["€"],"b":1000}
 * ```
 * @param options - `undefinedMembers: 'drop'` leaves members that are `undefined` out and escapes half of a surrogate pair, as
 * `JSON.stringify` does: for data that people and strategies wrote. Default `refuse`.
 * @throws {@link MikroBotError} `BAD_ENTRY`, saying where: NaN, infinities, undefined, functions, symbols, bigints, objects of
 * classes, strings with half of a surrogate pair, data that is nested more than 1,000 deep or contains itself.
 */
export const canonicalJson = (
  value: unknown,
  options: { readonly undefinedMembers?: 'refuse' | 'drop' } = {},
): string => {
  const drop = options.undefinedMembers === 'drop';
  try {
    return fast(value, 0, drop);
  } catch (error) {
    if (error !== NOT_FAST) throw error;
    return write(value, [], drop);
  }
};
