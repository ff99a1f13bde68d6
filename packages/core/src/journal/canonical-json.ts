import { MikroBotError } from '../errors/mikrobot-error.js';

/** Nothing that people write is nested deeper; what is would end in a stack overflow somewhere else. */
const DEEPEST = 1_000;

const LONE_SURROGATE = /[\ud800-\udfff]/u;

const refuse = (what: string, path: readonly (string | number)[]): never => {
  throw new MikroBotError('BAD_ENTRY', `${what} has no canonical JSON.`, {
    where: ['$', ...path].join('.'),
    hint: 'Give null, booleans, finite numbers, well-formed strings, arrays and plain objects only.',
  });
};

const textOf = (value: string, path: readonly (string | number)[]): string =>
  LONE_SURROGATE.test(value) ? refuse('A string with half of a surrogate pair', path) : JSON.stringify(value);

/** Objects of classes (dates, maps, buffers) would lose what they hold. The second test is for plain objects of another realm. */
const isPlain = (value: object): boolean => {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
};

const write = (value: unknown, path: readonly (string | number)[]): string => {
  if (value === null || typeof value === 'boolean') return String(value);
  if (typeof value === 'string') return textOf(value, path);
  if (typeof value === 'number')
    return Number.isFinite(value) ? JSON.stringify(value) : refuse(String(value), path);
  if (typeof value !== 'object') return refuse(value === undefined ? 'undefined' : `A ${typeof value}`, path);
  if (path.length >= DEEPEST) return refuse('Data that is nested too deeply, or contains itself,', []);
  if (Array.isArray(value))
    return `[${Array.from(value as unknown[], (item, i) => write(item, [...path, i])).join(',')}]`;
  if (!isPlain(value)) return refuse(`An object of the class ${value.constructor?.name}`, path);
  const record = value as Readonly<Record<string, unknown>>;
  const members = Object.keys(record)
    // Without a comparator, by UTF-16 code units, as the RFC wants it.
    .sort()
    .map((key) => `${textOf(key, path)}:${write(record[key], [...path, key])}`);
  return `{${members.join(',')}}`;
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
 * @throws {@link MikroBotError} `BAD_ENTRY`, saying where: NaN, infinities, undefined, functions, symbols, bigints, objects of
 * classes, strings with half of a surrogate pair, data that is nested more than 1,000 deep or contains itself.
 */
export const canonicalJson = (value: unknown): string => write(value, []);
