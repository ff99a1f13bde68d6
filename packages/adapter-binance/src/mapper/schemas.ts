import { MikroBotError, type Side } from '@mikrobot/core';
import * as z from 'zod';
import { orderStateOf, orderTypeOf } from './words.js';

/**
 * Parses what the venue said of an account. A word that is not documented is not guessed at.
 * @param what - names it in the error
 * @throws {@link MikroBotError} `BAD_DATA`: asked, it is an unknown answer; in a user stream, an event was lost
 */
export const readVenue = <T extends z.ZodType>(schema: T, data: unknown, what: string): z.output<T> => {
  const parsed = schema.safeParse(data);
  if (parsed.success) return parsed.data;
  const { path, message } = parsed.error.issues[0]!;
  throw new MikroBotError('BAD_DATA', `${message}.`, {
    where: `${what} of Binance${path.length === 0 ? '' : `, field ${path.join('.')}`}`,
    cause: parsed.error,
  });
};

/** A symbol's name, whatever it is. */
export const symbolSchema = z.string().min(1);

/** An id of the venue: a number while it is exact, digits beyond 2^53. */
export const idSchema = z
  .union([z.number().int().nonnegative(), z.string().regex(/^\d{1,20}$/)])
  .transform(String);

/** A plain decimal, kept as text; a few old fields come as numbers. */
export const decimalSchema = z
  .union([z.string(), z.number().transform(String)])
  .pipe(z.string().regex(/^-?\d{1,40}(\.\d{1,40})?$/));

/** Epoch ms; the venue writes 0 and -1 for never. */
export const timeSchema = z.number().int().min(-1).max(1e14);

/** A side. */
export const sideSchema = z
  .enum(['BUY', 'SELL'])
  .transform((side): Side => (side === 'BUY' ? 'buy' : 'sell'));

/** A word of a table, or a zod issue that names it. */
const wordSchema = <T>(table: (wire: string) => T | undefined) =>
  z.string().transform((wire, context) => {
    const word = table(wire);
    if (word !== undefined) return { wire, word };
    context.addIssue({ code: 'custom', message: `"${wire}" is not documented` });
    return z.NEVER;
  });

/** An order's type, in the venue's word and in ours. */
export const orderTypeSchema = wordSchema(orderTypeOf);

/** An order's state, in our word. */
export const orderStateSchema = wordSchema(orderStateOf).transform(({ word }) => word);
