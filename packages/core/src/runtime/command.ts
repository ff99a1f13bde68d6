import * as z from 'zod';
import { draftSchema } from '../model/signal.js';

const by = z.string().min(1);
const reason = z.string().max(500).default('');
/** Both left out: all. */
const scope = { symbol: z.string().optional(), owner: z.string().optional() };
const json = z.json();

/**
 * What people may tell a bot. Commands are journalled inputs and go before queued work. `by` names the person.
 */
export const commandSchema = z.discriminatedUnion('do', [
  /** Yes to a held signal: a new signal with a fresh time and quote is judged again. */
  z.strictObject({ do: z.literal('approve'), signal: z.string(), by }),
  /** No to a held signal. */
  z.strictObject({ do: z.literal('reject'), signal: z.string(), by, reason }),
  /** A person's own signal, judged like any other. */
  z.strictObject({ do: z.literal('signal'), draft: draftSchema, by }),
  /** A signal of another program (a webhook, a file), which `by` names: judged as a strategy's is, and never as a person's. */
  z.strictObject({ do: z.literal('propose'), draft: draftSchema, by }),
  /** No new exposure until `resume`. */
  z.strictObject({ do: z.literal('pause'), by, reason }),
  z.strictObject({ do: z.literal('resume'), by }),
  /** Refuses what is queued and everything that adds exposure, of a symbol, of an owner (run or person) or all, until `release`. */
  z.strictObject({ do: z.literal('halt'), ...scope, by, reason }),
  /** Ends the halt of exactly this scope. Says why it is safe to go on. */
  z.strictObject({ do: z.literal('release'), ...scope, by, reason: z.string().min(1).max(500) }),
  /** Closes positions past every queue. */
  z.strictObject({ do: z.literal('flatten'), ...scope, by, reason }),
  /** Cancels entries that work, and refuses those that are queued. Protection stays. */
  z.strictObject({ do: z.literal('cancel-all'), ...scope, by, reason }),
  /**
   * Emergency stop: halts and, as told, cancels entries and closes positions. With everything in its scope, the bot is `killing`
   * until nothing is in flight; with `revoke`, the line to the venue is then closed and stays so until a new start.
   */
  z.strictObject({
    do: z.literal('kill'),
    ...scope,
    cancel: z.boolean().default(true),
    flatten: z.boolean().default(true),
    revoke: z.boolean().default(false),
    by,
    reason,
  }),
  /** A word to one policy, which says in its documentation what it understands. */
  z.strictObject({
    do: z.literal('tell'),
    policy: z.string().min(1),
    say: z.string().min(1),
    data: json.optional(),
    by,
    reason,
  }),
  /** Other settings for one policy, from now on. */
  z.strictObject({ do: z.literal('configure'), policy: z.string().min(1), settings: json, by, reason }),
]);

/** A command as it is written; see {@link commandSchema}. */
export type Command = z.input<typeof commandSchema>;

/** A command as it is journalled. */
export type ParsedCommand = z.output<typeof commandSchema>;

/** How the reason of what a command does reads in decisions and issues. @param what - what was done, as `halted` */
export const reasonOf = (what: string, by: string, said: string): string =>
  `${what} by ${by}${said === '' ? '' : `: ${said}`}`;
