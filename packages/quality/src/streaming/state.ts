import { MikroBotError } from '@mikrobot/core';
import type * as z from 'zod';

/**
 * A saved state, checked.
 * @param what - whose state it is, for the error's sentence
 * @throws `MikroBotError` `BAD_DATA` naming the field that is wrong.
 */
export const readState = <State>(schema: z.ZodType<State>, state: unknown, what: string): State => {
  const parsed = schema.safeParse(state);
  if (parsed.success) return parsed.data;
  const { message, path } = parsed.error.issues[0]!;
  throw new MikroBotError('BAD_DATA', `the saved state of ${what} cannot be read: ${message}.`, {
    where: path.length === 0 ? 'state' : `state.${path.join('.')}`,
    hint: 'Give back unchanged what state() returned.',
    cause: parsed.error,
  });
};
