import { MikroBotError } from '@mikrobot/core';
import type * as z from 'zod';

/**
 * What a policy remembers, as `bot.policyState(policy)` gives it to a dashboard.
 * @param reader - who wants to read it
 * @throws `MikroBotError` `BAD_CONFIG` when it is something else: the policy is not there, or the state is of another one
 */
export const remembered = <State>(
  schema: z.ZodType<State>,
  state: unknown,
  policy: string,
  reader: string,
): State => {
  const read = schema.safeParse(state);
  if (read.success) return read.data;
  throw new MikroBotError('BAD_CONFIG', `this is not what ${policy} remembers.`, {
    where: reader,
    hint: `Give it bot.policyState('${policy}'). Has the bot a policy ${policy}?`,
    cause: read.error,
  });
};
