import * as z from 'zod';

/** Where a bot of the kill test waits for its terminal. */
export const mt5AtSchema = z.object({
  /** The port that the bot listens on. */
  port: z.number(),
});

/** See {@link mt5AtSchema}. */
export type Mt5At = z.output<typeof mt5AtSchema>;
