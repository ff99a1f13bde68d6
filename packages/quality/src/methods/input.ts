import { MikroBotError } from '@mikrobot/core';
import type * as z from 'zod';

/**
 * What a method was given, checked by its schema.
 * @param method - its name, for the error's sentence
 * @param settings - keys of the input that are choices rather than data
 * @throws `MikroBotError` `BAD_CONFIG` when a setting is wrong, `BAD_DATA` when anything else is.
 */
export const checkInput = <Schema extends z.ZodType>(
  method: string,
  schema: Schema,
  input: z.input<Schema>,
  settings: readonly string[] = [],
): z.output<Schema> => {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const { message, path } = parsed.error.issues[0]!;
  const code = settings.includes(String(path[0])) ? 'BAD_CONFIG' : 'BAD_DATA';
  throw new MikroBotError(code, `${message}.`, {
    where: [method, ...path].join('.'),
    cause: parsed.error,
  });
};

/** Whether all texts differ. */
export const allDiffer = (texts: readonly string[]): boolean => new Set(texts).size === texts.length;
