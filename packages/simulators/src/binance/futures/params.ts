import type { VenueCall } from '../exchange.js';
import { scaleOf } from '../shared/decimal.js';
import { type Amount, amountOf, SCALE } from './amounts.js';
import { futuresErrors } from './errors.js';
import type { FuturesSymbol } from './symbols.js';

/** Decoded parameters of a request. */
export type Params = VenueCall['params'];

/** What was sent under a name; undefined when it was not sent or is empty. */
export const optional = (params: Params, name: string): string | undefined => {
  const text = params[name];
  return text === undefined || text === '' ? undefined : text;
};

/**
 * What was sent under a name.
 * @throws VenueError -1102 when nothing was
 */
export const required = (params: Params, name: string): string => {
  const text = optional(params, name);
  if (text === undefined) throw futuresErrors.mandatory(name.toLowerCase());
  return text;
};

/**
 * The contract that is meant.
 * @throws VenueError -1102, or -1121 when it is not listed
 */
export const symbolOf = (symbols: ReadonlyMap<string, FuturesSymbol>, params: Params): FuturesSymbol => {
  const symbol = symbols.get(required(params, 'symbol').toUpperCase());
  if (symbol === undefined) throw futuresErrors.symbol();
  return symbol;
};

/** The contract that is meant, if one is. */
export const optionalSymbol = (
  symbols: ReadonlyMap<string, FuturesSymbol>,
  params: Params,
): FuturesSymbol | undefined =>
  optional(params, 'symbol') === undefined ? undefined : symbolOf(symbols, params);

/**
 * One of some words; undefined when nothing was sent.
 * @throws VenueError of `error` for any other word
 */
export const oneOf = <T extends string>(
  params: Params,
  name: string,
  words: readonly T[],
  error: () => Error,
): T | undefined => {
  const text = optional(params, name);
  if (text === undefined) return undefined;
  const word = words.find((w) => w === text);
  if (word === undefined) throw error();
  return word;
};

/** True or false, in any case; false when nothing was sent. */
export const flag = (params: Params, name: string): boolean =>
  oneOf({ [name]: (params[name] ?? '').toLowerCase() }, name, ['true', 'false'], () =>
    futuresErrors.invalid(name),
  ) === 'true';

/**
 * A decimal; undefined when nothing was sent.
 * @throws VenueError -1102 when it is no plain decimal, -1111 when it has more decimals than allowed
 */
export const decimal = (params: Params, name: string, precision: number = SCALE): Amount | undefined => {
  const text = optional(params, name);
  if (text === undefined) return undefined;
  if (!/^-?\d+(\.\d+)?$/.test(text)) throw futuresErrors.mandatory(name.toLowerCase());
  if (scaleOf(text) > precision) throw futuresErrors.precision();
  return amountOf(text);
};

/**
 * A whole number; undefined when nothing was sent.
 * @throws VenueError -1102 when it is none
 */
export const whole = (params: Params, name: string): bigint | undefined => {
  const text = optional(params, name);
  if (text === undefined) return undefined;
  if (!/^\d+$/.test(text)) throw futuresErrors.mandatory(name.toLowerCase());
  return BigInt(text);
};

/** Epoch ms, counts and other small whole numbers. */
export const integer = (params: Params, name: string): number | undefined => {
  const value = whole(params, name);
  return value === undefined ? undefined : Number(value);
};

/**
 * An id of the client's own.
 * @throws VenueError -4015 when it is too long, -1100 when it has characters that are not allowed
 */
export const clientId = (params: Params, name: string): string | undefined => {
  const text = optional(params, name);
  if (text === undefined) return undefined;
  if (text.length > 36) throw futuresErrors.idLength();
  if (!/^[.A-Z:/a-z0-9_-]+$/.test(text)) throw futuresErrors.illegal(name, '^[\\.A-Z\\:/a-z0-9_-]{1,36}$');
  return text;
};

const DAY = 86_400_000;
const NEVER = Number.POSITIVE_INFINITY;

/** How much of a list is told: so many rows, at most so many, of so many days. */
export interface Span {
  readonly limit: number;
  readonly most: number;
  readonly days: number;
}

/**
 * What of a list lies in the time asked for: the first rows where a start is named, else the last ones.
 * @param rows - oldest first
 * @throws VenueError -4165 when more days are asked for than are told at once
 */
export const inTime = <T>(
  params: Params,
  rows: readonly T[],
  timeOf: (row: T) => number,
  { limit, most, days }: Span,
): readonly T[] => {
  const [from, to] = [integer(params, 'startTime'), integer(params, 'endTime')];
  if (from !== undefined && to !== undefined && to - from > days * DAY) throw futuresErrors.interval(days);
  const count = Math.min(integer(params, 'limit') ?? limit, most);
  const found = rows.filter((row) => timeOf(row) >= (from ?? 0) && timeOf(row) <= (to ?? NEVER));
  return from === undefined ? found.slice(-count) : found.slice(0, count);
};

/**
 * As {@link inTime}, of a list that goes on from an id where one is named, and else is of the last days.
 * @param from - the id that rows are from; undefined: they are from a time
 */
export const paged = <T>(
  { params, now }: VenueCall,
  rows: readonly T[],
  timeOf: (row: T) => number,
  span: Span,
  from: bigint | undefined,
): readonly T[] => {
  if (from !== undefined) return inTime({ ...params, startTime: '0', endTime: '' }, rows, timeOf, span);
  const isTimed = (optional(params, 'startTime') ?? optional(params, 'endTime')) !== undefined;
  const since = isTimed ? 0 : now - span.days * DAY;
  return inTime(
    params,
    rows.filter((row) => timeOf(row) >= since),
    timeOf,
    span,
  );
};
