import * as z from 'zod';
import { amount, serverTime, symbolName } from './fields.js';

/** A quote as it comes over the wire: symbol, server time in ms, bid, ask, last, volume. */
export interface TickRow {
  readonly s: string;
  readonly t: number;
  readonly b: number;
  readonly a: number;
  readonly l?: number | null | undefined;
  readonly v?: number | null | undefined;
}

const price = z.number().positive().meta({ wire: 'number above 0' });

/** The same in words of a schema, for documentation and tests; {@link isTick} is what runs. */
export const tickRow = z
  .object({
    s: symbolName.describe('Symbol.'),
    t: serverTime.describe('When it came to be.'),
    b: price.describe('Bid.'),
    a: price.describe('Ask, not below the bid.'),
    l: amount.nullish().meta({ wire: 'number or null' }).describe('Last trade.'),
    v: amount.nullish().meta({ wire: 'number or null' }).describe('Volume of the last trade.'),
  })
  .refine(({ a, b }) => a >= b);

/** Whether it is missing, or a number from 0 on. */
const isSize = (value: unknown): boolean =>
  value === undefined || value === null || (typeof value === 'number' && value >= 0 && value < Infinity);

/** Checks a tick by hand, as there are up to 100,000 a second. Says the same as {@link tickRow}. */
export const isTick = (value: unknown): value is TickRow => {
  if (typeof value !== 'object' || value === null) return false;
  const { s, t, b, a, l, v } = value as Readonly<Record<string, unknown>>;
  return (
    typeof s === 'string' &&
    s.length > 0 &&
    s.length <= 64 &&
    typeof t === 'number' &&
    t >= 0 &&
    t < Infinity &&
    typeof b === 'number' &&
    b > 0 &&
    typeof a === 'number' &&
    a >= b &&
    a < Infinity &&
    isSize(l) &&
    isSize(v)
  );
};
