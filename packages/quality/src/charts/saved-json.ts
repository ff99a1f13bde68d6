import { MikroBotError } from '@mikrobot/core';
import type * as z from 'zod';

/**
 * A design or state of a chart, which may come from a file, checked.
 * @param what - whose it is, for the error's sentence: `'the design of a p chart'`
 * @throws `MikroBotError` `BAD_CONFIG` naming the first field that is wrong.
 */
export const readSaved = <Shape>(schema: z.ZodType<Shape>, given: unknown, what: string): Shape => {
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const { message, path } = parsed.error.issues[0]!;
  const field = path.length === 0 ? '' : ` at ${path.join('.')}`;
  throw new MikroBotError('BAD_CONFIG', `${what} cannot be read${field}: ${message}.`, {
    hint: 'Give back unchanged what phase I or state() returned.',
    cause: parsed.error,
  });
};
