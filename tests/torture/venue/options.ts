import * as z from 'zod';
import { bracketNames, venueNames } from '../venues.js';

/** How a venue behaves; given as JSON on the command line. */
export const venueOptionsSchema = z.object({
  venue: z.enum(venueNames),
  seed: z.number(),
  /** Who keeps the brackets. */
  bracket: z.enum(bracketNames),
  /** Where it may write, to outlive the world when there was a fault. */
  folder: z.string(),
  /** The executable of the terminal that its bots trade by, if they need one. */
  terminal: z.string().optional(),
  /** Ms between two ticks. */
  tickEvery: z.number(),
  /** How long orders travel at the most, ms. */
  latency: z.number(),
  /** Parts of the questions whose answer gets lost, or that get lost themselves. */
  lost: z.object({ submit: z.number(), amend: z.number(), cancel: z.number(), query: z.number() }),
});

export type VenueOptions = z.output<typeof venueOptionsSchema>;
