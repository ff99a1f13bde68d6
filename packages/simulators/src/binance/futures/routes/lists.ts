import { futuresErrors } from '../errors.js';
import { optional, type Params } from '../params.js';

const TOKENS = /"(?:[^"\\]|\\.)*"|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** JSON whose numbers become texts, so that ids beyond 2^53 and decimals stay as they were written. */
const parse = (text: string, name: string): unknown => {
  try {
    return JSON.parse(text.replace(TOKENS, (token) => (token.startsWith('"') ? token : `"${token}"`)));
  } catch {
    throw futuresErrors.invalid(name);
  }
};

/**
 * A list of ids, sent as JSON; empty when nothing was sent.
 * @throws VenueError -1130 when it is no such list
 */
export const readList = (params: Params, name: string): readonly string[] => {
  const text = optional(params, name);
  if (text === undefined) return [];
  const list = parse(text, name);
  if (!Array.isArray(list) || !list.every((id) => typeof id === 'string')) throw futuresErrors.invalid(name);
  return list;
};

/**
 * A list of requests, sent as JSON.
 * @throws VenueError -1130 when it is no such list
 */
export const readObjects = (text: string, name: string): readonly Params[] => {
  const list = parse(text, name);
  if (!Array.isArray(list)) throw futuresErrors.invalid(name);
  return list.map((one: unknown) => {
    if (typeof one !== 'object' || one === null) throw futuresErrors.invalid(name);
    return Object.fromEntries(Object.entries(one).map(([key, value]) => [key, String(value)]));
  });
};
