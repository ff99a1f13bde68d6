import * as z from 'zod';
import { draftSchema } from '../model/signal.js';

const by = z.string().min(1);
const reason = z.string().max(500).default('');

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
  /** No new exposure until `resume`. */
  z.strictObject({ do: z.literal('pause'), by, reason }),
  z.strictObject({ do: z.literal('resume'), by }),
  /** Refuses what is queued and everything that adds exposure, until `release`. */
  z.strictObject({ do: z.literal('halt'), by, reason }),
  z.strictObject({ do: z.literal('release'), by }),
  /** Closes positions, of one symbol or all, past every queue. */
  z.strictObject({ do: z.literal('flatten'), symbol: z.string().optional(), by, reason }),
  /** Cancels entries that work. Protection stays. */
  z.strictObject({ do: z.literal('cancel-all'), symbol: z.string().optional(), by, reason }),
  /** Emergency stop: halt, cancel entries, flatten. The bot is `killing` until nothing is in flight. */
  z.strictObject({ do: z.literal('kill'), by, reason }),
]);

/** A command as it is written; see {@link commandSchema}. */
export type Command = z.input<typeof commandSchema>;

/** A command as it is journalled. */
export type ParsedCommand = z.output<typeof commandSchema>;
