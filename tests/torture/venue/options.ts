import * as z from 'zod';

/** How a venue behaves; given as JSON on the command line. */
export const venueOptionsSchema = z.object({
  seed: z.number(),
  /** Ms between two ticks. */
  tickEvery: z.number(),
  /** How long orders travel at the most, ms. */
  latency: z.number(),
  /** Parts of answers that get lost, by question. */
  lost: z.object({ submit: z.number(), amend: z.number(), cancel: z.number(), query: z.number() }),
});

export type VenueOptions = z.output<typeof venueOptionsSchema>;
