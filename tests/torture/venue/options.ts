import * as z from 'zod';
import { venueNames } from '../venues.js';

/** How a venue behaves; given as JSON on the command line. */
export const venueOptionsSchema = z.object({
  venue: z.enum(venueNames),
  seed: z.number(),
  /** Ms between two ticks. */
  tickEvery: z.number(),
  /** How long orders travel at the most, ms. */
  latency: z.number(),
  /** Parts of the questions whose answer gets lost, or that get lost themselves. */
  lost: z.object({ submit: z.number(), amend: z.number(), cancel: z.number(), query: z.number() }),
});

export type VenueOptions = z.output<typeof venueOptionsSchema>;
