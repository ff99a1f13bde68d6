import { MikroBotError } from '@mikrobot/core';
import type * as z from 'zod';

/**
 * A design or state that was saved, which may come from a file, checked.
 * @param what - what it is, for the error's sentence: `'the design of a p chart'`
 * @throws `MikroBotError` `BAD_DATA` naming the first field that is wrong.
 */
export const readSaved = <Shape>(schema: z.ZodType<Shape>, saved: unknown, what: string): Shape => {
  const parsed = schema.safeParse(saved);
  if (parsed.success) return parsed.data;
  const { message, path } = parsed.error.issues[0]!;
  throw new MikroBotError('BAD_DATA', `${what} cannot be read: ${message}.`, {
    where: path.length === 0 ? undefined : path.join('.'),
    hint: 'Give back unchanged what was saved.',
    cause: parsed.error,
  });
};
