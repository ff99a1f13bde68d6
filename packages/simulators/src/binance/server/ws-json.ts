import { writeJson } from '../shared/json.js';

/** Strings, and numbers outside of strings. */
const TOKEN = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;
/** Marks what was a number: JSON forbids this character inside of a string unless it is escaped. */
const MARK = '\u0000';

/** A request of a WebSocket. */
export interface WsRequest {
  readonly id: string | number | bigint | null | undefined;
  readonly method: unknown;
  readonly params: unknown;
}

/**
 * JSON in which each number stays as its text, after a mark: what is signed is the text, and ids may be beyond 2^53.
 * @throws SyntaxError
 */
const parse = (text: string): unknown =>
  JSON.parse(text.replace(TOKEN, (token) => (token.startsWith('"') ? token : `"\\u0000${token}"`)));

const isNumber = (value: unknown): value is string => typeof value === 'string' && value.startsWith(MARK);

/** The value with its numbers as numbers, integers exactly. */
const plain = (value: unknown): unknown => {
  if (isNumber(value)) return /^\0-?\d+$/.test(value) ? BigInt(value.slice(1)) : Number(value.slice(1));
  if (Array.isArray(value)) return value.map(plain);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, plain(field)]));
};

/**
 * Reads a request; fields that are not there are undefined.
 * @throws SyntaxError when it is no JSON, TypeError when it is no object
 */
export const readWsRequest = (text: string): WsRequest => {
  const value = parse(text);
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw new TypeError('No object.');
  const { id, method, params } = value as Record<string, unknown>;
  const name = plain(id);
  const known = name === null || ['string', 'number', 'bigint'].includes(typeof name);
  return { id: known ? (name as WsRequest['id']) : undefined, method: plain(method), params };
};

/** The parameters of a request as texts; numbers as they were written, lists and objects as JSON. Null is left out. */
export const wsParams = (params: unknown): Record<string, string> => {
  const texts: Record<string, string> = {};
  if (typeof params !== 'object' || params === null) return texts;
  for (const [name, value] of Object.entries(params)) {
    if (value === null) continue;
    if (typeof value === 'string') texts[name] = isNumber(value) ? value.slice(1) : value;
    else texts[name] = writeJson(plain(value));
  }
  return texts;
};

/** What a request's signature is of: all parameters but it, by name in alphabetical order, as they are. */
export const wsPayload = (params: Readonly<Record<string, string>>): string =>
  Object.keys(params)
    .filter((name) => name !== 'signature')
    .sort()
    .map((name) => `${name}=${params[name]}`)
    .join('&');

/** The parameters of a stream command: texts and booleans. */
export const plainParams = (params: unknown): unknown => plain(params);
